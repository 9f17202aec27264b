package when_test

import (
	"slices"
	"testing"
	"time"

	"verbale/intake"
	"verbale/intake/reading/readingtest"
)

func TestDeadlinesAndActivitiesAreToldApart(t *testing.T) {
	r := readingtest.Reader()
	for _, c := range []struct{ name, text, replyBy, start, end string }{
		{"english letter", `Dear colleagues,

The Ministry asks UNECE to organise a training of inspectors in Osh from 14 to 18 September 2026.
Please let us know by 20 March whether this is possible.

Kind regards,
Aida Karimova`, "2026-03-20", "2026-09-14", "2026-09-18"},
		{"french letter", `Madame, Monsieur,

Nous sollicitons une mission d'experts à Tirana au cours du deuxième trimestre 2026.
Une réponse avant le 30 mars nous obligerait.

Cordialement,
Elira Hoxha`, "2026-03-30", "2026-04-01", "2026-06-30"},
		{"russian letter", `Уважаемые коллеги!

Просим провести семинар для специалистов комитета в период с 18 по 29 мая 2026 года.
Ответ просим направить не позднее 20 марта 2026 г.

С уважением,
А. Карим`, "2026-03-20", "2026-05-18", "2026-05-29"},
		{"a date of the letter being answered", `Dear Madam,

With reference to your letter of 12 January 2026, we ask for an advisory mission in June 2026.

Sincerely,
B. Ali`, "", "2026-06-01", "2026-06-30"},
		{"a law and an adoption", `Уважаемые господа!

В соответствии с Законом от 5 марта 2026 года Министерство просит направить экспертов для оценки проекта.

С уважением,
Б. Али`, "", "", ""},
		{"past events", `Dear colleagues,

The workshop of November 2024 was a success. We kindly ask for advice on the draft law.

Regards,
B. Ali`, "", "", ""},
		{"an answer wanted within some days", `Dear Sirs,

We request an expert mission. We would be grateful for your answer within ten days.

Regards,
B. Ali`, "2026-02-21", "", ""},
		{"stages, each asked for in a sentence of its own", `Dear Sirs,

We kindly request the following.

First, we ask you to send a mission of two experts to Batumi in September 2026.
Second, we ask you to hold a training course for our inspectors in November 2026.

Regards,
B. Ali`, "", "2026-09-01", "2026-11-30"},
		{"an end without a beginning in the same place", `Dear Sirs,

We ask UNECE to implement the project. The project would start on 1 June 2026 and be completed by 31 May 2028.

Regards,
B. Ali`, "", "2026-06-01", "2028-05-31"},
		{"a length of time from a day", `Dear Sirs,

We request advisory services for a period of six months from 1 September 2026.

Regards,
B. Ali`, "", "2026-09-01", "2027-02-28"},
		{"a beginning left open", `Уважаемые коллеги!

Просим организовать обучение специалистов начиная с апреля 2026 года.

С уважением,
Б. Али`, "", "2026-04-01", ""},
		{"a confirmation about dates of the activity", `Madame,

Nous sollicitons l'animation d'un atelier par vos experts. Merci de confirmer avant le 1er septembre que les dates du 14 au 16 octobre leur conviennent pour l'atelier.

Cordialement,
B. Ali`, "2026-09-01", "2026-10-14", "2026-10-16"},
		{"half a month", `Dear colleagues,

Could one of your experts visit us for an assessment? The second half of May would be the best time.

Regards,
B. Ali`, "", "2026-05-16", "2026-05-31"},
	} {
		t.Run(c.name, func(t *testing.T) {
			reading := r.Read(readingtest.Letter(c.text))
			if reading.Kind != intake.KindRequest {
				t.Fatalf("kind %s (%s)", reading.Kind, reading.KindReason)
			}
			q := reading.Request
			got := [3]string{q.ReplyBy.String(), q.ProposedStart.String(), q.ProposedEnd.String()}
			if want := [3]string{c.replyBy, c.start, c.end}; got != want {
				t.Errorf("reply, start, end: got %q, want %q", got, want)
			}
			readingtest.CheckEvidence(t, readingtest.Letter(c.text), reading)
		})
	}
}

// TestDatesOfAMailWithoutDate checks that complete dates are read, and that those relative to
// the date of the mail are not.
func TestDatesOfAMailWithoutDate(t *testing.T) {
	for _, c := range []struct{ term, replyBy string }{
		{"by 20 January 2027", "2027-01-20"},
		{"no later than 15 March 2026", "2026-03-15"},
		{"within ten days", ""},
	} {
		m := readingtest.Letter("Dear Sirs,\n\nWe request an expert mission from 18 to 20 May 2027. Please reply " + c.term + ".\n\nRegards,\nB. Ali")
		m.Date = time.Time{}
		q := readingtest.Request(t, m).Request
		got := [3]string{q.ReplyBy.String(), q.ProposedStart.String(), q.ProposedEnd.String()}
		if want := [3]string{c.replyBy, "2027-05-18", "2027-05-20"}; got != want || q.Urgency != intake.UrgencyNormal {
			t.Errorf("%s: reply, start, end: got %q, want %q; %s", c.term, got, want, q.Urgency)
		}
	}
}

// TestDayThatItsMonthDoesNotHave checks that a day that its month does not have is read as the
// whole month, with a doubt.
func TestDayThatItsMonthDoesNotHave(t *testing.T) {
	for _, c := range []struct {
		text, replyBy, start, end string
		doubts                    []intake.Field
	}{
		{"We request an expert mission. Please reply by 31 April 2026.", "2026-04-30", "", "", []intake.Field{intake.FieldReplyBy}},
		{"We request an expert mission. Please reply by February 29, 2026.", "2026-02-28", "", "", []intake.Field{intake.FieldReplyBy}},
		{"We request an expert mission. Please reply by 29 February 2028.", "2028-02-29", "", "", nil},
		{"We request an expert mission on 29–31 June 2026.", "", "2026-06-01", "2026-06-30", []intake.Field{intake.FieldProposedStart, intake.FieldProposedEnd}},
	} {
		m := readingtest.Letter("Dear Sirs,\n\n" + c.text + "\n\nRegards,\nB. Ali")
		m.Date = time.Date(2026, time.February, 11, 9, 0, 0, 0, time.UTC)
		if c.replyBy > "2027" {
			m.Date = m.Date.AddDate(2, 0, 0)
		}
		reading := readingtest.Request(t, m)
		q := reading.Request
		if got, want := [3]string{q.ReplyBy.String(), q.ProposedStart.String(), q.ProposedEnd.String()}, [3]string{c.replyBy, c.start, c.end}; got != want {
			t.Errorf("%s: reply, start, end: got %q, want %q", c.text, got, want)
		}
		for _, f := range []intake.Field{intake.FieldReplyBy, intake.FieldProposedStart, intake.FieldProposedEnd} {
			if doubtful := slices.Contains(c.doubts, f); reading.Doubtful(f) != doubtful {
				t.Errorf("%s: doubt on %s: %t, want %t", c.text, f, reading.Doubtful(f), doubtful)
			}
		}
		readingtest.CheckEvidence(t, m, reading)
	}
}

// TestTermInTheClosing reads the reply date from the closing words of a letter.
func TestTermInTheClosing(t *testing.T) {
	const ask = "Madame,\n\nNous demandons un expert pour former vingt inspecteurs.\n\n"
	m := readingtest.Letter(ask + "Dans l'espoir d'une réponse sous trois semaines, recevez nos salutations.\n\nLa maire,\nHélène Exemple")
	q := readingtest.Request(t, m).Request
	if got := q.ReplyBy.String(); got != "2026-03-04" || q.Requester.Name != "Hélène Exemple" {
		t.Errorf("reply by %s, signed %q", got, q.Requester.Name)
	}
}
