package page

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"verbale/internal/slackpeer"
)

// A wish is what somebody does in the workspace.
type wish struct {
	As   string // who
	Do   string // one of the keys of acts
	Room string // id of the channel

	Message string // timestamp of the message acted on
	View    string // id of the view acted on
	Block   string // block id
	Action  string // action id
	Value   string // of a button
	Values  []string
	Fields  map[string][]string // of a form, by block id
	Text    string              // typed
}

// An outcome is what came of it.
type outcome struct {
	Notice  string             `json:"notice,omitempty"`
	Errors  map[string]string  `json:"errors,omitempty"`
	Options []slackpeer.Option `json:"options,omitempty"`
}

// acts are what can be done in the workspace.
var acts = map[string]func(*Page, *slackpeer.Person, wish) (slackpeer.Seen, error){
	"press": func(p *Page, who *slackpeer.Person, w wish) (slackpeer.Seen, error) {
		on, err := p.place(w)
		if err != nil {
			return slackpeer.Seen{}, err
		}
		if w.Value == "" {
			return who.Press(on, w.Action)
		}
		return who.Press(on, w.Action, w.Value)
	},
	"choose": func(p *Page, who *slackpeer.Person, w wish) (slackpeer.Seen, error) {
		on, err := p.place(w)
		if err != nil {
			return slackpeer.Seen{}, err
		}
		return who.Select(on, w.Action, w.Values...)
	},
	"suggest": func(p *Page, who *slackpeer.Person, w wish) (slackpeer.Seen, error) {
		on, err := p.place(w)
		if err != nil {
			return slackpeer.Seen{}, err
		}
		return who.Suggest(on, w.Action, w.Text)
	},
	"submit": func(_ *Page, who *slackpeer.Person, w wish) (slackpeer.Seen, error) {
		fields := map[string]any{}
		for block, values := range w.Fields {
			fields[block] = values
		}
		return who.Submit(fields)
	},
	"close": func(_ *Page, who *slackpeer.Person, _ wish) (slackpeer.Seen, error) { return who.CloseModal(false) },
	"home":  func(_ *Page, who *slackpeer.Person, _ wish) (slackpeer.Seen, error) { return who.OpenHome() },
	"command": func(_ *Page, who *slackpeer.Person, w wish) (slackpeer.Seen, error) {
		return who.Command(w.Room, w.Text)
	},
	"post": func(_ *Page, who *slackpeer.Person, w wish) (slackpeer.Seen, error) { return who.Post(w.Room, w.Text) },
	"reply": func(p *Page, who *slackpeer.Person, w wish) (slackpeer.Seen, error) {
		m, ok := p.Slack.Message(w.Room, w.Message)
		if !ok {
			return slackpeer.Seen{}, errors.New("that message is gone")
		}
		return who.Reply(m, w.Text)
	},
}

// act does in the workspace what somebody wishes.
func (p *Page) act(r *http.Request) (any, error) {
	w, err := asked[wish](r)
	if err != nil {
		return nil, err
	}
	face, err := p.face(w.As)
	if err != nil {
		return nil, err
	}
	do, known := acts[w.Do]
	if !known {
		return nil, fmt.Errorf("there is no act %q", w.Do)
	}
	w.As = face.ID
	seen, err := do(p, p.Slack.Person(face.ID), w)
	if err != nil {
		return nil, err
	}
	return outcome{Notice: seen.Notice, Errors: seen.Errors, Options: seen.Options}, nil
}

// place finds the message or view that is acted on. Where a block is named, the
// place has that one alone, since action ids are unique within a block only.
func (p *Page) place(w wish) (slackpeer.Place, error) {
	if w.View != "" {
		v, err := p.view(w)
		if err == nil && w.Block != "" {
			v.Blocks, err = onlyBlock(v.Blocks, w.Block)
		}
		return v, err
	}
	m, ok := p.Slack.Message(w.Room, w.Message)
	if !ok {
		private := p.Slack.Ephemerals(w.As)
		at := slices.IndexFunc(private, func(m slackpeer.Message) bool { return m.TS == w.Message && m.Channel == w.Room })
		if at < 0 {
			return nil, errors.New("that message is gone")
		}
		m = private[at]
	}
	if w.Block == "" {
		return m, nil
	}
	var err error
	m.Blocks, err = onlyBlock(m.Blocks, w.Block)
	return m, err
}

func (p *Page) view(w wish) (slackpeer.View, error) {
	if home, ok := p.Slack.Home(w.As); ok && home.ID == w.View {
		return home, nil
	}
	if modal, ok := p.Slack.Modal(w.As); ok && modal.ID == w.View {
		return modal, nil
	}
	return slackpeer.View{}, errors.New("that window is closed")
}

// onlyBlock leaves the block of an id.
func onlyBlock(blocks json.RawMessage, id string) (json.RawMessage, error) {
	var all []json.RawMessage
	if err := json.Unmarshal(blocks, &all); err != nil {
		return nil, err
	}
	for _, raw := range all {
		var b struct {
			ID string `json:"block_id"`
		}
		if json.Unmarshal(raw, &b) == nil && b.ID == id {
			return json.Marshal([]json.RawMessage{raw})
		}
	}
	return nil, errors.New("what you see has changed meanwhile")
}
