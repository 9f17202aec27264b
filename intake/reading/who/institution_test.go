package who_test

import (
	"testing"

	"verbale/intake"
	"verbale/intake/reading/readingtest"
)

// Letterheads, signatures and opening sentences with several institutions. The one that makes
// the request must be distinguished from those above and around it.
func TestWhichInstitutionAsks(t *testing.T) {
	const ask = "\n\nWe kindly request UNECE to send an expert for a review of the draft law and to train our inspectors.\n\nYours sincerely,\n"
	const demande = "\n\nNous sollicitons une mission d'experts pour relire le projet de loi et former nos inspecteurs.\n\nCordialement,\n"
	const prosim = "\n\nПросим направить эксперта для оценки проекта закона и обучить инспекторов.\n\nС уважением,\n"
	for _, c := range []struct {
		name string
		from intake.Address
		text string
		want string
	}{
		{"an agency below its ministry, which sends", intake.Address{Name: "Sample Roads", Address: "office@nra.gov.example"},
			"REPUBLIC OF SAMPLE\nMINISTRY OF PUBLIC WORKS\nNational Roads Authority\n\nDear Sirs," + ask + "Elira Sample\nDirector", "National Roads Authority"},
		{"a department of a ministry", intake.Address{Address: "doc@health.gov.example"},
			"MINISTRY OF HEALTH\nDepartment of Sanitary Control\n\nDear Sirs," + ask + "Elira Sample\nHead of Department", "MINISTRY OF HEALTH"},
		{"an office below its ministry in French", intake.Address{Name: "ONEAU", Address: "dg@oneau.example"},
			"MINISTÈRE DE L'ÉQUIPEMENT\nOFFICE NATIONAL DE L'EAU\n\nMadame, Monsieur," + demande + "Aya Exemple\nDirectrice générale", "OFFICE NATIONAL DE L'EAU"},
		{"the ministry speaks for the office below it", intake.Address{Name: "OBS", Address: "obs@int.example"},
			"MINISTÈRE DE L'INTÉRIEUR\nOBSERVATOIRE DES ROUTES\n\nMadame, Monsieur,\n\nLe Ministère de l'Intérieur sollicite une mission d'experts pour la sécurité routière.\n\nCordialement,\nAya Exemple", "Ministère de l'Intérieur"},
		{"a committee below its ministry, a minister signs", intake.Address{Name: "КПН", Address: "kpn@mchs.example"},
			"МИНИСТЕРСТВО ПО СТИХИЙНЫМ БЕДСТВИЯМ\nКомитет пожарного надзора\n\nУважаемые коллеги!" + prosim + "Заместитель министра\nО. Примеров", "МИНИСТЕРСТВО ПО СТИХИЙНЫМ БЕДСТВИЯМ"},
		{"a head noun that is not a ministry", intake.Address{Address: "info@std.example"},
			"METROLOGY ORGANISATION OF SAMPLE\n\nDear Sirs," + ask + "Elira Sample", "METROLOGY ORGANISATION OF SAMPLE"},
		{"the display name alone", intake.Address{Name: "Conseil Exemplaire des Armateurs", Address: "dg@cea.example"},
			"Bonjour," + demande + "Aya Exemple", "Conseil Exemplaire des Armateurs"},
		{"where the writer works, in English", intake.Address{Name: "John Sample", Address: "j@example.example"},
			"Hello,\n\nI coordinate the bicycle plan at the State Department for Mobility." + ask + "John Sample", "State Department for Mobility"},
		{"where the writer works, in French", intake.Address{Address: "a@mail.example"},
			"Bonjour,\n\nJe suis à la Direction nationale des semences." + demande + "Aya Exemple", "Direction nationale des semences"},
		{"where the writer works, in Russian", intake.Address{Address: "a@mail.example"},
			"Здравствуйте!\n\nПишу от ОО «Чистый берег»." + prosim + "Олег Примеров", "ОО «Чистый берег»"},
		{"a ministry in the post of who signs, in Russian", intake.Address{Address: "info@minprom.example"},
			"Уважаемые коллеги!" + prosim + "О. И. Примерова,\nначальник управления внешних связей\nМинистерства приборостроения Республики Мисол", "Министерства приборостроения Республики Мисол"},
		{"a public enterprise in the signature", intake.Address{Address: "a@voda.example"},
			"Dear all," + ask + "Elira Sample\nHead of Unit\nPE \"Sample Waters\"", "PE \"Sample Waters\""},
		{"two languages side by side", intake.Address{Name: "Министерство лесов Республики Мисол", Address: "les@misol.example"},
			"МІНІСТЭРСТВА ЛЯСОЎ\tМИНИСТЕРСТВО ЛЕСОВ\nРЭСПУБЛІКІ МІСОЛ\tРЕСПУБЛИКИ МИСОЛ\n\nУважаемые коллеги!" + prosim + "О. Примеров", "Министерство лесов Республики Мисол"},
		{"in Kazakh, the noun at the end", intake.Address{Address: "a@qala.example"},
			"МЫСАЛ ҚАЛАСЫНЫҢ ӘКІМДІГІ\n\nҚұрметті әріптестер!\n\nСіздерден көлік жоспары бойынша кеңестік көмек көрсетуді және оқыту семинарын өткізуді сұраймыз.\n\nҚұрметпен,\nБ. Мысалов", "МЫСАЛ ҚАЛАСЫНЫҢ ӘКІМДІГІ"},
		{"in Spanish", intake.Address{Address: "a@ministerio.example"},
			"MINISTERIO DE AGUAS\n\nEstimados señores:\n\nSolicitamos a ustedes el envío de un experto y un taller para nuestros inspectores.\n\nAtentamente,\nAna Ejemplo\nViceministra de Aguas", "MINISTERIO DE AGUAS"},
		{"a sentence is no name", intake.Address{Address: "a@mediu.example"},
			"Stimați colegi,\n\nAgenția de Ape raportează anual calitatea apei. Vă rugăm să ne sprijiniți printr-un curs de instruire și o misiune de experți.\n\nCu respect,\nIon Exemplu", "Agenția de Ape"},
		{"a ministry whose request its Mission passes on", intake.Address{Name: "Permanent Mission", Address: "mission@mfa.example"},
			"The Permanent Mission of Aton presents its compliments to the secretariat and has the honour to convey the following.\n\nThe Ministry of Rivers and Forests has mapped its springs. It kindly requests an expert mission to review the map.\n\nThe Permanent Mission avails itself of this opportunity.", "Ministry of Rivers and Forests"},
		{"a motto is no name", intake.Address{Address: "a@routes.example"},
			"RÉPUBLIQUE D'ATON\nUnion - Discipline - Travail\nMINISTÈRE DES ROUTES\n\nMadame, Monsieur," + demande + "Aya Exemple", "MINISTÈRE DES ROUTES"},
		{"the post of who signs does not go on with the name", intake.Address{Address: "a@routes.example"},
			"MINISTÈRE DES ROUTES\nLe Secrétaire général\n\nMadame, Monsieur," + demande + "Aya Exemple", "MINISTÈRE DES ROUTES"},
		{"we ourselves, below a note", intake.Address{Address: "a@forest.example"},
			"Министерство лесов Атона свидетельствует своё уважение и просит направить эксперта для оценки проекта закона.\n\nг. Атон, 5 мая 2026 года\n\nЕвропейская экономическая комиссия ООН\nг. Женева", "Министерство лесов Атона"},
		{"the number of the letter does not belong to the name", intake.Address{Address: "a@town.example"},
			"City Hall of Strelsau no. 12-3/45 of 3 May 2026\n\nDear Sirs," + ask + "Elira Sample", "City Hall of Strelsau"},
		{"a street does not belong to the name", intake.Address{Address: "a@agency.example"},
			"Agency of Rivers, 5 Main Street, tel. 22 33 44\n\nDear Sirs," + ask + "Elira Sample", "Agency of Rivers"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := readingtest.Letter(c.text)
			m.From = c.from
			g := readingtest.Request(t, m)
			if got := g.Request.Institution; got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			readingtest.CheckEvidence(t, m, g)
		})
	}
}

func TestNumbersOfLetters(t *testing.T) {
	const body = "\n\nDear Sirs,\n\nWe request an expert mission on road safety.\n\nSincerely,\nB. Ali"
	for text, want := range map[string]string{
		"MINISTRY OF ROADS\n12 Main Street, 4th floor, tel.: 8 (700) 11-22-33\n\n№ 7-2-05/1846-К          5 June 2026" + body:                "7-2-05/1846-К",
		"MINISTRY OF ROADS\n\n14.05.2026 № 06-04-11/2907/вн\nНа № 21-3/90 от 06.05.2026" + body:                                              "06-04-11/2907/вн",
		"MINISTRY OF ROADS\n\nRef.: 58/3/2026 - ECE" + body:                                                                                  "58/3/2026 - ECE",
		"SAMPLE STANDARDS BOARD\nPlot 27/28 Harbour Street\n\nSSB/CEO/QM/26/1182\t9th April, 2026" + body:                                    "SSB/CEO/QM/26/1182",
		"MINISTARSTVO PUTEVA\nBroj: 000417733 2026 20550 001 004\nDatum: 26. maj 2026" + body:                                                "000417733 2026 20550 001 004",
		"MINISTRY OF ROADS\nNr. 522/3 Prot." + body:                                                                                          "522/3 Prot.",
		"MINISTRY OF ROADS\nNo. 12-4 / 345" + body:                                                                                           "12-4 / 345",
		"Dear colleagues,\n\non 3 February we wrote (our no. 11-KOR-58/2) and got no answer. We request an expert mission again.\n\nB. Ali":  "11-KOR-58/2",
		"Bonjour,\n\nCi-dessous notre courrier n° 2026-0713/AX/SG du 02/10. Nous sollicitons une mission d'experts.\n\nCordialement,\nA. Ex": "2026-0713/AX/SG",
		"Коллеги,\n\nпросим направить эксперта. Письмо за подписью директора № 07-5/644 от 08.04 пойдёт почтой.\n\nС уважением,\nА. Примеров": "07-5/644",
		"AGENCE DU DOMAINE\nRéf : ADR/DG/DAJ/n°0598" + body: "ADR/DG/DAJ/n°0598",
		"Dear colleagues,\n\nWe request an expert mission. This mail is registered with number 4471/1 of the protocol office.\n\nRegards,\nB. Ali":                "4471/1",
		"Уважаемые коллеги!\n\nПросим направить эксперта по дорожному движению.\n\n№ 6-311, 26 октября 2026 года, г. Стрельзау\nДиректор          О. Б. Примеров": "6-311",
		"GOVERNMENT OF SAMPLAND\nMINISTRY OF ROADS\nF. No. 5(21)/2026-Roads-II" + body:                                                                            "5(21)/2026-Roads-II",
		"Коллеги,\n\nНИИ дорог по поручению министерства (письмо N 14-7/5120 от 03.10.2025) просит направить эксперта.\n\nС уважением,\nА. Примеров":              "14-7/5120",
		"Dear Sirs,\n\nWith protocol number 3318/4 of 2 June the Minister asks for an expert mission.\n\nSincerely,\nB. Ali":                                      "3318/4",
		"Dear Sirs,\n\nOur number is 02-1877/26 and the paper follows. We request an expert mission.\n\nSincerely,\nB. Ali":                                       "02-1877/26",
		"Коллеги,\n\nв ответ на письмо № 14-7/5120 просим направить эксперта.\n\nС уважением,\nА. Примеров":                                                       "",
		"Dear Sirs,\n\nUnder our Law No. 45-2/2020 we request an expert mission.\n\nSincerely,\nB. Ali":                                                           "",
		"Dear Sirs,\n\nThank you for your letter No. 45-2/2020. We request an expert mission.\n\nSincerely,\nB. Ali":                                              "",
	} {
		if got := readingtest.Request(t, readingtest.Letter(text)).Request.OfficialRef; got != want {
			t.Errorf("%.60q: got %q, want %q", text, got, want)
		}
	}
}
