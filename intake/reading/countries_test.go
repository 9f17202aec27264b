package reading_test

import (
	"testing"

	"verbale/intake/reading/readingtest"
)

// TestStatesOfInformalMail reads mails that identify their State only by a town, a region, a
// people or an institution, or that also name States which are only host, supplier or
// observer. None of the addresses indicates a State.
func TestStatesOfInformalMail(t *testing.T) {
	for _, c := range []struct{ name, body, countries string }{
		{"a region and an office of the State", "Здравствуйте!\n\nЯ работаю в хокимияте Ферганской области. Просим научить наших сотрудников оценивать проекты ГЧП.\n\nОлим", "UZ"},
		{"a town in the locative", "Здравствуйте! Мы в Оше, нас сорок мастериц. Просим провести для нас тренинг по экспорту войлока.\n\nАйгуль", "KG"},
		{"a region in English", "Hello,\n\nwe are five municipalities of Syunik and ask you to train our engineers on tailings safety.\n\nArmen", "AM"},
		{"a region in French", "Bonjour,\n\nnous sommes une coopérative de Gagaouzie et demandons une formation sur les normes de qualité des noix.\n\nNatalia", "MD"},
		{"a house of the State", "Добрый день!\n\nБелэнергосетьпроект готовит прогноз до 2050 года. Просим дать консультанта по моделированию.\n\nА. Пример", "BY"},
		{"managers of other States as teachers", "Hello,\n\nI am head of our house in Chernihiv. Can you teach us how to run an association of owners? Best would be to sit some days beside managers in Poland or Lithuania.\n\nOlena", "UA"},
		{"women of other States as guests", "Добрый день! Мы из Джалал-Абада. К нашим соседкам приезжали женщины из Турции и Болгарии. Просим провести такой тренинг и для нас.\n\nНазира", "KG"},
		{"a stay in one of two States", "Добрый день!\n\nМы в Нукусе. Просим организовать стажировку для трёх сотрудников, хоть в Грузии, хоть в Армении.\n\nГуля", "UZ"},
		{"one speaks for two", "Dear colleagues,\n\nas secretary of the river commission I speak for Ukraine and the Republic of Moldova. We ask UNECE to help us to write the alarm plan and to hold an exercise.\n\nRuslan Sample", "MD UA"},
		{"a minister and his counterpart", "Bonjour,\n\nLe cuir de Djibouti et celui d'Éthiopie prennent la même route. Le ministre et son homologue ont donné leur accord. Nous demandons une formation à la traçabilité.\n\nHassan Exemple", "DJ ET"},
		{"ours and theirs", "Dear colleagues,\n\nThe customs of Armenia and the customs of Georgia agreed to exchange their data. We ask you to help us to join the two counters, ours and theirs.\n\nArtur Sample", "AM GE"},
		{"the end of the domain's name", "Hi,\n\nwe are told to value all flats by computer. Can somebody read our method and tell us if it stands?\n\nArdit", "AL"},
		{"with colleagues across the border", "Добрый день!\n\nМы в Худжанде. С узбекскими коллегами просим написать для двух стран записку о приграничной торговле и обсудить её на круглом столе.\n\nРустам", "TJ UZ"},
		{"neighbours who shall be told", "Dear colleagues,\n\nwe of the chamber in Skopje ask UNECE to train our inspectors on market surveillance. Croatia and Slovenia have asked to be kept informed.\n\nRisto Sample", "MK"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := readingtest.Letter(c.body)
			if c.name == "the end of the domain's name" {
				m.From.Address = "ardit@cadastre-al.example"
			}
			g := readingtest.Request(t, m)
			if got := readingtest.Join(g.Request.Countries); got != c.countries {
				t.Errorf("%s; want %s", got, c.countries)
			}
			readingtest.CheckEvidence(t, m, g)
		})
	}
}
