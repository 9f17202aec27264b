package mailtext_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"verbale/bot/mailtext"
	"verbale/intake"
	"verbale/intake/reading"
	"verbale/intake/reading/dates"
)

// november is the date relative to which dates without a year are read.
var november = intake.Date{Year: 2026, Month: 11, Day: 25}

// ear has the embedded data, loaded once.
var ear = sync.OnceValue(func() *mailtext.CueReader {
	must := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	habits, err := mailtext.Load(nil)
	must(err)
	days, err := dates.Load(reading.Embedded())
	must(err)
	return &mailtext.CueReader{Habits: habits, Days: days}
})

func TestHabitsFileIsChecked(t *testing.T) {
	for name, raw := range map[string]string{
		"unknown key":                "subject_length: 10\nno_replies: []\n",
		"no length":                  "no_reply: []\n",
		"no YAML":                    "{",
		"a frame of one part":        "subject_length: 9\nnote_length: 9\nquote_length: 9\ntell_owner: {every: 1h}\nframes: {chaser: [{within: 2, parts: [{en: [any]}]}]}\n",
		"a step that no reply makes": "subject_length: 9\nnote_length: 9\nreplies: {close: {en: [close]}}\n",
	} {
		if _, err := mailtext.Load([]byte(raw)); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

func TestWhatAReplyAsks(t *testing.T) {
	e := ear()
	for text, want := range map[string][]mailtext.Reply{
		"Accept": {{What: mailtext.InstructAccept}},
		"Dear Anna,\n\nDecline: on leave till May":             {{What: mailtext.InstructDecline, Rest: "on leave till May"}},
		"Merci de transmettre à ra-energy":                     {{What: mailtext.InstructHandOver, Rest: "ra-energy"}},
		"What a nice letter this is.":                          nil,
		"Accepté, merci. Je m'en occupe la semaine prochaine.": {{What: mailtext.InstructAccept, Rest: "Je m'en occupe la semaine prochaine."}},
		"Remarque : le ministère rappellera":                   {{What: mailtext.InstructNote, Rest: "le ministère rappellera"}},
	} {
		if got, unsure := e.Habits.Asked(text, intake.Address{}); unsure || !slices.Equal(got, want) {
			t.Errorf("%q asks %+v (unsure %t), want %+v", text, got, unsure, want)
		}
	}
	for _, text := range []string{"Should I accept?", "I accept that this is not for us", "Accepted. I will take it if travel is paid.", "Accepté. Je m'en occupe ?"} {
		if got, unsure := e.Habits.Asked(text, intake.Address{}); !unsure || len(got) > 0 {
			t.Errorf("%q asks %+v", text, got)
		}
	}
}

func TestWhatIsHeard(t *testing.T) {
	e := ear()
	for text, cue := range map[string]string{
		"We would be grateful for any news of our request.": mailtext.CueChaser,
		"We withdraw our request of March.":                 mailtext.CueWithdraw,
		"The mail is delayed and will be tried again.":      "",
		"We do not withdraw our request.":                   "",
	} {
		h := e.Find(text)
		for _, id := range []string{mailtext.CueChaser, mailtext.CueWithdraw} {
			if _, ok := h.First(id); ok != (id == cue) {
				t.Errorf("%q: %s heard %t", text, id, ok)
			}
		}
	}
}

func TestNumbersOfEarlierLetters(t *testing.T) {
	e := ear()
	got := e.Find("Further to our letter No. 01-12/345 of 3 March 2026, and to your letter No. 7-9, we ask for news.").Numbers()
	if !slices.Equal(got, []string{"01-12/345"}) {
		t.Errorf("numbers are %q", got)
	}
}

func TestWhoIsAwayUntilWhen(t *testing.T) {
	e := ear()
	for text, want := range map[string]intake.Date{
		"I am out of office until 4 December.": {Year: 2026, Month: 12, Day: 4},
		"Thank you for your letter.":           {},
	} {
		if day, words := e.Absence(text, november); day != want || (words == "") != day.IsZero() {
			t.Errorf("%q: %v, %q", text, day, words)
		}
	}
}

func TestMarksOfConfidentialLetters(t *testing.T) {
	e := ear()
	for name, test := range map[string]struct {
		subject, body string
		sealed        bool
	}{
		"subject":          {"[Confidential] Request", "We ask for advice.", true},
		"head of the text": {"Request", "CONFIDENTIAL\n\nWe ask for advice.", true},
		"a word of it":     {"Request", "We ask for advice in a confidential matter.", false},
	} {
		m := &intake.Message{Subject: test.subject, Text: intake.Text{Content: test.body}}
		if mark := e.Habits.ConfidentialMark(m); (mark != "") != test.sealed {
			t.Errorf("%s: mark %q", name, mark)
		}
	}
}

func TestAReplyTellsItsLanguage(t *testing.T) {
	for text, want := range map[string]string{
		"J'accepte.": "fr", "Bonjour,\n\nJ’accepte, mais pas avant mai.": "fr", "Je décline : mission en mai": "fr", "Merci de transmettre à ra-energy": "fr",
		"Accept": "en", "Dear Anna,\nI accept.": "en", "Please pass this to ra-energy": "en", "We held the seminar and 40 people came.": "en",
		"Принимаю": "ru", "Ответ направлен 20 ноября": "ru", "Приму, если оплатят": "ru",
		"OK": "", "Note: 3": "", "": "", "12.05.": "", "Мен макулмун": "",
	} {
		if got := ear().Habits.ReplyLanguage(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestACorrectionOfDatesIsHeard(t *testing.T) {
	e := ear()
	day := func(month time.Month, day int) intake.Date { return intake.Date{Year: 2027, Month: month, Day: day} }
	for text, want := range map[string][2]intake.Date{
		"Please note a correction: the training should take place from 19 to 21 April, not from 12 to 14 April.": {day(4, 19), day(4, 21)},
		"The training will be held not from 12 to 14 April but from 19 to 21 April 2027.":                        {day(4, 19), day(4, 21)},
		"Instead of 12-14 April 2027, we ask you to come on 19-21 April 2027.":                                   {day(4, 19), day(4, 21)},
		"The dates in our request were wrong; the correct dates are 3 to 5 May 2027.":                            {day(5, 3), day(5, 5)},
		"Corrigendum to our request\n\nThe seminar takes place on 7 June 2027.":                                  {day(6, 7), day(6, 7)},
		"“12 to 14 April” should read “19 to 21 April 2027”.":                                                    {day(4, 19), day(4, 21)},
		"Rectificatif : la formation aura lieu du 19 au 21 avril et non du 12 au 14 avril.":                      {day(4, 19), day(4, 21)},
		"Une erreur s’est glissée dans notre demande. La mission est prévue du 3 au 5 mai 2027.":                 {day(5, 3), day(5, 5)},
		"Au lieu du 12 au 14 avril, il faut lire du 19 au 21 avril 2027.":                                        {day(4, 19), day(4, 21)},
		"Уточняем: обучение пройдёт с 19 по 21 апреля, а не с 12 по 14 апреля.":                                  {day(4, 19), day(4, 21)},
		"Просим провести миссию 3–5 мая 2027 г. вместо ранее указанных 12–14 апреля.":                            {day(5, 3), day(5, 5)},
		"В нашем письме допущена опечатка. Семинар состоится 7 июня 2027 года.":                                  {day(6, 7), day(6, 7)},
		"Please find attached the programme of the visit on 10 May 2027.":                                        {},
		"The mission can take place not before 12 May 2027.":                                                     {},
		"The mission is possible not later than 12 May and in June 2027.":                                        {},
		"We do not need a mission on 12 May 2027.":                                                               {},
		"Our letter was dated 3 March 2027, not 13 March 2027.":                                                  {},
		"Correction: the deadline for applications is 15 May 2027.":                                              {},
		"La mission aura lieu du 3 au 5 mai 2027 et non seulement le 4 mai.":                                     {},
		"Миссия возможна не ранее 3 мая 2027 года.":                                                              {},
		"The programme is for 2027, not for 2026.":                                                               {},
	} {
		first, last, _, heard := e.Find(text).OtherDays(november)
		if heard == (want == [2]intake.Date{}) || first != want[0] || last != want[1] {
			t.Errorf("%q: from %s to %s", text, first, last)
		}
	}
}
