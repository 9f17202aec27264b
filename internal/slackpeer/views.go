package slackpeer

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

const (
	// maxView is the size of a view in bytes: view_too_large
	// (docs.slack.dev/reference/methods/views.open).
	maxView = 250_000
	// maxStack is how many modals lie on each other: push_limit_reached
	// (docs.slack.dev/reference/methods/views.push).
	maxStack = 3
)

// views are the open modals of each user, the lowest first, and the home tabs.
type views struct {
	stacks map[string][]*View
	homes  map[string]*View
}

// A View is a modal or a home tab, as one user sees it.
type View struct {
	ID              string
	User            string
	Type            string // modal or home
	CallbackID      string
	ExternalID      string
	PrivateMetadata string
	Hash            string
	RootID          string // of the lowest of its stack
	PreviousID      string // of the one below, if any
	NotifyOnClose   bool
	Blocks          json.RawMessage // with the ids that Slack fills in
	spec            map[string]any
	given           state // what the user filled in
}

// JSON is the view as Slack hands it out: what the app sent, with ids, hash and
// state (docs.slack.dev/reference/views).
func (v View) JSON() json.RawMessage {
	out := map[string]any{
		"private_metadata": "", "callback_id": "", "external_id": "", "title": nil, "submit": nil, "close": nil,
		"clear_on_close": false, "notify_on_close": false, "previous_view_id": nil,
	}
	for k, value := range v.spec {
		out[k] = value
	}
	out["id"], out["team_id"], out["app_id"], out["bot_id"], out["app_installed_team_id"] = v.ID, TeamID, AppID, BotID, TeamID
	out["hash"], out["root_view_id"], out["blocks"] = v.Hash, v.RootID, v.Blocks
	out["state"] = map[string]any{"values": stateValues(v.Blocks, v.given)}
	if v.PreviousID != "" {
		out["previous_view_id"] = v.PreviousID
	}
	return encode(out)
}

// Values is what the view holds now, as the payload of a submission would have it.
func (v View) Values() map[string]map[string]map[string]any { return stateValues(v.Blocks, v.given) }

// A trigger lets the app open a modal for the user who acted.
type trigger struct {
	user    string
	expires time.Time
	used    bool
}

func (p *Peer) newTrigger(user string) string {
	id := fmt.Sprintf("%d.%d.%s", p.opt.Now().UnixMilli(), 1, p.newID("t"))
	p.triggers[id] = &trigger{user: user, expires: p.opt.Now().Add(p.opt.TriggerLife)}
	return id
}

// exchange uses up a trigger: once, within its life.
func (p *Peer) exchange(id string) (user string, err error) {
	t := p.triggers[id]
	switch {
	case t == nil:
		return "", refuse("invalid_trigger_id")
	case t.used:
		return "", refuse("exchanged_trigger_id")
	case p.opt.Now().After(t.expires):
		return "", refuse("expired_trigger_id")
	}
	t.used = true
	return t.user, nil
}

// readView reads and checks a view of some type that the app sent.
func (p *Peer) readView(raw json.RawMessage, kind string) (*View, error) {
	if len(raw) > maxView {
		return nil, refuse("view_too_large")
	}
	if err := checkView(raw); err != nil {
		return nil, err
	}
	v := &View{given: state{}}
	var sent struct {
		Type            string          `json:"type"`
		CallbackID      string          `json:"callback_id"`
		ExternalID      string          `json:"external_id"`
		PrivateMetadata string          `json:"private_metadata"`
		NotifyOnClose   bool            `json:"notify_on_close"`
		Blocks          json.RawMessage `json:"blocks"`
	}
	if json.Unmarshal(raw, &sent) != nil || json.Unmarshal(raw, &v.spec) != nil || sent.Type != kind {
		return nil, refuse("invalid_arguments", "[ERROR] a view of type "+kind+" is wanted [json-pointer:/view/type]")
	}
	v.Type, v.CallbackID, v.ExternalID = sent.Type, sent.CallbackID, sent.ExternalID
	v.PrivateMetadata, v.NotifyOnClose = sent.PrivateMetadata, sent.NotifyOnClose
	v.Blocks = p.fillIDs(sent.Blocks)
	return v, nil
}

// lay puts a modal on top of a user's stack.
func (p *Peer) lay(user string, v *View) error {
	stack := p.views.stacks[user]
	if len(stack) >= maxStack {
		return refuse("push_limit_reached")
	}
	if err := p.uniqueExternal(v, ""); err != nil {
		return err
	}
	v.ID, v.User, v.Hash = p.newID("V"), user, p.newHash()
	v.RootID = v.ID
	if len(stack) > 0 {
		v.RootID, v.PreviousID = stack[0].ID, stack[len(stack)-1].ID
	}
	p.views.stacks[user] = append(slices.Clone(stack), v)
	p.changed(Change{Kind: Opened, User: user, View: v.ID})
	return nil
}

func (p *Peer) newHash() string { return timestamp(p.opt.Now())[:11] + p.newID("h") }

// uniqueExternal refuses an external id that another view has.
func (p *Peer) uniqueExternal(v *View, except string) error {
	for _, o := range p.allViews() {
		if v.ExternalID != "" && o.ExternalID == v.ExternalID && o.ID != except {
			return refuse("duplicate_external_id")
		}
	}
	return nil
}

func (p *Peer) allViews() (list []*View) {
	for _, user := range sortedKeys(p.views.stacks) {
		list = append(list, p.views.stacks[user]...)
	}
	for _, user := range sortedKeys(p.views.homes) {
		list = append(list, p.views.homes[user])
	}
	return list
}

// openView is docs.slack.dev/reference/methods/views.open. A modal that is open
// already gives way to the new one.
func (p *Peer) openView(c *call) (answer, error) {
	return p.layTriggered(c, func(user string) error {
		delete(p.views.stacks, user)
		return nil
	})
}

// pushView is docs.slack.dev/reference/methods/views.push.
func (p *Peer) pushView(c *call) (answer, error) {
	return p.layTriggered(c, func(user string) error {
		if len(p.views.stacks[user]) == 0 {
			return refuse("not_found")
		}
		return nil
	})
}

// layTriggered opens a modal for the user of a trigger, once the stack is ready.
func (p *Peer) layTriggered(c *call, ready func(user string) error) (answer, error) {
	if err := c.need("trigger_id", "view"); err != nil {
		return nil, err
	}
	v, err := p.readView(c.raw("view"), "modal")
	if err != nil {
		return nil, err
	}
	user, err := p.exchange(c.str("trigger_id"))
	if err != nil {
		return nil, err
	}
	if err := ready(user); err != nil {
		return nil, err
	}
	if err := p.lay(user, v); err != nil {
		return nil, err
	}
	return answer{"view": v.JSON()}, nil
}

// updateView is docs.slack.dev/reference/methods/views.update.
func (p *Peer) updateView(c *call) (answer, error) {
	if err := c.need("view"); err != nil {
		return nil, err
	}
	i := slices.IndexFunc(p.allViews(), func(v *View) bool {
		return v.ID == c.str("view_id") || v.ExternalID != "" && v.ExternalID == c.str("external_id")
	})
	if i < 0 {
		return nil, refuse("not_found")
	}
	old := p.allViews()[i]
	if hash := c.str("hash"); hash != "" && hash != old.Hash {
		return nil, refuse("hash_conflict")
	}
	next, err := p.readView(c.raw("view"), old.Type)
	if err != nil {
		return nil, err
	}
	if err := p.replace(old, next); err != nil {
		return nil, err
	}
	return answer{"view": old.JSON()}, nil
}

// replace gives an open view new contents. Where block and action keep their ids, so
// does what stands there, filled in or initial: a new initial value shows only under
// a new id (docs.slack.dev/surfaces/modals, github.com/slackapi/bolt-js/issues/290).
func (p *Peer) replace(old, next *View) error {
	if err := p.uniqueExternal(next, old.ID); err != nil {
		return err
	}
	next.ID, next.User, next.Hash, next.given = old.ID, old.User, p.newHash(), stateValues(old.Blocks, old.given)
	next.RootID, next.PreviousID = old.RootID, old.PreviousID
	*old = *next
	p.changed(Change{Kind: Redrawn, User: old.User, View: old.ID})
	return nil
}

// publishView is docs.slack.dev/reference/methods/views.publish. That page names no
// code for a user who is not there; it is the one that other methods give.
func (p *Peer) publishView(c *call) (answer, error) {
	if err := c.need("user_id", "view"); err != nil {
		return nil, err
	}
	user := c.str("user_id")
	if _, err := p.user(user); err != nil {
		return nil, err
	}
	v, err := p.readView(c.raw("view"), "home")
	if err != nil {
		return nil, err
	}
	old := p.views.homes[user]
	if old == nil {
		old = &View{ID: p.newID("V"), User: user, given: state{}}
		old.RootID = old.ID
	} else if hash := c.str("hash"); hash != "" && hash != old.Hash {
		return nil, refuse("hash_conflict")
	}
	if err := p.replace(old, v); err != nil {
		return nil, err
	}
	p.views.homes[user] = old
	return answer{"view": old.JSON()}, nil
}

// top is the modal a user sees.
func (p *Peer) top(user string) *View {
	stack := p.views.stacks[user]
	if len(stack) == 0 {
		return nil
	}
	return stack[len(stack)-1]
}

// dismiss closes a user's modals: the topmost, or all.
func (p *Peer) dismiss(user string, all bool) {
	stack := p.views.stacks[user]
	if all || len(stack) < 2 {
		delete(p.views.stacks, user)
	} else {
		p.views.stacks[user] = slices.Clone(stack[:len(stack)-1])
	}
	p.changed(Change{Kind: Closed, User: user})
}
