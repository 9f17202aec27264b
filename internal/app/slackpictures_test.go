package app_test

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"verbale/internal/golden"
	"verbale/internal/slackpeer"
)

// A pictureOffice is an office whose messages and modals are compared with the pictures in
// testdata/slack. Its clock moves only when a mail is delivered.
type pictureOffice struct {
	*slackOffice
	service *service
	mails   int
}

func openPictureOffice(t *testing.T) *pictureOffice {
	clock := &clock{still: time.Date(2026, time.November, 25, 7, 30, 0, 0, time.UTC)}
	options := slackOptions()
	options.Now = clock.now
	o := slackOfficeOn(t, options)
	o.clock, o.timing.Now = clock, clock.now
	return &pictureOffice{slackOffice: o, service: o.serve()}
}

// probability matches the confidence of a model, which changes with each training.
var probability = regexp.MustCompile(`\d+ %`)

// keep compares a message or view with its picture.
func (a *pictureOffice) keep(name string, of slackpeer.Place) {
	a.t.Helper()
	golden.Compare(a.t, filepath.Join("testdata", "slack", name+".txt"), probability.ReplaceAllString(slackpeer.Picture(of), "N %"))
}

// arrives delivers a letter and waits until all its actions are done.
func (a *pictureOffice) arrives(l letter) {
	a.t.Helper()
	a.service.forward(time.Second) // INTERNALDATE, which lists are sorted by, has a resolution of one second
	l.at = a.clock.now()
	a.deliverTo("INBOX", l.raw(), l.at)
	a.mails++
	a.service.settled(a.mails)
}

// opens opens a form from the menu of a card, compares it with its picture and closes it.
func (a *pictureOffice) opens(by user, card slackpeer.Message, form string) {
	a.t.Helper()
	by.picks(card, form)
	a.keep("form-"+form, by.window(""))
	seen, err := by.CloseModal(true)
	by.done("close "+form, seen, err)
}

func TestPicturesOfTheDesk(t *testing.T) {
	t.Parallel()
	a := openPictureOffice(t)
	ref, s := "TC-2026-00001", stories[0]
	desk, adviser := a.as(ana), a.as(omar)
	a.arrives(s.letter)
	a.keep("card-triage", a.card(deskRoom, ref, "with the desk"))
	for _, form := range []string{
		"open", "letter", "evidence", "history", "correct", "note", "split", "merge_into", "reply", "ask", "withdraw", "not_a_request",
	} {
		if card := a.card(deskRoom, ref); hasMore(card, form) {
			a.opens(desk, card, form)
		}
	}
	desk.presses(a.card(deskRoom, ref), "choose")
	form := desk.window(ref)
	a.keep("form-choose", form)
	desk.finds(form, "owner", "environment")
	desk.sends(map[string]any{"owner": "ra-environment", "reason": "it is about water"})
	a.keep("card-assigned", a.card(deskRoom, ref, ref+" · assigned"))
	card := a.card(omar, ref, "Accepter")
	a.keep("direct-assigned", card)
	for _, button := range []string{"decline", "hand_over", "ask_desk"} {
		adviser.presses(card, button)
		a.keep("form-"+button, adviser.window(ref))
		seen, err := adviser.CloseModal(true)
		adviser.done("close", seen, err)
	}
	adviser.presses(card, "accept")
	a.keep("card-accepted", a.card(deskRoom, ref, ref+" · accepted"))
	a.asksAndAnswers(s, ref)
	a.keep("thread", a.thread(a.card(deskRoom, ref), s.reply))
	a.closes(desk, ref)
	a.nothingRefused()
}

func hasMore(card slackpeer.Message, form string) bool {
	for _, c := range slackpeer.Controls(card) {
		if strings.HasPrefix(c.Action, "more|") && hasOption(c, form) {
			return true
		}
	}
	return false
}

// asksAndAnswers compares the pictures of a conversation with the ministry.
func (a *pictureOffice) asksAndAnswers(s story, ref string) {
	adviser := a.as(omar)
	for _, turn := range []struct{ press, text, status, direct string }{
		{"ask", s.question, "waiting", "en attente du demandeur"}, {"reply", s.answer, "answered", "réponse donnée"},
	} {
		adviser.presses(a.card(omar, ref, "Interroger l’expéditeur"), turn.press)
		draft := adviser.window("Dear Sir or Madam")
		a.keep("form-"+turn.press+"-draft", draft)
		adviser.sends(map[string]any{"text": worded(draft, turn.text)})
		a.keep("form-"+turn.press+"-preview", adviser.window(turn.text))
		adviser.sends(nil)
		adviser.closed()
		a.keep("card-"+turn.status, a.card(deskRoom, ref, ref+" · "+turn.status))
		a.keep("direct-"+turn.status, a.card(omar, ref, ref+" · "+turn.direct))
		if turn.press == "ask" {
			a.service.settled(a.mails)
			a.arrives(letter{from: s.letter.from, subject: "Re: " + s.letter.subject, id: "second@ministry.example", body: s.reply, answers: a.lastTo(s.letter.from)})
			a.card(omar, ref, ref+" · acceptée")
		}
	}
}

// lastTo returns the Message-ID of the last mail to somebody.
func (a *pictureOffice) lastTo(from string) (id string) {
	for _, m := range a.sent() {
		if m.to() == mailAddress(from) {
			id = m.MessageID
		}
	}
	return id
}

func (a *pictureOffice) closes(desk user, ref string) {
	desk.presses(a.card(deskRoom, ref, "answered"), "close")
	a.keep("form-close", desk.window("Close"))
	desk.sends(map[string]any{"outcome": "delivered", "reason": "the training was held"})
	card := a.card(deskRoom, ref, "closed: delivered")
	a.keep("card-closed", card)
	desk.presses(card, "reopen")
	a.keep("form-reopen", desk.window("Reopen"))
	desk.sends(map[string]any{"reason": "the ministry asks for more"})
	a.keep("card-reopened", a.card(deskRoom, ref, "with the desk"))
}

// Pictures of rare cases: mails set aside or asked about, similar, split, unofficial, confidential
// and unreadable ones, and the home tabs with all of them.
func TestPicturesOfWhatIsRare(t *testing.T) {
	t.Parallel()
	a := openPictureOffice(t)
	desk := a.as(ana)
	ministry := letter{from: "Lali Example <l.example@ministry.gov.ge>", subject: "Two requests", id: "two@ministry.gov.ge", body: `Dear Sir or Madam,

The Government of Georgia requests advisory services of UNECE on the implementation of the Water Convention. We also
request a workshop on road safety for our police.

Yours faithfully,
Lali Example`}
	a.arrives(ministry)
	ref := "TC-2026-00001"
	a.arrives(letter{from: "Ion Example <i.example@elsewhere.example>", subject: "About " + ref, id: "stranger@elsewhere.example",
		body: "Dear colleagues, with regard to " + ref + ", the workshop may take place in June."})
	a.keep("question-stranger", a.thread(a.card(deskRoom, ref), "may take place in June"))
	desk.picks(a.card(deskRoom, ref), "split")
	desk.window("Split")
	desk.sends(map[string]any{"summary_1": "Advice on the Water Convention", "summary_2": "Workshop on road safety"})
	desk.closed()
	a.keep("card-split", a.card(deskRoom, ref, "Workshop on road safety"))
	a.keep("card-part", a.card(deskRoom, "TC-2026-00002", "This is part of "+ref))
	a.arrives(letter{from: "<sealed@ministry.example>", subject: "Sealed", id: "sealed@ministry.example",
		body: "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----"})
	a.keep("card-unread", a.card(deskRoom, "TC-2026-00004", "Sealed"))
	desk.picks(a.card(deskRoom, "TC-2026-00003"), "mark")
	a.keep("card-confidential", a.card(deskRoom, "TC-2026-00003", "confidential"))
	a.arrives(letter{from: "Forum <forum@cities.example>", subject: "Invitation to a forum", id: "forum@cities.example",
		body: "Dear Madam,\n\nWe have the pleasure to invite a representative of UNECE to the forum, to be held in Baku. Please confirm."})
	a.entersAndLeaves()
	for _, tt := range []struct{ who, words string }{
		{adam, "State of the office"}, {ana, "For the desk to decide"}, {omar, ""}, {vera, ""}, {viktor, "Received lately"}, {nemo, "no role"},
	} {
		a.keep("home-"+a.nameOf(tt.who), a.as(tt.who).home(tt.words))
	}
	for name, line := range map[string]string{"help": "help", "list": "list", "unknown": "asign 1", "show": "show 1"} {
		told := len(a.peer.Ephemerals(ana))
		desk.types(line)
		a.until("an answer", func() bool { return len(a.peer.Ephemerals(ana)) > told })
		a.keep("command-"+name, a.peer.Ephemerals(ana)[told])
	}
	a.nothingRefused()
}

// entersAndLeaves compares the pictures of the forms that concern no record.
func (a *pictureOffice) entersAndLeaves() {
	a.service.forward(time.Second)
	adviser := a.as(omar)
	seen, err := adviser.Shortcut("new")
	adviser.done("new request", seen, err)
	a.keep("form-new", adviser.window(""))
	adviser.sends(map[string]any{"text": "Armenia would like a seminar on forests"})
	a.keep("form-done", adviser.window("TC-2026-00005"))
	seen, err = adviser.CloseModal(true)
	adviser.done("close", seen, err)
	a.keep("card-unofficial", a.card(deskRoom, "TC-2026-00005", "unofficial"))
	adviser.types("absent")
	a.keep("form-away", adviser.window(""))
	seen, err = adviser.CloseModal(true)
	adviser.done("close", seen, err)
}

func (a *pictureOffice) nameOf(id string) string {
	for _, u := range workspace {
		if u.ID == id {
			return u.Name
		}
	}
	panic(fmt.Sprintf("no user %s", id))
}
