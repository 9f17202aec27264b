package what_test

import (
	"testing"

	"verbale/intake/reading/readingtest"
)

func TestInstrumentsThatAreOnlyDescribed(t *testing.T) {
	for _, c := range []struct{ name, words, instruments string }{
		{"by a part of the name", "We kindly ask you to assess our eleven public-private partnership projects by the evaluation and rating system developed by you.", "piers"},
		{"as one of ours", "Просим высказать мнение о законе о государственно-частном партнёрстве с точки зрения вашего типового закона.", "ppp-model-law"},
		{"by the year", "Nous sollicitons un avis sur notre adhésion à l'Accord, conclu sous vos auspices en 1970, sur le transport de denrées sous température dirigée.", "atp"},
		{"by words that stand for it", "We ask you to carry out for our roads, in the field of road safety, the same performance review as for our neighbour.", "rspr"},
		{"by place and year", "Просим консультации по присоединению к документу, подписанному в Лондоне в 1999 году: нам нужны целевые показатели по воде и здоровью.", "protocol-water-health"},
		{"one named and then called so", "Nous sollicitons une analyse de notre arrêté au regard de l'Accord de Vienne de 1997 sur le contrôle technique, et un atelier sur les Règles annexées à votre Accord.", "agreement-1997"},
		{"a secretariat that is written to", "To the secretariat of the Water Convention.\n\nWe request a training course on energy audits of buildings.", ""},
		{"one that is set aside", "We request training of our inspectors on the ADR for tank vehicles with dangerous goods. The RID is handled by others and is not the subject of this letter.", "adr"},
		{"by words that tell it together", "Motorists show our customs a booklet which their automobile club guarantees, and the officers at the border do not accept it. We ask for the advice of an expert on customs transit.", "temporary-importation-1954-1956"},
		{"by words that tell it together, in Russian", "Просим провести обучение судоводителей на внутренних водных путях: сигналы и огни судов у нас толкуют по-разному, а правила, принятые на Рейне и Дунае, мы знаем плохо.", "cevni"},
		{"by words of two sentences", "Notre ministère prépare une loi sur le logement abordable. Nous demandons un avis au regard de la charte que vous avez adoptée.", "geneva-charter-housing"},
		{"some of the words are not enough", "We ask for a training course on housing policy and affordable housing for our ministry.", ""},
		{"part of the name of another", "We ask for advice on accession to the agreement on dangerous goods by inland waterway.", "adn"},
		{"a word of the name is not enough", "We request a training course on public-private partnership for our evaluation department.", ""},
		{"another year", "We request an advisory mission on perishable food; our own law is of 1994.", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := readingtest.Mail("office@gov.am", "Letter to UNECE", "Dear colleagues,\n\n"+c.words)
			g := readingtest.Request(t, m)
			if got := readingtest.Join(g.Request.Instruments); got != c.instruments {
				t.Errorf("instruments %q, want %q (themes %v)", got, c.instruments, g.Request.Themes)
			}
			readingtest.CheckEvidence(t, m, g)
		})
	}
}
