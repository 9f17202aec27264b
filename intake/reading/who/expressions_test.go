package who_test

import (
	"testing"

	"verbale/intake/reading/readingtest"
)

func TestSignaturesAndThoseWhoSpeak(t *testing.T) {
	type who struct{ institution, name, title string }
	for _, c := range []struct {
		name, text string
		want       who
	}{
		{"a list within the name", `Dear colleagues,

We kindly ask UNECE to send an expert to review our draft law on road safety and to train twenty inspectors in May 2026.

Kind regards,

Anna Example
Head of Division
Ministry of Agriculture, Forestry and Water Management`,
			who{"Ministry of Agriculture, Forestry and Water Management", "Anna Example", "Head of Division"}},
		{"the part of the house after the post", `Dear colleagues,

We kindly ask UNECE to send an expert to review our draft law on road safety and to train twenty inspectors in May 2026.

Kind regards,

Anna Example
Deputy Head, International Relations Division
National Road Agency`,
			who{"National Road Agency", "Anna Example", "Deputy Head, International Relations Division"}},
		{"the institution in the post alone", `Dear colleagues,

We kindly ask UNECE to send an expert to review our draft law on road safety and to train twenty inspectors in May 2026.

Sincerely,

Zaza Sample
Head of the National Environmental Agency`,
			who{"National Environmental Agency", "Zaza Sample", "Head of the National Environmental Agency"}},
		{"signed for another", `Dear colleagues,

We kindly ask UNECE to send an expert to review our draft law on road safety and to train twenty inspectors in May 2026.

Sincerely,

For the Minister:
Anna Example
Director General
Ministry of Transport of Ruritania`,
			who{"Ministry of Transport of Ruritania", "Anna Example", "Director General"}},
		{"a rank before the name", `Dear colleagues,

We kindly ask UNECE to send an expert to review our draft law on road safety and to train twenty inspectors in May 2026.

Sincerely,

Ambassador Yerlan Sample
Deputy Secretary General
Organisation of Lakes`,
			who{"Organisation of Lakes", "Yerlan Sample", "Deputy Secretary General"}},
		{"a title of courtesy behind the name", `Dear colleagues,

We kindly ask UNECE to send an expert to review our draft law on road safety and to train twenty inspectors in May 2026.

Best regards,
Thu Hang Sample (Ms.)
Deputy Director
Vehicle Inspection Authority`,
			who{"Vehicle Inspection Authority", "Thu Hang Sample", "Deputy Director"}},
		{"all in one line with dashes", `Dear colleagues,

We kindly ask UNECE to send an expert to review our draft law on road safety and to train twenty inspectors in May 2026.

Regards,

Rita Sample - Head of the Air Unit - Ministry of Environment`,
			who{"Ministry of Environment", "Rita Sample", "Head of the Air Unit"}},
		{"where the writer works", `Hi all,

we at the State Cadastre Agency are told to produce the values of all flats. We would like to ask for an expert of UNECE to review our method.

Regards,
Anna Example`,
			who{"State Cadastre Agency", "Anna Example", ""}},
		{"on whose behalf", `Dear Sir,

I am writing on behalf of the National Road Agency of Ruritania to request advisory services on the ADR.

Regards,
Anna Example`,
			who{"National Road Agency of Ruritania", "Anna Example", ""}},
		{"a city", `Dear Madam,

The City of Strelsau kindly requests UNECE to send an expert on smart sustainable cities and to train our staff.

Regards,
Anna Example
Mayor`,
			who{"City of Strelsau", "Anna Example", "Mayor"}},
		{"au nom de", `Madame,

Au nom de la Direction générale des transports, je sollicite l'envoi d'une mission d'experts sur l'ADR.

Cordialement,
Anne Exemple
Chargée de mission`,
			who{"Direction générale des transports", "Anne Exemple", "Chargée de mission"}},
		{"par ordre", `MINISTERE DES TRANSPORTS
N° 012/MT/SG

Madame la Secrétaire exécutive,

Le Ministère des Transports sollicite l'envoi d'une mission d'experts sur l'ADR.

Veuillez agréer, Madame, l'assurance de ma haute considération.

P.O. Le Secrétaire général
Jean Exemple`,
			who{"Ministère des Transports", "Jean Exemple", "Secrétaire général"}},
		{"two institutions that share a verb", `Madame,

Le Bureau national de la statistique et l'Agence de cadastre partagent un immeuble. Nous sollicitons l'envoi d'un expert pour les aider à échanger leurs données.

Cordialement,
Anne Exemple
Directrice`,
			who{"Bureau national de la statistique", "Anne Exemple", "Directrice"}},
		{"acting", `Уважаемые коллеги!

Агентство по статистике просит направить эксперта для проведения семинара.

С уважением,

И.о. директора                    А. Б. Примеров`,
			who{"Агентство по статистике", "А. Б. Примеров", "И.о. директора"}},
		{"a post in short", `Уважаемые коллеги!

Просим направить эксперта для проведения семинара по стандартам.

С уважением,
Олег Примеров, зам. нач. управления
Агентство по стандартизации, метрологии и сертификации Руритании`,
			who{"Агентство по стандартизации, метрологии и сертификации Руритании", "Олег Примеров", "зам. нач. управления"}},
		{"on instruction, in the genitive", `Здравствуйте!

Пишу по поручению Национального комитета Руритании по статистике. Просим направить эксперта для проведения семинара.

С уважением,
Олег Примеров
начальник отдела`,
			who{"Национального комитета Руритании по статистике", "Олег Примеров", "начальник отдела"}},
		{"the institution in the genitive of a post", `Уважаемые коллеги!

Просим направить эксперта для проведения семинара.

С уважением,
Олег Примеров,
заместитель председателя Национального статистического комитета Руритании`,
			who{"Национального статистического комитета Руритании", "Олег Примеров", "заместитель председателя"}},
		{"a verb that no list knows", `Уважаемые коллеги!

Служба оценки и кадастра и Управление геодезии впервые договорились делать оценку вместе. Просим направить эксперта для проведения семинара.

С уважением,
Олег Примеров`,
			who{"Служба оценки и кадастра", "Олег Примеров", ""}},
		{"in apposition to we", `Добрый день!

Мы, мэрия города Стрельзау, просим направить эксперта и провести обучение по умным городам.

С уважением,
Азамат Примеров, вице-мэр`,
			who{"мэрия города Стрельзау", "Азамат Примеров", "вице-мэр"}},
		{"the head of a sector in short", `Добрый день!

Просим направить эксперта и провести обучение по инновациям.

Спасибо!

Аида Примерова
зав. сектором развития предпринимательства
Министерство экономики Руритании`,
			who{"Министерство экономики Руритании", "Аида Примерова", "зав. сектором развития предпринимательства"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := readingtest.Letter(c.text)
			reading := readingtest.Request(t, m)
			q := reading.Request
			if got := (who{q.Institution, q.Requester.Name, q.Requester.Title}); got != c.want {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
			readingtest.CheckEvidence(t, m, reading)
		})
	}
}
