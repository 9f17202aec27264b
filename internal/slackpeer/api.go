package slackpeer

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// An answer is the body of a call's response, without ok.
type answer map[string]any

// A method is one method of the Web API.
type method struct {
	// scopes are what the token must be granted: all of them. Methods on
	// conversations ask for more, by the kind of the channel.
	scopes []string
	// tier is the rate limit.
	tier tier
	// app says that it is called with the app-level token.
	app bool
	do  func(*Peer, *call) (answer, error)
}

// methods are the methods the peer knows. Scopes and tiers are those of each
// method's page, docs.slack.dev/reference/methods/NAME.
var methods = map[string]method{
	"auth.test":             {tier: tierSpecial, do: (*Peer).authTest},
	"apps.connections.open": {tier: tier3, app: true, do: (*Peer).connectionsOpen},

	"chat.postMessage":     {scopes: []string{"chat:write"}, tier: tierPosting, do: (*Peer).postMessage},
	"chat.postEphemeral":   {scopes: []string{"chat:write"}, tier: tier4, do: (*Peer).postEphemeral},
	"chat.scheduleMessage": {scopes: []string{"chat:write"}, tier: tier3, do: (*Peer).scheduleMessage},
	"chat.update":          {scopes: []string{"chat:write"}, tier: tier3, do: (*Peer).updateMessage},
	"chat.delete":          {scopes: []string{"chat:write"}, tier: tier3, do: (*Peer).deleteMessage},
	"chat.getPermalink":    {tier: tierSpecial, do: (*Peer).permalink},
	"reactions.add":        {scopes: []string{"reactions:write"}, tier: tier3, do: (*Peer).addReaction},

	"conversations.open":    {tier: tier3, do: (*Peer).openConversation},
	"conversations.info":    {tier: tier3, do: (*Peer).conversationInfo},
	"conversations.list":    {tier: tier2, do: (*Peer).listConversations},
	"conversations.members": {tier: tier4, do: (*Peer).conversationMembers},
	"conversations.history": {tier: tier3, do: (*Peer).conversationHistory},
	"conversations.replies": {tier: tier3, do: (*Peer).conversationReplies},
	"conversations.join":    {scopes: []string{"channels:join"}, tier: tier3, do: (*Peer).joinConversation},

	"users.info":            {scopes: []string{"users:read"}, tier: tier4, do: (*Peer).userInfo},
	"users.list":            {scopes: []string{"users:read"}, tier: tier2, do: (*Peer).listUsers},
	"users.lookupByEmail":   {scopes: []string{"users:read.email"}, tier: tier3, do: (*Peer).lookupByEmail},
	"users.getPresence":     {scopes: []string{"users:read"}, tier: tier3, do: (*Peer).userPresence},
	"usergroups.list":       {scopes: []string{"usergroups:read"}, tier: tier2, do: (*Peer).listUserGroups},
	"usergroups.users.list": {scopes: []string{"usergroups:read"}, tier: tier2, do: (*Peer).listGroupUsers},

	"views.open":    {tier: tier4, do: (*Peer).openView},
	"views.push":    {tier: tier4, do: (*Peer).pushView},
	"views.update":  {tier: tier4, do: (*Peer).updateView},
	"views.publish": {tier: tier4, do: (*Peer).publishView},

	"files.getUploadURLExternal":   {scopes: []string{"files:write"}, tier: tier4, do: (*Peer).uploadURL},
	"files.completeUploadExternal": {scopes: []string{"files:write"}, tier: tier4, do: (*Peer).completeUpload},
}

// serveMethod answers one call of the Web API (docs.slack.dev/apis/web-api).
func (p *Peer) serveMethod(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("method")
	args, err := readArgs(r)
	c := &call{method: name, args: args, token: tokenOf(r, args)}
	w.Header().Set("X-OAuth-Scopes", strings.Join(p.opt.Scopes, ","))
	fault := p.strike(name)
	fault.pass(r)
	if fault.answers() && !fault.AfterEffect {
		p.record(c, fault.name())
		fault.show(w)
		return
	}
	var out answer
	if err == nil {
		out, err = p.perform(c)
	}
	p.record(c, codeOf(err))
	if fault.answers() {
		fault.show(w)
		return
	}
	writeAnswer(w, out, err)
}

// perform checks who calls, how often and with what right, then does it.
func (p *Peer) perform(c *call) (out answer, err error) {
	m, ok := methods[c.method]
	if !ok {
		return nil, refuse("unknown_method")
	}
	p.locked(func() {
		if err = p.tooOften(c, m.tier); err != nil {
			return
		}
		if err = p.authorise(c, m); err == nil {
			out, err = m.do(p, c)
		}
	})
	return out, err
}

// authorise checks the token and its scopes, with the errors that are common to all
// methods: not_authed, invalid_auth, not_allowed_token_type, missing_scope
// (docs.slack.dev/reference/methods/auth.test).
func (p *Peer) authorise(c *call, m method) error {
	want, other := BotToken, AppToken
	if m.app {
		want, other = other, want
	}
	switch c.token {
	case want:
		return p.granted(m.scopes...)
	case "":
		return refuse("not_authed")
	case other:
		return refuse("not_allowed_token_type")
	}
	return refuse("invalid_auth")
}

// granted refuses a call whose token lacks one of some scopes. The refusal names the scope
// in needed and those of the token in provided.
func (p *Peer) granted(scopes ...string) error {
	for _, scope := range scopes {
		if !slices.Contains(p.opt.Scopes, scope) {
			return &refusal{code: "missing_scope", needed: scope, provided: strings.Join(p.opt.Scopes, ",")}
		}
	}
	return nil
}

// may checks for the scope that a kind of channel needs, such as groups:read.
func (p *Peer) may(c *Channel, what string) error { return p.granted(c.family() + ":" + what) }

// A refusal is an answer with ok false.
type refusal struct {
	code             string
	needed, provided string
	messages         []string // response_metadata.messages
	retryAfter       int      // seconds; with it, the answer is 429
}

// Error returns Slack's error code.
func (r *refusal) Error() string { return r.code }

func refuse(code string, messages ...string) error { return &refusal{code: code, messages: messages} }

// codeOf is the code of a refusal, or "".
func codeOf(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func writeAnswer(w http.ResponseWriter, out answer, err error) {
	body := answer{"ok": err == nil}
	for k, v := range out {
		body[k] = v
	}
	status := http.StatusOK
	if err != nil {
		status = addRefusal(w, body, err)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(encode(body)) // the caller may be gone
}

// addRefusal adds a refusal to the body and returns the HTTP status.
func addRefusal(w http.ResponseWriter, body answer, err error) int {
	body["error"] = err.Error()
	r, ok := err.(*refusal)
	if !ok {
		return http.StatusOK
	}
	if r.needed != "" {
		body["needed"], body["provided"] = r.needed, r.provided
	}
	if len(r.messages) > 0 {
		body["errors"] = r.messages
		body["response_metadata"] = map[string]any{"messages": r.messages}
	}
	if r.retryAfter > 0 {
		w.Header().Set("Retry-After", itoa(r.retryAfter))
		return http.StatusTooManyRequests
	}
	return http.StatusOK
}

// authTest is docs.slack.dev/reference/methods/auth.test.
func (p *Peer) authTest(*call) (answer, error) {
	return answer{
		"url": "http://" + p.base + "/", "team": "UNECE", "team_id": TeamID,
		"user": p.users[BotUser].Name, "user_id": BotUser, "bot_id": BotID, "is_enterprise_install": false,
	}, nil
}

// encode writes JSON without the escapes of HTML, as Slack does.
func encode(v any) json.RawMessage {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic("slackpeer: " + err.Error()) // only our own maps and strings come here
	}
	return json.RawMessage(strings.TrimSuffix(b.String(), "\n"))
}
