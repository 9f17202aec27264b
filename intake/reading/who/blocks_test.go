package who_test

import (
	"strings"
	"testing"

	"verbale/intake/reading/readingtest"
)

// Bodies of letters, to which signature blocks are added.
const (
	englishAsk = "Dear colleagues,\n\nWe kindly ask UNECE to send an expert to review our draft law on road safety and to train twenty inspectors.\n\n"
	frenchAsk  = "Madame la Secrétaire exécutive,\n\nNous sollicitons l'envoi d'un expert pour la revue de notre projet de loi sur la sécurité routière et la formation de vingt inspecteurs.\n\n"
	russianAsk = "Уважаемые коллеги!\n\nПросим направить эксперта для анализа законопроекта о безопасности дорожного движения и обучить двадцать инспекторов.\n\n"
)

// TestBlocksOfSignatures reads signature blocks as laid out by offices, by mail clients, and
// by people who sign on behalf of another.
func TestBlocksOfSignatures(t *testing.T) {
	for _, c := range []struct{ name, ask, block, signs, post, institution string }{
		{"all in capitals", englishAsk, "Yours sincerely,\n\nANNA EXAMPLE\nDIRECTOR GENERAL\nNATIONAL ROAD AGENCY OF RURITANIA", "ANNA EXAMPLE", "DIRECTOR GENERAL", "NATIONAL ROAD AGENCY OF RURITANIA"},
		{"post above the name", englishAsk, "Sincerely,\n\nDirector General\nNational Road Agency of Ruritania\n\nAnna Example", "Anna Example", "Director General", "National Road Agency of Ruritania"},
		{"two columns", englishAsk, "Yours sincerely,\n\nDirector General\t\t\tAnna Example\nNational Road Agency of Ruritania", "Anna Example", "Director General", "National Road Agency of Ruritania"},
		{"p.p.", englishAsk, "Yours faithfully,\n\np.p. Anna Example\nDirector General\nNational Road Agency of Ruritania", "Anna Example", "Director General", "National Road Agency of Ruritania"},
		{"slash s", englishAsk, "Yours faithfully,\n\n/s/ Anna Example\nDirector General\nNational Road Agency of Ruritania", "Anna Example", "Director General", "National Road Agency of Ruritania"},
		{"signed in brackets", englishAsk, "Yours faithfully,\n\n(signed)\nAnna Example\nDirector General\nNational Road Agency of Ruritania", "Anna Example", "Director General", "National Road Agency of Ruritania"},
		{"signed digitally", englishAsk, "Yours faithfully,\n\nAnna Example\nDirector General\nNational Road Agency of Ruritania\n\nDigitally signed by EXAMPLE ANNA\nDate: 2026.02.10 10:11:12 +02'00'", "Anna Example", "Director General", "National Road Agency of Ruritania"},
		{"a form", englishAsk, "Name: Anna Example\nPosition: Director General\nOrganisation: National Road Agency of Ruritania", "Anna Example", "Director General", "National Road Agency of Ruritania"},
		{"bars", englishAsk, "Regards,\n\nAnna Example | Director General | National Road Agency of Ruritania | +99 1 234", "Anna Example", "Director General", "National Road Agency of Ruritania"},
		{"dots", englishAsk, "Regards,\n\nAnna Example • Director General • National Road Agency of Ruritania", "Anna Example", "Director General", "National Road Agency of Ruritania"},
		{"a title of courtesy with brackets", englishAsk, "Yours ever,\n\nAmb. (ret.) Anna Example\nDirector General\nNational Road Agency of Ruritania", "Anna Example", "Director General", "National Road Agency of Ruritania"},
		{"degrees behind the name", englishAsk, "Regards,\n\nAnna Example, PhD\nDirector General\nNational Road Agency of Ruritania", "Anna Example", "Director General", "National Road Agency of Ruritania"},
		{"the post before the name in one line", englishAsk, "Regards,\n\nDirector General Anna Example\nNational Road Agency of Ruritania", "Anna Example", "Director General", "National Road Agency of Ruritania"},
		{"the given name first", englishAsk, "Best,\nAnna\n\nAnna Example\nDirector General\nNational Road Agency of Ruritania", "Anna Example", "Director General", "National Road Agency of Ruritania"},
		{"no closing, and a footer of a telephone", englishAsk, "Anna Example\nDirector General\nNational Road Agency of Ruritania\n\nSent from my iPhone", "Anna Example", "Director General", "National Road Agency of Ruritania"},
		{"an acronym for the institution", englishAsk, "Regards,\n\nAnna Example\nDirector of Planning\nNARAR", "Anna Example", "Director of Planning", "NARAR"},
		{"an acronym after the post", englishAsk, "Regards,\n\nAnna Example\nExecutive Director, NARAR", "Anna Example", "Executive Director", "NARAR"},
		{"for the minister", frenchAsk, "Pour le Ministre et par délégation,\nLe Directeur de cabinet\n\nJean EXEMPLE", "Jean EXEMPLE", "Directeur de cabinet", ""},
		{"pour ordre", frenchAsk, "P/O Le Ministre\nLe Secrétaire général\n\nJean Exemple\nMinistère des Transports de Ruritanie", "Jean Exemple", "Secrétaire général", "Ministère des Transports de Ruritanie"},
		{"a form in French", frenchAsk, "Nom : Jean Exemple\nFonction : Secrétaire général\nOrganisme : Ministère des Transports de Ruritanie", "Jean Exemple", "Secrétaire général", "Ministère des Transports de Ruritanie"},
		{"the article before the post", frenchAsk, "Veuillez agréer, Madame, l'expression de ma haute considération.\n\nLa Secrétaire générale,\n\n\nJeanne EXEMPLE", "Jeanne EXEMPLE", "Secrétaire générale", ""},
		{"a dash between name and post", frenchAsk, "Cordialement,\nJean Exemple – Secrétaire général – Ministère des Transports de Ruritanie", "Jean Exemple", "Secrétaire général", "Ministère des Transports de Ruritanie"},
		{"initials without blanks", russianAsk, "С уважением,\n\nЗаместитель министра                         О.Б.Примеров\nМинистерство транспорта Руритании", "О.Б.Примеров", "Заместитель министра", "Министерство транспорта Руритании"},
		{"initials behind", russianAsk, "С уважением,\n\nПримеров О.Б.\nзаместитель министра\nМинистерство транспорта Руритании", "Примеров О.Б.", "заместитель министра", "Министерство транспорта Руритании"},
		{"a line to sign on", russianAsk, "И.о. министра транспорта Руритании ______________ О. Б. Примеров\n                                        М.П.", "О. Б. Примеров", "И.о. министра транспорта Руритании", ""},
		{"a name between slashes", russianAsk, "Заместитель министра ____________ /О. Б. Примеров/\nМинистерство транспорта Руритании", "О. Б. Примеров", "Заместитель министра", "Министерство транспорта Руритании"},
		{"for the minister in Russian", russianAsk, "С уважением,\n\nЗа министра\nпервый заместитель министра                О. Б. Примеров\nМинистерство транспорта Руритании", "О. Б. Примеров", "первый заместитель министра", "Министерство транспорта Руритании"},
		{"signed with a certificate", russianAsk, "Заместитель министра                О. Б. Примеров\nМинистерство транспорта Руритании\n\nДокумент подписан электронной подписью\nСертификат 00AB12CD34\nВладелец Примеров Олег Борисович\nДействителен с 01.01.2026 по 01.01.2027", "О. Б. Примеров", "Заместитель министра", "Министерство транспорта Руритании"},
		{"no closing, and a footer of a mail program", russianAsk, "Начальник управления\nЗулайхо Примерова\n\n--\nОтправлено из Почты Mail.ru для Android", "Зулайхо Примерова", "Начальник управления", ""},
		{"a form in Russian", russianAsk, "ФИО: Примеров Олег Борисович\nДолжность: начальник управления\nОрганизация: Министерство транспорта Руритании", "Примеров Олег Борисович", "начальник управления", "Министерство транспорта Руритании"},
		{"name and post before the institution below", russianAsk, "Олег Примеров, руководитель Управления экологической статистики\nБюро национальной статистики Агентства по стратегическому планированию Руритании", "Олег Примеров", "руководитель Управления экологической статистики", "Бюро национальной статистики Агентства по стратегическому планированию Руритании"},
		{"a department in the post alone", russianAsk, "Олег Примеров\nи.о. руководителя Управления цифровизации г. Стрельзау", "Олег Примеров", "и.о. руководителя", "Управления цифровизации г. Стрельзау"},
		{"a military rank", englishAsk, "Regards,\n\nMaj. General Anna Example\nDirector General\nNational Road Agency of Ruritania", "Anna Example", "Director General", "National Road Agency of Ruritania"},
		{"a long institution below", russianAsk, "С уважением\nОлег Примеров\nдиректор\nСлужба водных ресурсов при Министерстве водных ресурсов, сельского хозяйства и перерабатывающей промышленности Руританской Республики", "Олег Примеров", "директор", "Служба водных ресурсов при Министерстве водных ресурсов, сельского хозяйства и перерабатывающей промышленности Руританской Республики"},
		{"a house whose name fills a line below", russianAsk, "Олег Примеров, руководитель Управления экологической статистики\nБюро национальной статистики Агентства по стратегическому планированию и реформам Руританской Республики", "Олег Примеров", "руководитель Управления экологической статистики", "Бюро национальной статистики Агентства по стратегическому планированию и реформам Руританской Республики"},
		{"a city hall that only lends a room", "Здравствуйте!\n\nПросим научить сорок женщин считать себестоимость и провести для них тренинг. Помещение бесплатно даёт мэрия.\n\n", "Айгуль и все наши", "Айгуль", "", ""},
		{"a post and its field", englishAsk, "Thanks,\nAnna Example\nManager, Policy\nTransport Authority of Ruritania", "Anna Example", "Manager, Policy", "Transport Authority of Ruritania"},
		{"a given name alone", "Здравствуйте!\n\nПросим научить нас считать себестоимость и провести тренинг для сорока женщин.\n\n", "Айгуль", "Айгуль", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := readingtest.Letter(c.ask + c.block)
			reading := readingtest.Request(t, m)
			q := reading.Request
			got := strings.Join([]string{q.Requester.Name, q.Requester.Title, q.Institution}, " / ")
			if want := strings.Join([]string{c.signs, c.post, c.institution}, " / "); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
			if !q.ProposedStart.IsZero() || !q.ReplyBy.IsZero() {
				t.Errorf("a date was read: %s, %s", q.ProposedStart, q.ReplyBy)
			}
			readingtest.CheckEvidence(t, m, reading)
		})
	}
}
