package slackpeer

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// A Person acts as a user of the workspace. Each act is delivered to the app, and returns
// when the app has acknowledged it or the time for that is over. An act that the user
// could not do in Slack, such as pressing a button that is not there, is an error.
type Person struct {
	peer *Peer
	id   string
}

// ID is the user's id.
func (a *Person) ID() string { return a.id }

// Seen is what the user sees of an act when it is acknowledged. Use [Peer.Until] to wait
// for what the app does later.
type Seen struct {
	Acked    bool
	Notice   string            // what Slack itself told the person, such as that the app did not respond
	Errors   map[string]string // of a submission, by block id
	Action   string            // the response_action of a submission: errors, update, push or clear
	Messages []Message         // new messages for this person alone
	Modal    *View             // the modal that is open now
	Posted   Message           // what the person posted
	Options  []Option          // those that the app offers
}

// A Place contains blocks: a [Message] or a [View].
type Place interface {
	// contents are the blocks as the person saw them.
	contents() json.RawMessage
	// fill keeps what the person put into an element.
	fill(p *Peer, user string, e element, value map[string]any)
	// describe adds the place to a payload, as it is now.
	describe(p *Peer, out map[string]any, user string)
}

func (m Message) contents() json.RawMessage { return m.Blocks }
func (v View) contents() json.RawMessage    { return v.Blocks }

// fill keeps a choice with the message, for this person: others do not see it.
func (m Message) fill(p *Peer, user string, e element, value map[string]any) {
	key := user + " " + m.Channel + " " + m.TS
	p.touched[key] = p.touched[key].with(e, value)
}

func (v View) fill(p *Peer, _ string, e element, value map[string]any) {
	if now := p.view(v.ID); now != nil {
		now.given = now.given.with(e, value)
	}
}

// act does something as a person. build makes the envelope for the app, if any, and finish
// handles the payload of the acknowledgement.
func (a *Person) act(build func() (envelope, error), finish func(ack json.RawMessage, seen *Seen)) (Seen, error) {
	p := a.peer
	var e envelope
	before, err := a.begin(func() (err error) {
		e, err = build()
		return err
	})
	if err != nil {
		return Seen{}, err
	}
	if e.kind == "" {
		return a.seen(before, Seen{Acked: true}), nil // nothing to tell the app
	}
	ack, missed := p.send(e)
	seen := Seen{Acked: missed == ""}
	if missed != "" {
		seen.Notice = p.opt.AppName + " did not respond"
	} else if finish != nil {
		p.locked(func() { finish(ack, &seen) })
	}
	return a.seen(before, seen), nil
}

// begin does what an act changes in the workspace before the app is told. before is the
// timestamp of that moment.
func (a *Person) begin(do func() error) (before string, err error) {
	p := a.peer
	p.locked(func() {
		before = p.stamp.String()
		if p.users[a.id] == nil {
			err = fmt.Errorf("no user %s in the workspace", a.id)
			return
		}
		err = do()
	})
	return before, err
}

// seen adds what the person sees now: new ephemeral messages and the open modal.
func (a *Person) seen(before string, s Seen) Seen {
	p := a.peer
	p.locked(func() {
		for _, m := range p.private {
			if m.EphemeralTo == a.id && compareTS(m.TS, before) > 0 {
				s.Messages = append(s.Messages, *m)
			}
		}
		if v := p.top(a.id); v != nil {
			s.Modal = v.copy()
		}
	})
	return s
}

func (p *Peer) interaction(payload map[string]any) envelope {
	return envelope{kind: "interactive", payload: encode(payload), accepts: payload["type"] != "view_closed"}
}

// Press presses a button. If several have the action id, value tells which. The button is
// that of the message as given, even if the app has updated the message since.
func (a *Person) Press(on Place, actionID string, value ...string) (Seen, error) {
	return a.act(func() (envelope, error) {
		e, err := a.element(on, actionID, func(e element) bool {
			return len(value) == 0 || e.spec["value"] == value[0]
		})
		if err != nil {
			return envelope{}, err
		}
		if e.kind != "button" && e.kind != "workflow_button" {
			return envelope{}, fmt.Errorf("%s is a %s, not a button", actionID, e.kind)
		}
		return a.peer.interaction(a.peer.actionPayload(a.id, on, e, nil)), nil
	}, nil)
}

// element finds what a person acts on, and checks that they can see it.
func (a *Person) element(on Place, actionID string, fits func(element) bool) (element, error) {
	if err := a.sees(on); err != nil {
		return element{}, err
	}
	for _, e := range elements(on.contents()) {
		if e.actionID == actionID && fits(e) {
			return e, nil
		}
	}
	return element{}, fmt.Errorf("%s finds no %s to act on", a.id, actionID)
}

func (a *Person) sees(on Place) error {
	switch on := on.(type) {
	case Message:
		if on.EphemeralTo != "" && on.EphemeralTo != a.id {
			return fmt.Errorf("only %s sees this message", on.EphemeralTo)
		}
		_, err := a.peer.asking(a.id, on.Channel)
		return err
	case View:
		if on.User != a.id || a.peer.view(on.ID) == nil {
			return fmt.Errorf("%s has no view %s open", a.id, on.ID)
		}
	}
	return nil
}

// Select chooses in a menu, ticks boxes, picks a date or types into a field. Values
// are those of options, or ids, or text; none empties it. The app hears of it, but
// for an input of a view without dispatch_action.
func (a *Person) Select(on Place, actionID string, values ...string) (Seen, error) {
	return a.act(func() (envelope, error) {
		e, err := a.element(on, actionID, func(element) bool { return true })
		if err != nil {
			return envelope{}, err
		}
		value, err := e.chosen(values, a.peer.offered)
		if err != nil {
			return envelope{}, err
		}
		on.fill(a.peer, a.id, e, value)
		if e.input && !e.dispatches {
			return envelope{}, nil
		}
		return a.peer.interaction(a.peer.actionPayload(a.id, on, e, value)), nil
	}, nil)
}

// Suggest types into a select whose options the app offers, and sees them
// (docs.slack.dev/reference/interaction-payloads/block_suggestion-payload). Only
// options once offered can be selected.
func (a *Person) Suggest(on Place, actionID, query string) (Seen, error) {
	return a.act(func() (envelope, error) {
		e, err := a.element(on, actionID, func(e element) bool { return strings.HasSuffix(e.kind, "external_select") })
		if err != nil {
			return envelope{}, err
		}
		out := a.peer.payload("block_suggestion", a.id)
		on.describe(a.peer, out, a.id)
		out["action_id"], out["block_id"], out["value"] = e.actionID, e.blockID, query
		return a.peer.interaction(out), nil
	}, a.peer.offer)
}

// offer takes the options that the app suggests.
func (p *Peer) offer(ack json.RawMessage, seen *Seen) {
	var offer map[string]any
	_ = json.Unmarshal(ack, &offer) // what cannot be read offers nothing
	for _, o := range optionsOf(offer) {
		value, _ := field(o, "value").(string)
		p.offered[value] = o
		seen.Options = append(seen.Options, Option{Label: words(field(o, "text")), Value: value})
	}
}

// Command types a slash command with its text in a channel, such as "/tc list".
func (a *Person) Command(channel, line string) (Seen, error) {
	return a.act(func() (envelope, error) {
		c, err := a.peer.asking(a.id, channel)
		if err != nil {
			return envelope{}, err
		}
		command, text, _ := strings.Cut(line, " ")
		if !strings.HasPrefix(command, "/") {
			return envelope{}, errors.New("a command begins with a slash")
		}
		payload := a.peer.commandPayload(a.id, c, command, strings.TrimSpace(text))
		return envelope{kind: "slash_commands", payload: encode(payload), accepts: true}, nil
	}, func(ack json.RawMessage, seen *Seen) { a.answered(channel, ack, seen) })
}

// answered shows the answer that came with the acknowledgement of a command.
func (a *Person) answered(channel string, ack json.RawMessage, seen *Seen) {
	var r reply
	if len(ack) > 0 && json.Unmarshal(ack, &r) != nil {
		r = reply{Text: plain(ack)}
	}
	if r.Text == "" && len(r.Blocks) == 0 {
		return
	}
	m, err := a.peer.replied(r, channel)
	if err != nil {
		seen.Notice = "the answer was refused: " + err.Error()
		return
	}
	a.peer.show(m, r, a.id)
}

// Shortcut uses a global shortcut.
func (a *Person) Shortcut(callbackID string) (Seen, error) {
	return a.act(func() (envelope, error) {
		return a.peer.interaction(a.peer.shortcutPayload(a.id, callbackID, nil)), nil
	}, nil)
}

// MessageShortcut uses a shortcut on a message.
func (a *Person) MessageShortcut(callbackID string, m Message) (Seen, error) {
	return a.act(func() (envelope, error) {
		if err := a.sees(m); err != nil {
			return envelope{}, err
		}
		on := a.peer.find(m.Channel, m.TS)
		if on == nil {
			return envelope{}, errors.New("that message is gone")
		}
		return a.peer.interaction(a.peer.shortcutPayload(a.id, callbackID, on)), nil
	}, nil)
}
