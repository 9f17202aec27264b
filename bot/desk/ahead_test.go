package desk_test

import (
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/bot/desk"
	"verbale/intake"
	"verbale/internal/phrases"
)

// TestDaysAsPeopleTypeThem checks the day, the time and the text that are read from a typed
// reminder. The current day is Wednesday, 25 November 2026.
func TestDaysAsPeopleTypeThem(t *testing.T) {
	for _, test := range []struct{ typed, at, text string }{
		{"3 May", "2027-05-03 09:00", ""},
		{"may 3", "2027-05-03 09:00", ""},
		{"on 3 May 2028 call the ministry", "2028-05-03 09:00", "call the ministry"},
		{"3rd of May, call", "2027-05-03 09:00", "call"},
		{"2026-12-10 at 15:30 send the note", "2026-12-10 15:30", "send the note"},
		{"03.05.2027", "2027-05-03 09:00", ""},
		{"3.5.2027: call", "2027-05-03 09:00", "call"},
		{"tomorrow", "2026-11-26 09:00", ""},
		{"3 May at 10:00: call", "2027-05-03 10:00", "call"},
		{"tomorrow 8:15 look again", "2026-11-26 08:15", "look again"},
		{"today at 17:00", "2026-11-25 17:00", ""},
		{"the day after tomorrow", "2026-11-27 09:00", ""},
		{"in 2 weeks", "2026-12-09 09:00", ""},
		{"in two days because of the deadline", "2026-11-27 09:00", "of the deadline"},
		{"in a week", "2026-12-02 09:00", ""},
		{"next Monday", "2026-11-30 09:00", ""},
		{"friday prepare the mission of 3 May", "2026-11-27 09:00", "prepare the mission of 3 May"},
		{"next week", "2026-11-30 09:00", ""},
		{"next month", "2026-12-01 09:00", ""},
		{"le 3 mai", "2027-05-03 09:00", ""},
		{"le 1er décembre à 14h30 appeler", "2026-12-01 14:30", "appeler"},
		{"demain à 15h", "2026-11-26 15:00", ""},
		{"après-demain", "2026-11-27 09:00", ""},
		{"dans 2 semaines relire", "2026-12-09 09:00", "relire"},
		{"dans une semaine", "2026-12-02 09:00", ""},
		{"lundi prochain écrire", "2026-11-30 09:00", "écrire"},
		{"la semaine prochaine", "2026-11-30 09:00", ""},
		{"jusqu'au 10 décembre", "2026-12-10 09:00", ""},
		{"3 мая", "2027-05-03 09:00", ""},
		{"до 3 мая 2027 г. позвонить", "2027-05-03 09:00", "позвонить"},
		{"завтра в 10:00 позвонить", "2026-11-26 10:00", "позвонить"},
		{"послезавтра", "2026-11-27 09:00", ""},
		{"через 2 недели", "2026-12-09 09:00", ""},
		{"через неделю", "2026-12-02 09:00", ""},
		{"через 10 дней", "2026-12-05 09:00", ""},
		{"в следующий понедельник", "2026-11-30 09:00", ""},
		{"на следующей неделе", "2026-11-30 09:00", ""},
	} {
		h := busy(t)
		if _, err := h.Command(ctx, holder, "click", "remind 43 "+test.typed); err != nil {
			t.Errorf("%q: %v", test.typed, err)
			continue
		}
		own := h.record("TC-2026-00043").FollowUp.Own
		if len(own) != 1 {
			t.Errorf("%q is not understood", test.typed)
			continue
		}
		if at := own[0].At.In(geneva).Format("2006-01-02 15:04"); at != test.at || own[0].Text != test.text {
			t.Errorf("%q is %s %q, want %s %q", test.typed, at, own[0].Text, test.at, test.text)
		}
	}
}

// TestWordsThatNameNoDay: text without a day opens the form, with the text filled in.
func TestWordsThatNameNoDay(t *testing.T) {
	for _, typed := range []string{"call the ministry before 3 May", "in", "the seal", "soon", "мая", "2 letters"} {
		h := busy(t)
		answer, err := h.Command(ctx, holder, "click", "remind 43 "+typed)
		if err != nil || answer.Form == nil || !strings.Contains(formPicture(*answer.Form), typed) {
			t.Errorf("%q: %v %s", typed, err, answerPicture(answer))
		}
	}
}

func TestAbsencesAreTypedInWords(t *testing.T) {
	h := open(t)
	for typed, want := range map[string]string{
		"until 10 December": "2026-11-25..2026-12-10", "from 1 to 10 December ra-energy": "2026-12-01..2026-12-10", "до 10 декабря": "2026-11-25..2026-12-10",
	} {
		if _, err := h.Command(ctx, holder, h.click(), "away "+typed); err != nil {
			t.Errorf("%q: %v", typed, err)
			continue
		}
		a := h.store.leaves["ra-environment"].Absence
		if got := a.From.String() + ".." + a.Until.String(); got != want {
			t.Errorf("%q is %s, want %s", typed, got, want)
		}
	}
}

// TestReportsAreOfferedWhereThereAreAny: a Desk without reports neither lists nor suggests the
// command.
func TestReportsAreOfferedWhereThereAreAny(t *testing.T) {
	h := open(t)
	without := desk.New(desk.Options{Service: h.service, People: called{}, Agenda: h.store, Log: h.service.Log})
	for _, text := range []string{"help", "report", "reprot", "help report"} {
		answer, err := without.Command(ctx, triage, "click", text)
		if err != nil {
			t.Fatal(err)
		}
		for _, lang := range phrases.Languages {
			if shown := answerPicture(answer); strings.Contains(shown, phrases.Default().Text(lang, "help.report", nil)) || strings.Contains(shown, "[report]") {
				t.Errorf("%s offers reports: %s", text, shown)
			}
		}
	}
}

// TestAReminderOfOnesOwnReachesWhoAsked: a colleague's own reminder is addressed to their post,
// or to their ID if they hold none.
func TestAReminderOfOnesOwnReachesWhoAsked(t *testing.T) {
	for _, test := range []struct {
		by bot.Colleague
		to string
	}{{triage, triage.ID}, {other, "ra-transport"}} {
		h := busy(t)
		if _, err := h.Command(ctx, test.by, "click", "remind 43 tomorrow"); err != nil {
			t.Fatal(err)
		}
		own := h.record("TC-2026-00043").FollowUp.Own[0]
		if want := (intake.Reminder{Key: own.Key, Step: intake.StepOwn, Number: 1, To: test.to, At: own.At, By: test.by.ID}); own != want || !own.At.Equal(noon.Add(21*time.Hour)) {
			t.Errorf("%+v, want %+v", own, want)
		}
	}
}
