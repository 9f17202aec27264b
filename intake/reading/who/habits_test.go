package who_test

import (
	"strings"
	"testing"

	"verbale/intake"
	"verbale/intake/reading/readingtest"
)

// TestHabitsOfLetters reads letters with name, post and institution in places that many
// offices use but few letter templates show.
func TestHabitsOfLetters(t *testing.T) {
	for _, c := range []struct{ name, text, signs, post, institution string }{
		// text after the signature
		{"an afterthought below", englishAsk + "Prof. Dr. Anna Example\nDirector\n\nPS. Two students asked to attend. They would pay a fee.", "Anna Example", "Director", ""},
		{"an afterthought below, in French", frenchAsk + "Jeanne Exemple\nDirectrice des routes\n\nP.S. Deux étudiants demandent à assister. Ils paieraient.", "Jeanne Exemple", "Directrice des routes", ""},
		{"copies below", englishAsk + "Anna Example\nDeputy Minister\n\nCopy: Ministry of Finance of Ruritania", "Anna Example", "Deputy Minister", ""},
		{"the house and its address below", russianAsk + "Вице-мэр\nОлег Примеров\n\nМЭРИЯ ГОРОДА СТРЕЛЬЗАУ\nпр. Главный, 16", "Олег Примеров", "Вице-мэр", "МЭРИЯ ГОРОДА СТРЕЛЬЗАУ"},
		{"those who agree below", russianAsk + "Вице-министр                     О. Б. Примеров\n\nСогласовано:\nза Министерство путей Аквилонии   Р. Г. Образцов", "О. Б. Примеров", "Вице-министр", "Министерство путей Аквилонии"},
		{"those who agree below, in French", frenchAsk + "Le Ministre des Routes\nJean EXEMPLE\n\nPour accord :\nLe Ministre des Ponts\nPaul MODÈLE", "Jean EXEMPLE", "Ministre des Routes", ""},
		{"a degree behind the name", englishAsk + "Director\nGoran Example, dipl. forestry eng.", "Goran Example", "Director", ""},
		{"a short sentence above", englishAsk + "Hall and lunch from us.\n\nDirector\nGoran Example", "Goran Example", "Director", ""},
		{"a post written small above the name", russianAsk + "начальник отдела региональной интеграции\nЗарина Примерова", "Зарина Примерова", "начальник отдела региональной интеграции", ""},
		{"a post written small above the name, in French", frenchAsk + "le chef du service des ponts et chaussées\nJean Exemple", "Jean Exemple", "chef du service des ponts et chaussées", ""},
		// posts
		{"a focal point", englishAsk + "Regards\nAnna Example\nFocal point for quality standards\nMinistry of Farms of Ruritania", "Anna Example", "Focal point for quality standards", "Ministry of Farms of Ruritania"},
		{"a profession and a post", englishAsk + "Kind regards,\nAnna Example\nSenior Geologist, Head of Hot Springs Section\nMinistry of Waters of Ruritania", "Anna Example", "Senior Geologist, Head of Hot Springs Section", "Ministry of Waters of Ruritania"},
		{"a post and what it is for, below a letterhead", "REPUBLIC OF RURITANIA\nSTATE DEPARTMENT FOR ROADS\nRef. SDR/2/118\n\nDear Sirs,\n\nWe request an expert on road signs.\n\nJosef Example\nDeputy Director, Road Transport Policy", "Josef Example", "Deputy Director, Road Transport Policy", "STATE DEPARTMENT FOR ROADS"},
		{"an expert", frenchAsk + "Merci !\nJeanne Exemple\nexperte d'État", "Jeanne Exemple", "experte d'État", ""},
		{"an acting official", englishAsk + "Sincerely,\nAnna Example\nActing Head of the National Road Agency", "Anna Example", "Acting Head of the National Road Agency", "National Road Agency"},
		{"an acting official in French", frenchAsk + "Le Directeur général par intérim,\nJean EXEMPLE", "Jean EXEMPLE", "Directeur général par intérim", ""},
		{"an acting official in Russian", russianAsk + "Врио директора департамента                    О. Б. Примеров", "О. Б. Примеров", "Врио директора департамента", ""},
		{"the duties of a minister", russianAsk + "Исполняющий обязанности министра\nОлег Примеров\nМинистерство транспорта Руритании", "Олег Примеров", "Исполняющий обязанности министра", "Министерство транспорта Руритании"},
		{"for the minister, in French", frenchAsk + "P. le Ministre des Transports et par ordre,\nLa Secrétaire générale\nJeanne EXEMPLE", "Jeanne EXEMPLE", "Secrétaire générale", ""},
		{"for the minister, in English", englishAsk + "Yours faithfully,\n\nAnna Example\nfor: Permanent Secretary\nMinistry of Roads of Ruritania", "Anna Example", "Permanent Secretary", "Ministry of Roads of Ruritania"},
		{"two who sign side by side, their posts below", englishAsk + "Yours faithfully,\n\nMichael Sample                         Antonia Example\nDeputy Minister of Energy                Deputy Minister of Waters", "Michael Sample", "Deputy Minister of Energy", ""},
		{"two who sign one below the other", russianAsk + "Заместитель министра энергетики          М. Примеров\nЗаместитель министра экологии            А. Образцова", "М. Примеров", "Заместитель министра энергетики", ""},
		{"a rank and a family name", englishAsk + "Colonel Sample\nActing Director General", "Sample", "Acting Director General", ""},
		{"a rank below the post", russianAsk + "И.о. генерального директора\nполковник Примеров О.Б.", "Примеров О.Б.", "И.о. генерального директора", ""},
		{"a rank below the post, in French", frenchAsk + "Le Directeur de la certification,\nColonel Jean EXEMPLE", "Jean EXEMPLE", "Directeur de la certification", ""},
		{"Monsieur in short", frenchAsk + "Le Directeur général\nM. Antoine EXEMPLE", "Antoine EXEMPLE", "Directeur général", ""},
		// what writers say about themselves
		{"his name and post to begin with", "Hello,\n\nAnna Example here, adviser to the Deputy Minister at the Ministry of Farms of Ruritania. We request an expert to train twenty inspectors.\n\nAnna", "Anna Example", "adviser to the Deputy Minister", "Ministry of Farms of Ruritania"},
		{"his name and post to begin with, in French", "Bonjour,\n\nJeanne Exemple, chargée de mission au Ministère de l'Eau de la Ruritanie. Nous demandons un expert pour former vingt inspecteurs.\n\nBonne journée\nJeanne", "Jeanne Exemple", "chargée de mission", "Ministère de l'Eau de la Ruritanie"},
		{"his name and post to begin with, in Russian", "Здравствуйте, это Анна Примерова, советник заместителя министра, Минсельхоз Руритании. Просим направить эксперта и обучить двадцать инспекторов.\n\nАнна", "Анна Примерова", "советник заместителя министра", "Минсельхоз Руритании"},
		{"a house written with a small noun", "Добрый день!\n\nМеня зовут Анна Примерова, я начальник отдела рисков Государственной таможенной службы Руритании. Просим обучить двадцать сотрудников.\n\nС уважением, Анна", "Анна Примерова", "начальник отдела рисков", "Государственной таможенной службы Руритании"},
		{"what he leads, after his name", "Chers collègues,\n\nJe m'appelle Jeanne Exemple, je dirige le département des ponts au Ministère des Routes de la Ruritanie. Nous demandons un expert pour former vingt inspecteurs.\n\nBien à vous,\nJeanne Exemple\nCheffe du département des ponts", "Jeanne Exemple", "Cheffe du département des ponts", "Ministère des Routes de la Ruritanie"},
		{"the post in the text alone", "Bonjour,\n\nJe suis assistant du secrétaire d'État pour les ponts au Ministère des Routes de la Ruritanie. Nous demandons un expert pour former vingt inspecteurs.\n\nBien à vous\nJean Exemple", "Jean Exemple", "assistant du secrétaire d'État pour les ponts", "Ministère des Routes de la Ruritanie"},
		{"the post and the house in the text alone", "Madame,\n\nJe vous écris à titre de chef du service des eaux partagées, Ministère des Eaux de Ruritanie. Nous demandons un expert pour former vingt inspecteurs.\n\nSalutations respectueuses,\nJean Exemple", "Jean Exemple", "chef du service des eaux partagées", "Ministère des Eaux de Ruritanie"},
		{"in the capacity of", "Dear colleagues,\n\nI write in my capacity of deputy director of standards at the Ministry of Farms of Ruritania. We request an expert to train twenty inspectors.\n\nRegards\nAnna Example", "Anna Example", "deputy director of standards", "Ministry of Farms of Ruritania"},
		{"what he is, in Russian", "Добрый вечер. Я советник мэра по развитию, пишу с телефона. Просим направить эксперта и обучить двадцать инспекторов.\n\nОлег Примеров", "Олег Примеров", "советник мэра по развитию", ""},
		{"a day job", "Dear friends,\n\nI write as the coordinator of our group. (My day job: Ministry of Trade of the Republic of Ruritania.) We request an expert to train twenty inspectors.\n\nThanks\nAnna Example\nAdviser", "Anna Example", "Adviser", "Ministry of Trade of the Republic of Ruritania"},
		{"the name in full in brackets", "Chers collègues,\n\nNotre Centre (Centre d'information routière de la Ruritanie, établissement du Ministère) demande un expert pour former vingt inspecteurs.\n\nJeanne Exemple\nDirectrice adjointe", "Jeanne Exemple", "Directrice adjointe", "Centre d'information routière de la Ruritanie"},
		{"what he leads there", "Chers collègues,\n\nJe dirige au Ministère du Transport ruritanien la cellule chargée des ponts. Nous demandons un expert pour former vingt inspecteurs.\n\nJean Exemple\nDirecteur des ponts", "Jean Exemple", "Directeur des ponts", "Ministère du Transport ruritanien"},
		{"another house in the talk before", "Добрый день.\n\nПишу с согласия руководителя и после разговора с коллегами из Агентства путей Аквилонии. Просим направить эксперта и обучить двадцать инспекторов.\n\nОлег Примеров,\nзаведующий сектором\nСлужба дорог Руританской Республики", "Олег Примеров", "заведующий сектором", "Служба дорог Руританской Республики"},
		// letterheads
		{"a directorate below its ministry", "MINISTÈRE DES TRANSPORTS DE RURITANIE\nDirection des transports terrestres\nN° 1187/MT/DTT\n\nMonsieur,\n\nNous demandons l'envoi d'un expert pour former vingt inspecteurs.\n\nLe Sous-directeur\nJean Exemple", "Jean Exemple", "Sous-directeur", "MINISTÈRE DES TRANSPORTS DE RURITANIE"},
		{"a house that is bent in the text", "Министерство энергетики Руритании\nИсх. № 1/55\n\nУважаемые господа!\n\nНаправляем обращение Министерства энергетики с просьбой направить эксперта и обучить двадцать инспекторов.\n\nЗаместитель министра          М. Примеров", "М. Примеров", "Заместитель министра", "Министерство энергетики Руритании"},
		{"a concern", "STATE CONCERN \"RURITANGAS\"\nNo 11-1/3092\n\nYour Excellency,\n\nWe request a course for forty engineers.\n\nDeputy Chairman\nB. Example", "B. Example", "Deputy Chairman", "STATE CONCERN \"RURITANGAS\""},
		{"a mission that conveys a request", "PERMANENT MISSION OF RURITANIA\nIN GENEVA\n\nThe Permanent Mission of Ruritania presents its compliments to UNECE and has the honour to convey the following request of the Ministry of Energy of the Republic of Ruritania. The Ministry requests an expert to train twenty inspectors.\n\nThe Mission would be grateful for a reply by 16 March 2026 and avails itself of this opportunity to renew the assurances of its highest consideration.", "", "", "Ministry of Energy of the Republic of Ruritania"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := readingtest.Letter(c.text)
			g := readingtest.Request(t, m)
			q := g.Request
			got := strings.Join([]string{q.Requester.Name, q.Requester.Title, q.Institution}, " / ")
			if want := strings.Join([]string{c.signs, c.post, c.institution}, " / "); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
			readingtest.CheckEvidence(t, m, g)
		})
	}
}

func TestWhereTheAnswerGoes(t *testing.T) {
	for says, want := range map[string]string{
		"Write please to Ms. Sample, a.sample@town.example, before the end of May.":                  "a.sample@town.example",
		"Kindly direct it to the Head of the Agency, Mr. Sample (z.sample@agency.example).":          "z.sample@agency.example",
		"Merci de l'adresser à Mme Exemple (j.exemple@ville.example).":                               "j.exemple@ville.example",
		"Ответ направьте на имя О. Примерова, o.primerov@town.example.":                              "o.primerov@town.example",
		"Our partner for the venue is the college (college@school.example), which offers two rooms.": "office@ministry.example",
	} {
		m := readingtest.Letter(englishAsk + says + "\n\nRegards,\nAnna Example")
		if got := readingtest.Request(t, m).Request.Requester.Email; got != want {
			t.Errorf("%s: got %q, want %q", says, got, want)
		}
	}
}

func TestNumbersWithTheMarkOfAnOffice(t *testing.T) {
	const body = "\n\nDear Sirs,\n\nWe request an expert mission on road safety.\n\nSincerely,\nB. Ali"
	for head, want := range map[string]string{
		"Nota VMT 212/2026":    "VMT 212/2026",
		"Réf. DTT 118/26":      "DTT 118/26",
		"исх. РЖД-221/26":      "РЖД-221/26",
		"N°_0233/MMG/SG/2026_": "0233/MMG/SG/2026",
		"Ref. No. 118/26":      "118/26",
	} {
		if got := readingtest.Request(t, readingtest.Letter("OFFICE OF ROADS OF RURITANIA\n"+head+body)).Request.OfficialRef; got != want {
			t.Errorf("%s: got %q, want %q", head, got, want)
		}
	}
}

func TestWhoSpeaksForAHouse(t *testing.T) {
	for _, c := range []struct {
		name, from, text string
		official         bool
	}{
		{"a head of unit from the ministry's address", "a@roads.gov.md", englishAsk + "With respect,\nAnna Example\nHead of Unit\nNational Road Agency of Ruritania", true},
		{"a specialist from a private address", "a@mail.example", "Hi,\n\nI'm a student and it's for my thesis. We ask UNECE for a course on road safety, pls.\n\nAnna Example\nspecialist", false},
		{"nothing but a number", "a@mail.example", englishAsk + "No. 12-3/45\n\nAnna Example", true},
		{"a mayor who says that it is private", "a@mail.example", "Dear all,\n\nI write unofficially. We ask UNECE for a course on road safety.\n\nAnna Example\nMayor", false},
	} {
		m := readingtest.Letter(c.text)
		m.From = intake.Address{Address: c.from}
		if got := readingtest.Request(t, m).Request.Official; got != c.official {
			t.Errorf("%s: official %t", c.name, got)
		}
	}
}
