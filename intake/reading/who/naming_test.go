package who_test

import (
	"strings"
	"testing"

	"verbale/intake"
	"verbale/intake/reading/readingtest"
)

// The general ways in which letters name the requester, each in one invented letter.
func TestWaysOfNamingWhoAsks(t *testing.T) {
	type who struct{ institution, name, title, email, number string }
	const ask = "\n\nWe kindly request an expert mission to review our draft law on road safety.\n\n"
	for _, c := range []struct {
		name, text string
		want       who
	}{
		{"a long list within a name", "Уважаемые коллеги!\n\nАгентство по лесной, горной, озерной и речной безопасности Мисола обращается к Вам с просьбой направить эксперта.\n\nДиректор                    О. Примеров\nг. Стрельзау, ул. Речная, 5",
			who{"Агентство по лесной, горной, озерной и речной безопасности Мисола", "О. Примеров", "Директор", "", ""}},
		{"what is asked is no part of the name", "Добрый день!\n\nПрошу Вас от имени Комитета геодезии Мисола о двух вещах: направить эксперта и провести семинар.\n\nС уважением,\nО. Примеров",
			who{"Комитета геодезии Мисола", "О. Примеров", "", "", ""}},
		{"the signature names in full what the letter names in short", "Dear colleagues,\n\nThe Water Committee of Ruritania asks UNECE to train our inspectors.\n\nRegards,\nAnna Example\nWater Committee of the Republic of Ruritania",
			who{"Water Committee of the Republic of Ruritania", "Anna Example", "", "", ""}},
		{"the house in the genitive below its committee", "КОМИТЕТ РЕЧНОГО ХОЗЯЙСТВА\nМинистерства вод Республики Мисол\n\n12-4/88 от 05.02.2026 г.\n\nУважаемые коллеги!\n\nПросим направить эксперта.\n\nС уважением,\nО. Примеров",
			who{"КОМИТЕТ РЕЧНОГО ХОЗЯЙСТВА Министерства вод Республики Мисол", "О. Примеров", "", "", "12-4/88"}},
		{"a long name above the number, and no salutation", "Министерство дорог, мостов, тоннелей и речных переправ Республики Мисол\n\n14.01.2026 № 02-7/311\n\nЕвропейская экономическая комиссия ООН\n\nВ прошлом году мосты закрывались дважды. Просим направить эксперта для осмотра мостов.\n\nЗаместитель министра                    О. Примеров",
			who{"Министерство дорог, мостов, тоннелей и речных переправ Республики Мисол", "О. Примеров", "Заместитель министра", "", "02-7/311"}},
		{"a Mission that asks as it was told to", "PERMANENT MISSION OF ATON\n\nThe Permanent Mission of Aton presents its compliments to the secretariat and, upon instruction of the Ministry of Rivers, has the honour to convey the following.\n\nThe Ministry of Rivers has mapped its springs. It requests an expert mission to review the map.\n\nThe Permanent Mission avails itself of this opportunity.",
			who{"Permanent Mission of Aton", "", "", "", ""}},
		{"a Mission that asks for a council at home", "MISSION PERMANENTE D'ATON\n\nLa Mission permanente d'Aton présente ses compliments au secrétariat et a l'honneur de l'informer de ce qui suit.\n\nLe Conseil des objectifs durables souhaite procéder autrement. La Mission serait reconnaissante au secrétariat de bien vouloir envoyer un expert pour conseiller le Conseil et former ses agents.\n\nLa Mission permanente saisit cette occasion.",
			who{"Mission permanente d'Aton", "", "", "", ""}},
		{"a neighbour for whom the sender writes too", "RIVER COMMISSION OF ATON\n\nDear Sirs,\n\nI write also on behalf of the Directorate General of Water of Bellow." + ask + "Yours faithfully,\nA. Example",
			who{"RIVER COMMISSION OF ATON", "A. Example", "", "", ""}},
		{"several houses ask, and the one in the number writes for all", "MINISTÈRE DU PLAN, DE L'ÉNERGIE ET DES ROUTES\n\nN° 77/MPER/DC\n\nMonsieur,\n\nTrois maisons m'ont saisi. Le Ministère des Eaux souhaite un avis sur sa loi. L'Institut national des mesures souhaite une formation. Je sollicite une mission d'experts pour tous.\n\nCordialement,\nAya Exemple",
			who{"MINISTÈRE DU PLAN, DE L'ÉNERGIE ET DES ROUTES", "Aya Exemple", "", "", "77/MPER/DC"}},
		{"an inspectorate in French", "RÉPUBLIQUE D'ATON\nINSPECTORAT DES RIVIÈRES\n\nMadame,\n\nNous sollicitons une mission d'experts.\n\nSalutations distinguées,\nAya Exemple",
			who{"INSPECTORAT DES RIVIÈRES", "Aya Exemple", "", "", ""}},
		{"a town's house written small", "Bonjour,\n\nJe suis ici à la mairie de Ruritz, au bureau du logement. Nous sollicitons une mission d'experts.\n\nAya",
			who{"mairie de Ruritz", "Aya", "", "", ""}},
		{"a town's house written small, in Russian", "Добрый вечер. Это из мэрии Стрельзау, пишу с телефона. Просим направить эксперта и провести обучение.\n\nО. Примеров",
			who{"мэрии Стрельзау", "О. Примеров", "", "", ""}},
		{"the letter's number in the line of the house", "Мэрия города Стрельзау, Управление рек. № 01-14/466, 02.02.2026\n\nУважаемые коллеги!\n\nПросим направить эксперта.\n\nО. Примеров",
			who{"Мэрия города Стрельзау", "О. Примеров", "", "", "01-14/466"}},
		{"a name in brackets", "Dear Sirs," + ask + "Yours faithfully,\n\n(Anna Example)\nJoint Secretary (Roads)",
			who{"", "Anna Example", "Joint Secretary (Roads)", "", ""}},
		{"the marks of the offices behind the number", "ROYAUME D'ATON\nMinistère des Routes\n\nN° 3128 DTR/DRS     Aton, le 5 février 2026\n\nMadame,\n\nNous sollicitons une mission d'experts.\n\nAya Exemple",
			who{"Ministère des Routes", "Aya Exemple", "", "", "3128 DTR/DRS"}},
		{"here, and from where", "Hi,\n\nAnna here, from the Institute for Measures of Ruritania." + ask + "Thanks!\nA.",
			who{"Institute for Measures of Ruritania", "", "", "", ""}},
		{"a closing in another language", "Dear colleagues," + ask + "Freundliche Grüße / kind regards\nAnna Example\n\nProgramme Manager, Rural Roads\nRuritanian Road Service",
			who{"Ruritanian Road Service", "Anna Example", "Programme Manager, Rural Roads", "", ""}},
		{"what a post is for, above the house", "Dear colleagues," + ask + "Anna Example\nSenior Coordinator, Air Register\nMinistry of Waters of Ruritania",
			who{"Ministry of Waters of Ruritania", "Anna Example", "Senior Coordinator, Air Register", "", ""}},
		{"what a post is for, above the acronym of the house", "Bonjour,\n\nNous sollicitons une mission d'experts.\n\nAya Exemple\n\nResponsable d'unité, Comptes des eaux\nMESUREC - Institut national des mesures",
			who{"Institut national des mesures", "Aya Exemple", "Responsable d'unité, Comptes des eaux", "", ""}},
		{"an acronym is no name", "Добрый день!\n\nПросим направить эксперта.\n\n--\nС уважением, Олег Примеров\nпрезидент ТПП АБ",
			who{"", "Олег Примеров", "президент ТПП АБ", "", ""}},
		{"an answer asked for at the end of a sentence", "Dear Sirs," + ask + "Please inform us about your position until the thirtieth of June, at law@roads.example.\n\nSincerely,\nA. Example",
			who{"", "A. Example", "", "law@roads.example", ""}},
		{"an address, and after it that the answer is to go there", "Madame,\n\nNous sollicitons une mission d'experts. Mon cabinet (cabinet@routes.example) recevra volontiers votre réponse.\n\nAya Exemple",
			who{"", "Aya Exemple", "", "cabinet@routes.example", ""}},
		{"a direct address", "Madame,\n\nNous sollicitons une mission d'experts. Pourriez-vous répondre en avril ? Mon adresse directe est aya@routes.example.\n\nAya Exemple",
			who{"", "Aya Exemple", "", "aya@routes.example", ""}},
		{"the number of a decision is not the letter's", "Dear Sirs," + ask + "Sincerely,\nA. Example\nLetter is agreed with the board (resolution No. A-317 of 7 May 2026)",
			who{"", "A. Example", "", "", ""}},
		{"an outgoing number below the signature", "Madame,\n\nNous sollicitons une mission d'experts.\n\nAvec considération,\nAya Exemple\nN° de sortie : 71-00-218 du 03.12.2025",
			who{"", "Aya Exemple", "", "", "71-00-218"}},
		{"the minister's letter of which this is the summary", "Madame,\n\nNous sollicitons une mission d'experts. La lettre du Ministre (n° 03/14.1/9928 du 14 août) est partie par la valise.\n\nAya Exemple",
			who{"", "Aya Exemple", "", "", "03/14.1/9928"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := readingtest.Letter(c.text)
			reading := readingtest.Request(t, m)
			q := reading.Request
			if c.want.email == "" {
				c.want.email = m.From.Address
			}
			if got := (who{q.Institution, q.Requester.Name, q.Requester.Title, q.Requester.Email, q.OfficialRef}); got != c.want {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
			readingtest.CheckEvidence(t, m, reading)
		})
	}
}

// In a mail that was forwarded several times, the innermost header may have only the name of
// its author. The address must be taken from another header.
func TestTheAddressOfTheAuthorStandsInAnotherHeader(t *testing.T) {
	content := "See below.\n\nFrom: Anna Example [mailto:anna@roads.example]\nSubject: FW: roads\n\nBella, send it.\n\nFrom: Anna Example\nSubject: roads\n\nTo UNECE\n\nWe kindly request an expert mission to review our draft law on road safety.\n\nAnna Example\nHead of Roads"
	outer, inner := "From: Anna Example [", "From: Anna Example\n"
	m := readingtest.Letter(content)
	m.From = intake.Address{Name: "Bella Sample", Address: "bella@roads.example"}
	m.Text.Sections = sections(content, outer, inner)
	if got := readingtest.Request(t, m).Request.Requester.Email; got != "anna@roads.example" {
		t.Errorf("got %q", got)
	}
}

// sections splits a text at the headers of forwarded mails, which begin with the given words.
func sections(content string, headers ...string) []intake.Section {
	var out []intake.Section
	kind, from := intake.SectionNew, 0
	for _, header := range headers {
		start := strings.Index(content, header)
		end := start + strings.Index(content[start:], "\n\n") + 2
		out = append(out, intake.Section{Kind: kind, Start: from, End: start}, intake.Section{Kind: intake.SectionForwardHeader, Start: start, End: end})
		kind, from = intake.SectionForwarded, end
	}
	return append(out, intake.Section{Kind: kind, Start: from, End: len(content)})
}
