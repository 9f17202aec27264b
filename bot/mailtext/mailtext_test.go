package mailtext_test

import (
	"slices"
	"sync"
	"testing"

	"verbale/bot/mailtext"
	"verbale/intake"
	"verbale/intake/reading"
	"verbale/intake/reading/dates"
)

// november is the day from which days without a year are counted.
var november = intake.Date{Year: 2026, Month: 11, Day: 25}

// ear has the data of the program, loaded once.
var ear = sync.OnceValue(func() *mailtext.Ear {
	must := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	habits, err := mailtext.Load(nil)
	must(err)
	days, err := dates.Load(reading.Embedded())
	must(err)
	return &mailtext.Ear{Habits: habits, Days: days}
})

func TestHabitsFileIsChecked(t *testing.T) {
	for name, raw := range map[string]string{
		"unknown key":                "subject_length: 10\nno_replies: []\n",
		"no length":                  "no_reply: []\n",
		"no YAML":                    "{",
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
		if got, unsure := e.Habits.Asked(text); unsure || !slices.Equal(got, want) {
			t.Errorf("%q asks %+v (unsure %t), want %+v", text, got, unsure, want)
		}
	}
	for _, text := range []string{"Should I accept?", "I accept that this is not for us", "Accepted. I will take it if travel is paid.", "Accepté. Je m'en occupe ?"} {
		if got, unsure := e.Habits.Asked(text); !unsure || len(got) > 0 {
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
		h := e.Hear(text)
		for _, id := range []string{mailtext.CueChaser, mailtext.CueWithdraw} {
			if _, ok := h.First(id); ok != (id == cue) {
				t.Errorf("%q: %s heard %t", text, id, ok)
			}
		}
	}
}

func TestNumbersOfEarlierLetters(t *testing.T) {
	e := ear()
	got := e.Hear("Further to our letter No. 01-12/345 of 3 March 2026, and to your letter No. 7-9, we ask for news.").Numbers()
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
		if mark := e.Habits.SealedBy(m); (mark != "") != test.sealed {
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
