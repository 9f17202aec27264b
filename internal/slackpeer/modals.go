package slackpeer

import (
	"encoding/json"
	"fmt"
)

// trouble is what Slack tells a person whose submission the app answered with
// something it cannot show (docs.slack.dev/surfaces/modals).
const trouble = "We had some trouble connecting. Try again?"

// Submit fills in the modal on top and submits it. Values are given by block id: a
// string, or a slice of strings where several can be chosen; what is not given keeps
// what it has. It is an error to leave a field empty that is not optional.
func (a *Person) Submit(values map[string]any) (Seen, error) {
	id := ""
	return a.act(func() (envelope, error) {
		v := a.peer.top(a.id)
		if v == nil {
			return envelope{}, fmt.Errorf("%s has no modal open", a.id)
		}
		id = v.ID
		if v.spec["submit"] == nil {
			return envelope{}, fmt.Errorf("modal %s cannot be submitted", v.CallbackID)
		}
		for _, block := range sortedKeys(values) {
			if err := a.fillBlock(v, block, values[block]); err != nil {
				return envelope{}, err
			}
		}
		if err := complete(v); err != nil {
			return envelope{}, err
		}
		return a.peer.interaction(a.peer.viewPayload("view_submission", v)), nil
	}, func(ack json.RawMessage, seen *Seen) { a.peer.submitted(id, ack, seen) })
}

// fillBlock fills in the element of an input block.
func (a *Person) fillBlock(v *View, block string, value any) error {
	var list []string
	switch value := value.(type) {
	case string:
		list = []string{value}
	case []string:
		list = value
	default:
		return fmt.Errorf("%s is filled in with a string or strings, not %T", block, value)
	}
	for _, e := range elements(v.Blocks) {
		if e.blockID == block && e.keeps() {
			chosen, err := e.chosen(list, a.peer.offered)
			if err == nil {
				v.fill(a.peer, a.id, e, chosen)
			}
			return err
		}
	}
	return fmt.Errorf("modal %s has no field %s", v.CallbackID, block)
}

// complete checks that nothing is empty that must be filled in, as the client does.
func complete(v *View) error {
	values := stateValues(v.Blocks, v.given)
	for _, e := range elements(v.Blocks) {
		if e.input && !e.optional && e.empty(values[e.blockID][e.actionID]) {
			return fmt.Errorf("modal %s: %s must be filled in", v.CallbackID, e.blockID)
		}
	}
	return nil
}

// A response is what the app answers to a submission
// (docs.slack.dev/surfaces/modals).
type response struct {
	Action string            `json:"response_action"`
	Errors map[string]string `json:"errors"`
	View   json.RawMessage   `json:"view"`
}

// submitted does with a modal what the app answered to its submission; with no
// answer, it closes.
func (p *Peer) submitted(id string, ack json.RawMessage, seen *Seen) {
	v := p.view(id)
	if v == nil {
		return // the app closed it meanwhile
	}
	var r response
	if len(ack) > 0 && json.Unmarshal(ack, &r) != nil {
		seen.Notice = trouble
		return
	}
	seen.Action = r.Action
	if err := p.respond(v, r); err != nil {
		seen.Notice = trouble
		return
	}
	seen.Errors = r.Errors
}

func (p *Peer) respond(v *View, r response) error {
	switch r.Action {
	case "":
		p.dismiss(v.User, false)
		return nil
	case "clear":
		p.dismiss(v.User, true)
		return nil
	case "errors":
		return fitErrors(v, r.Errors)
	}
	next, err := p.readView(r.View, "modal")
	switch {
	case err != nil:
		return err
	case r.Action == "update":
		return p.replace(v, next)
	case r.Action == "push":
		return p.lay(v.User, next)
	}
	return fmt.Errorf("no response action %q", r.Action)
}

// fitErrors checks that errors are about input blocks, where alone they can be shown.
func fitErrors(v *View, errors map[string]string) error {
	inputs := map[string]bool{}
	for _, e := range elements(v.Blocks) {
		inputs[e.blockID] = inputs[e.blockID] || e.input
	}
	for block := range errors {
		if !inputs[block] {
			return fmt.Errorf("%s is no input block", block)
		}
	}
	if len(errors) == 0 {
		return fmt.Errorf("errors without any")
	}
	return nil
}

// CloseModal closes the modal on top, or all of them. The app hears of it where it
// asked to, with notify_on_close.
func (a *Person) CloseModal(all bool) (Seen, error) {
	return a.act(func() (envelope, error) {
		v := a.peer.top(a.id)
		if v == nil {
			return envelope{}, fmt.Errorf("%s has no modal open", a.id)
		}
		out := a.peer.viewPayload("view_closed", v)
		out["is_cleared"] = all
		a.peer.dismiss(a.id, all)
		if !v.NotifyOnClose {
			return envelope{}, nil
		}
		return a.peer.interaction(out), nil
	}, nil)
}
