package who_test

import (
	"testing"

	"verbale/intake"
	"verbale/intake/reading/readingtest"
)

func TestWhoAsks(t *testing.T) {
	r := readingtest.Reader()
	type who struct{ institution, name, title, email, number string }
	for _, c := range []struct {
		name, text string
		want       who
		official   bool
	}{
		{"russian letterhead, post and name on one line", `МИНИСТЕРСТВО ДОРОГ РЕСПУБЛИКИ МИСОЛ
№ 03-4/1187 от 9 февраля 2026 г.

Исполнительному секретарю Европейской экономической комиссии ООН

Уважаемая госпожа Исполнительный секретарь!

Просим направить эксперта для оценки безопасности горных дорог.

С уважением,

Первый заместитель министра                    А. Б. Примеров
Исп.: Образцова Л., obraztsova@roads.example`,
			who{"МИНИСТЕРСТВО ДОРОГ РЕСПУБЛИКИ МИСОЛ", "А. Б. Примеров", "Первый заместитель министра", "obraztsova@roads.example", "03-4/1187"}, true},
		{"french post above the name", `MINISTÈRE DES EAUX
Réf. : D-2026/017

Madame la Secrétaire exécutive,

Nous sollicitons une mission d'experts à Ville.

Veuillez agréer, Madame la Secrétaire exécutive, l'assurance de ma haute considération.

Le Directeur général des eaux
Jean-Marie Exemple`,
			who{"MINISTÈRE DES EAUX", "Jean-Marie Exemple", "Directeur général des eaux", "office@ministry.example", "D-2026/017"}, true},
		{"english signature with a doctor's title and an address to answer at", `Dear colleagues,

The State Agency of Rivers kindly requests an expert mission. Please send your reply to intl@rivers.example.

Kind regards,
Dr. Elira Sample
Deputy Director
State Agency of Rivers`,
			who{"State Agency of Rivers", "Elira Sample", "Deputy Director", "intl@rivers.example", ""}, true},
		{"post before the name in one line", `Dear Sirs,

We request advisory services on the housing law.

With respect,
Deputy Minister Merdan Sample`,
			who{"", "Merdan Sample", "Deputy Minister", "office@ministry.example", ""}, true},
		{"all of it in one line", `Dear colleagues,

We would ask for a three-day training of 15 engineers.
Elira Sample, Head of Department of Alternative Fuels, Ministry of Energy of the Republic of Sample`,
			who{"Ministry of Energy of the Republic of Sample", "Elira Sample", "Head of Department of Alternative Fuels", "office@ministry.example", ""}, true},
		{"a private person", `Здравствуйте!

Пишу от себя лично. Не могли бы ваши эксперты обучить наших инженеров?

Сардор Образцов
инженер`,
			who{"", "Сардор Образцов", "инженер", "office@ministry.example", ""}, false},
		{"an association", `Hello,

we ask for a training of our packers in Sughd.

Firdavs Sample
Association of Fruit Exporters`,
			who{"Association of Fruit Exporters", "Firdavs Sample", "", "office@ministry.example", ""}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := readingtest.Letter(c.text)
			reading := r.Read(m)
			if reading.Kind != intake.KindRequest {
				t.Fatalf("kind %s (%s)", reading.Kind, reading.KindReason)
			}
			q := reading.Request
			got := who{q.Institution, q.Requester.Name, q.Requester.Title, q.Requester.Email, q.OfficialRef}
			if got != c.want {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
			if q.Official != c.official {
				t.Errorf("official: got %v", q.Official)
			}
			readingtest.CheckEvidence(t, m, reading)
		})
	}
}

func TestTitlesOfCourtesyAreNoPartOfAName(t *testing.T) {
	r := readingtest.Reader()
	for signed, want := range map[string]string{
		"Dr. Elira Sample": "Elira Sample", "H.E. Mr. John Sample": "John Sample", "Д. Р. Образцов": "Д. Р. Образцов",
		"Г. Н. Примеров": "Г. Н. Примеров", "г-н Олег Примеров": "Олег Примеров", "Mme Aya Exemple": "Aya Exemple",
	} {
		m := readingtest.Letter("Dear Sirs,\n\nWe request an expert mission.\n\nSincerely,\n" + signed + "\nDirector")
		if got := r.Read(m).Request.Requester.Name; got != want {
			t.Errorf("%s: got %q", signed, got)
		}
	}
}

func TestAnOfficesDisplayNameIsNoSignatory(t *testing.T) {
	r := readingtest.Reader()
	m := readingtest.Letter("The Permanent Mission of Sample presents its compliments to the secretariat and has the honour to request an expert mission to Ville.\n\nGeneva, 3 May 2026")
	for name, want := range map[string]string{"Permanent Mission Sample Geneva": "", "Kabinet Ministra": "", "Registry": ""} {
		m.From.Name = name
		if got := r.Read(m).Request.Requester.Name; got != want {
			t.Errorf("%s: got %q", name, got)
		}
	}
}

func TestAnswerGoesToReplyToBeforeFrom(t *testing.T) {
	r := readingtest.Reader()
	m := readingtest.Letter("Dear Sirs,\n\nWe request an expert mission.\n\nRegards,\nB. Ali")
	m.ReplyTo = []intake.Address{{Address: "intl@ministry.example"}}
	if got := r.Read(m).Request.Requester.Email; got != "intl@ministry.example" {
		t.Errorf("got %s", got)
	}
}

func TestNumbersThatAreNotTheLettersOwn(t *testing.T) {
	r := readingtest.Reader()
	for _, head := range []string{
		"На № 12-3/45 от 14 января 2026 г.", "Your ref: 12-3/45", "tel. +41 22 917 12-34", "Geneva, 11.02.2026", "MD-2005, Chisinau", "[TC-2026-00042x]",
	} {
		m := readingtest.Letter(head + "\n\nDear Madam,\n\nIn accordance with Law No. 45-2/2020 we request an expert mission.\n\nSincerely,\nB. Ali")
		if q := r.Read(m).Request; q != nil && q.OfficialRef != "" {
			t.Errorf("%q: took %q for the letter's number", head, q.OfficialRef)
		}
	}
}
