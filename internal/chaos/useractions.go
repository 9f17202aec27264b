package chaos

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"sync"
	"time"

	"verbale/internal/slackpeer"
)

// What colleagues do.
const (
	actNote   = "note"   // a command with text
	actAccept = "accept" // a button in a direct message
	actAsk    = "ask"    // a form, its preview, and a mail to the requester
)

// An userAction is something that a colleague did in Slack, and what Slack showed them of it.
type userAction struct {
	what, who, reference, mark string
	acked                      bool // Slack had the app's acknowledgement
	told                       bool // the colleague was told that it is done
	answered                   bool // the colleague was told anything
	heard                      int  // how many ephemeral messages the colleague had before it
	at                         time.Time
}

// userActions are those of all colleagues.
type userActions struct {
	mu  sync.Mutex
	all []userAction
}

func (d *userActions) add(each userAction) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.all = append(d.all, each)
}

// viewTimeout is how long a colleague waits to see an answer.
const viewTimeout = 2 * time.Second

// act lets a colleague do something with a card that they see. If there is none, nothing
// is done.
func (r *run) act(ctx context.Context, n int, random *rand.Rand) {
	d := userAction{mark: fmt.Sprintf("action-%d", n), at: time.Now()}
	var done bool
	switch at := random.IntN(10); {
	case at < 5:
		d.what, d.who = actNote, ana
		done = r.note(ctx, &d, random)
	case at < 8:
		d.what, d.who = actAccept, []string{omar, vera}[random.IntN(2)]
		done = r.accept(ctx, &d, random)
	default:
		d.what, d.who = actAsk, ana
		done = r.ask(ctx, &d, random)
	}
	if done {
		r.userActions.add(d)
	}
}

// note adds a note to a record by a command.
func (r *run) note(ctx context.Context, d *userAction, random *rand.Rand) bool {
	card, ok := r.someCard(deskRoom, "", random)
	if !ok {
		return false
	}
	d.reference = referenceOf(card)
	d.heard = len(r.env.slack.Ephemerals(d.who))
	seen, err := r.env.slack.Person(d.who).Command(deskRoom, "/tc note "+d.reference+" "+d.mark+".")
	d.acked = err == nil && seen.Acked
	d.hear(ctx, r, "Your note was added to "+d.reference)
	return true
}

// hear waits until the colleague is told something, in an ephemeral message or a modal.
// A message that contains done, unless that is "", tells that the action is done.
func (d *userAction) hear(ctx context.Context, r *run, done string) {
	r.look(ctx, func() bool {
		for _, m := range r.env.slack.Ephemerals(d.who)[d.heard:] {
			d.answered = true
			d.told = d.told || done != "" && strings.Contains(words(m), done)
		}
		_, window := r.env.slack.Modal(d.who)
		d.answered = d.answered || window
		return d.answered
	})
}

// accept presses the button of an assignment, and sees its card change or is told why not.
func (r *run) accept(ctx context.Context, d *userAction, random *rand.Rand) bool {
	card, ok := r.someCard(r.env.slack.Direct(d.who), "accept", random)
	if !ok {
		return false
	}
	d.reference = referenceOf(card)
	d.heard = len(r.env.slack.Ephemerals(d.who))
	seen, err := r.env.slack.Person(d.who).Press(card, "accept")
	d.acked = err == nil && seen.Acked
	if d.acked && !r.redrawn(ctx, card) {
		d.hear(ctx, r, "")
	}
	return true
}

// redrawn waits until a card has changed, and reports whether it did.
func (r *run) redrawn(ctx context.Context, card slackpeer.Message) (changed bool) {
	r.look(ctx, func() bool {
		now, ok := r.env.slack.Message(card.Channel, card.TS)
		changed = ok && words(now) != words(card)
		return changed
	})
	return changed
}

// ask opens the form of a question to the requester, fills it in and confirms the preview.
func (r *run) ask(ctx context.Context, d *userAction, random *rand.Rand) bool {
	card, ok := r.someCard(deskRoom, "ask", random)
	if !ok {
		return false
	}
	d.reference = referenceOf(card)
	hand := r.env.slack.Person(d.who)
	defer func() { _, _ = hand.CloseModal(true) }() // fails if none is open
	if seen, err := hand.Press(card, "ask"); err != nil || !seen.Acked || !r.window(ctx, d.who, d.reference) {
		return false
	}
	text := "When may we come, and whom should we meet? (" + d.mark + ")"
	if seen, err := hand.Submit(map[string]any{"text": text}); err != nil || !seen.Acked || !r.window(ctx, d.who, d.mark) {
		return false
	}
	seen, err := hand.Submit(nil)
	d.acked = err == nil && seen.Acked
	d.told = d.acked && seen.Action == "clear" && seen.Notice == ""
	d.answered = d.acked
	return err == nil
}

// window waits until the modal on top can be submitted and contains a word.
func (r *run) window(ctx context.Context, who, word string) (shown bool) {
	r.look(ctx, func() bool {
		v, open := r.env.slack.Modal(who)
		shown = open && v.Submits() && strings.Contains(words(v), word)
		return shown
	})
	return shown
}

// look waits until something is seen in the workspace, for viewTimeout at most.
func (r *run) look(ctx context.Context, seen func() bool) {
	ctx, cancel := context.WithTimeout(ctx, viewTimeout)
	defer cancel()
	_ = r.env.slack.Until(ctx, seen) // the caller knows from seen itself
}

// wrapping matches the line breaks of a picture, with what is drawn before the next line.
var wrapping = regexp.MustCompile(`\n[>░│ ]*|\s+`)

// words is the text of a message or view on one line.
func words(of slackpeer.Place) string { return wrapping.ReplaceAllString(slackpeer.Picture(of), " ") }

// someCard draws a card in a conversation, among those with a button if one is named.
func (r *run) someCard(channel, button string, random *rand.Rand) (card slackpeer.Message, ok bool) {
	var fits []slackpeer.Message
	for _, m := range r.env.slack.Messages(channel) {
		if referenceOf(m) != "" && hasButton(m, button) {
			fits = append(fits, m)
		}
	}
	if len(fits) == 0 {
		return card, false
	}
	return fits[random.IntN(len(fits))], true
}

func hasButton(m slackpeer.Message, button string) bool {
	if button == "" {
		return true
	}
	for _, c := range slackpeer.Controls(m) {
		if c.Action == button {
			return true
		}
	}
	return false
}

// A messageTag is what the bot writes into the metadata of a message.
type messageTag struct {
	Type    string            `json:"event_type"`
	Payload map[string]string `json:"event_payload"`
}

func readTag(m slackpeer.Message) (k messageTag, marked bool) {
	marked = len(m.Metadata) > 0 && json.Unmarshal(m.Metadata, &k) == nil
	return k, marked
}

// referenceOf is the reference of the record whose card a message is; "" if it is no card.
func referenceOf(m slackpeer.Message) string {
	if k, marked := readTag(m); marked && k.Type == "verbale_card" {
		return k.Payload["reference"]
	}
	return ""
}
