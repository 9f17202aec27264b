package app_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"verbale/intake"
	"verbale/internal/phrases"
	"verbale/internal/slackpeer"
)

// reference returns the nth reference of the current year in the office's time zone.
func reference(n int) string { return fmt.Sprintf("TC-%d-%05d", time.Now().In(zurich).Year(), n) }

// A story is one request, from a letter whose theme cannot be determined to the reopening of the
// record.
type story struct {
	language string
	letter   letter
	adviser  string // the colleague who accepts it
	post     string
	theme    string // chosen by the desk, and the text typed to find it
	typed    string
	question string // sent to the ministry
	reply    string // the ministry's answer
	answer   string // our answer
}

var stories = []story{
	{
		language: "en",
		letter: letter{from: "Lali Example <l.example@ministry.gov.ge>", subject: "Request for support", id: "first@ministry.gov.ge", body: `Dear Sir or Madam,

The Ministry of Foreign Affairs of Georgia kindly requests UNECE to provide advisory services and to hold a training
for our staff. We would be grateful for your support in this matter.

Yours faithfully,
Lali Example
Deputy Minister
Ministry of Foreign Affairs of Georgia`},
		adviser: omar, post: "ra-environment", theme: "water", typed: "water",
		question: "Could you tell us how many people the training is for?",
		reply:    "Thank you. The training is for twenty people of our staff.",
		answer:   "We are glad to hold the training in March.",
	},
	{
		language: "fr",
		letter: letter{from: "Aminata Exemple <a.exemple@ministere.gouv.sn>", subject: "Demande d'appui", id: "premiere@ministere.gouv.sn", body: `Madame, Monsieur,

Le Ministère des affaires étrangères du Sénégal a l'honneur de solliciter de la CEE-ONU des services consultatifs ainsi
que la tenue d'une formation pour nos agents. Nous vous saurions gré de votre appui.

Veuillez agréer, Madame, Monsieur, l'assurance de ma haute considération.

Aminata Exemple
Directrice
Ministère des affaires étrangères du Sénégal`},
		adviser: omar, post: "ra-environment", theme: "water", typed: "eau",
		question: "Pourriez-vous nous dire à combien de personnes la formation s'adresse ?",
		reply:    "Merci. La formation s'adresse à vingt agents.",
		answer:   "Nous tiendrons volontiers cette formation en mars.",
	},
	{
		language: "ru",
		letter: letter{from: "Айгуль Примерова <a.primerova@ministry.gov.kg>", subject: "О содействии", id: "pervoe@ministry.gov.kg", body: `Уважаемые коллеги!

Министерство иностранных дел Кыргызской Республики просит ЕЭК ООН оказать консультационные услуги и провести обучение
для наших сотрудников. Будем признательны за содействие.

С уважением,
Айгуль Примерова
Заместитель министра
Министерство иностранных дел Кыргызской Республики`},
		adviser: vera, post: "ra-transport", theme: "road-safety", typed: "дорож",
		question: "Просим сообщить, на сколько человек рассчитано обучение.",
		reply:    "Благодарим. Обучение рассчитано на двадцать сотрудников.",
		answer:   "Готовы провести обучение в марте.",
	},
}

// A letter is a text/plain mail to the desk.
type letter struct {
	from, subject, id, body string
	answers                 string    // Message-ID for In-Reply-To
	at                      time.Time // the current time if zero
}

func (l letter) raw() []byte {
	if l.at.IsZero() {
		l.at = time.Now()
	}
	header := []string{
		"From: " + l.from, "To: <" + deskAddress + ">", "Subject: " + l.subject, "Message-ID: <" + l.id + ">",
		"Date: " + l.at.Format(time.RFC1123Z), "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
	}
	if l.answers != "" {
		header = append(header, "In-Reply-To: <"+l.answers+">", "References: <"+l.answers+">")
	}
	return plain(l.body+"\n", header...)
}

func TestARequestFromLetterToReopening(t *testing.T) {
	t.Parallel()
	for _, s := range stories {
		t.Run(s.language, func(t *testing.T) {
			t.Parallel()
			o := newSlackOffice(t)
			told := runningStory{story: s, slackOffice: o, ref: reference(1), service: o.serve()}
			told.arrives()
			told.isCorrectedAndAssigned()
			told.isAccepted()
			question := told.asks()
			told.isAnsweredByMail(question)
			told.replies()
			told.closesAndReopens()
			o.nothingRefused()
		})
	}
}

// A runningStory is a story in progress and the service it runs on.
type runningStory struct {
	story
	*slackOffice
	service *service
	ref     string
}

func (s *runningStory) arrives() {
	s.deliver(s.letter.raw())
	s.service.settled(1)
	s.card(deskRoom, s.ref, s.ref+" · with the desk", "Which is the main theme?")
	if acks := s.acknowledgements(); len(acks) != 1 {
		s.t.Errorf("%d acknowledgements", len(acks))
	}
}

func (s *runningStory) isCorrectedAndAssigned() {
	desk := s.as(ana)
	desk.picks(s.card(deskRoom, s.ref), "correct")
	form := desk.window("Correct")
	if found := desk.finds(form, "themes", s.typed); !offers(found, s.theme) {
		s.t.Fatalf("nobody finds %s by %q: %v", s.theme, s.typed, found.Options)
	}
	desk.sends(map[string]any{"themes": []string{s.theme}})
	desk.closed()
	card := s.card(deskRoom, s.ref, "Assign to Regional Adviser")
	desk.presses(card, "assign", assignValue(s.t, card))
	s.card(deskRoom, s.ref, s.ref+" · assigned")
}

// assignValue returns the value of the button that assigns the record as proposed.
func assignValue(t testing.TB, card slackpeer.Message) string {
	t.Helper()
	for _, c := range slackpeer.Controls(card) {
		if c.Action == "assign" {
			return c.Value
		}
	}
	t.Fatalf("no proposal on\n%s", slackpeer.Picture(card))
	return ""
}

func offers(seen slackpeer.Seen, value string) bool {
	for _, o := range seen.Options {
		if o.Value == value {
			return true
		}
	}
	return false
}

func (s *runningStory) isAccepted() {
	adviser := s.as(s.adviser)
	adviser.presses(s.card(s.adviser, s.ref, phrases.Default().Text(languages[s.adviser], "button.accept", nil)), "accept")
	card := s.card(deskRoom, s.ref, s.ref+" · accepted")
	s.thread(card, "Accepted")
	for _, m := range s.sent() {
		if m.to() == s.post+"@unece.example" {
			s.t.Errorf("the adviser is in Slack, and gets a mail too: %s", m.Subject)
		}
	}
}

// asks sends the question to the ministry and returns the Message-ID of the mail.
func (s *runningStory) asks() string {
	adviser := s.as(s.adviser)
	adviser.presses(s.card(s.adviser, s.ref), "ask")
	draft := adviser.window(s.ref)
	if text := inputOf(draft, "text"); !strings.Contains(text, phrases.Default().Text(s.language, "draft.greeting", nil)) {
		s.t.Fatalf("the draft is not in the language of the letter:\n%s", text)
	}
	adviser.sends(map[string]any{"text": worded(draft, s.question)})
	adviser.window(s.question, mailAddress(s.letter.from))
	return s.goesOut(adviser, s.letter.id, s.question, "waiting")
}

// placeholder matches the part of a draft that is to be filled in, in any language.
var placeholder = regexp.MustCompile(`\[[^\[\]\n]+\]`)

// worded returns a draft with the words in place of its placeholder, or above the text if it has
// none.
func worded(draft slackpeer.View, words string) string {
	text := inputOf(draft, "text")
	if placeholder.MatchString(text) {
		return placeholder.ReplaceAllLiteralString(text, words)
	}
	return words + "\n\n" + text
}

// goesOut sends the previewed mail and checks that exactly one mail, with that text, is sent.
func (s *runningStory) goesOut(by user, answers, text, status string) string {
	t := s.t
	t.Helper()
	s.await("all mail of earlier steps", s.service.atRest)
	before := len(s.sent())
	by.sends(nil)
	by.closed()
	card := s.card(deskRoom, s.ref, s.ref+" · "+status)
	s.thread(card, text)
	s.await("the mail, and none beside it", s.service.atRest)
	mails := s.sent()[before:]
	if len(mails) != 1 {
		t.Fatalf("%d mails went out", len(mails))
	}
	mail := mails[0]
	if mail.to() != mailAddress(s.letter.from) || !strings.Contains(mail.Text.Content, text) ||
		!strings.Contains(mail.Subject, "["+s.ref+"]") || mail.header("In-Reply-To") != "<"+answers+">" ||
		mail.header("Auto-Submitted") != "" {
		t.Errorf("a mail went to %s, as an answer to %s:\n%s\n%s", mail.to(), mail.header("In-Reply-To"), mail.Subject, mail.Text.Content)
	}
	return mail.MessageID
}

func (s *runningStory) isAnsweredByMail(question string) {
	s.deliver(letter{from: s.letter.from, subject: "Re: " + s.letter.subject, id: "second@ministry.example", body: s.reply, answers: question}.raw())
	s.service.settled(2)
	card := s.card(deskRoom, s.ref, s.ref+" · accepted")
	s.thread(card, "Mail from", s.reply)
	s.thread(s.card(s.adviser, s.ref), s.reply)
}

func (s *runningStory) replies() {
	adviser := s.as(s.adviser)
	adviser.presses(s.card(s.adviser, s.ref), "reply")
	draft := adviser.window(s.ref)
	if seen := adviser.sends(nil); seen.Errors["text"] == "" {
		s.t.Errorf("a draft goes on with its placeholder: %+v", seen)
	}
	adviser.sends(map[string]any{"text": worded(draft, s.answer)})
	adviser.window(s.answer)
	s.goesOut(adviser, "second@ministry.example", s.answer, "answered")
}

func (s *runningStory) closesAndReopens() {
	desk := s.as(ana)
	desk.presses(s.card(deskRoom, s.ref), "close")
	desk.window("Close")
	desk.sends(map[string]any{"outcome": string(intake.OutcomeDelivered), "reason": "the training was held"})
	desk.closed()
	card := s.card(deskRoom, s.ref, s.ref+" · closed: delivered")
	desk.presses(card, "reopen")
	desk.window("Reopen")
	desk.sends(map[string]any{"reason": "the ministry asks for a second training"})
	desk.closed()
	s.card(deskRoom, s.ref, s.ref+" · with the desk")
	s.thread(card, "the ministry asks for a second training")
}

// inputOf returns the value of an input of a view.
func inputOf(v slackpeer.View, input string) string {
	for block, actions := range v.Values() {
		if block == input || strings.HasPrefix(block, input+"~") {
			text, _ := actions["value"]["value"].(string)
			return text
		}
	}
	return ""
}

// mailAddress returns the address in a From field.
func mailAddress(from string) string {
	_, after, _ := strings.Cut(from, "<")
	return strings.TrimSuffix(after, ">")
}
