package slackpeer

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxBody is the most that is read of a request, in bytes. The largest thing that
// Slack takes by a method is a view, 250 kB.
const maxBody = 4 << 20

// A call is a call of a method, as read.
type call struct {
	method string
	token  string
	args   map[string]string // structures as JSON
}

// A Call is a call of the Web API that was made, for tests to look at.
type Call struct {
	Method string
	Args   map[string]string // structures as JSON; without the token
	Error  string            // the code of the refusal, "" for ok
	At     time.Time         // on Slack's clock
}

func (c *call) str(name string) string { return c.args[name] }

func (c *call) raw(name string) json.RawMessage { return json.RawMessage(c.args[name]) }

// blocks are the blocks of a call; an empty list is as good as none.
func (c *call) blocks() json.RawMessage {
	var list []json.RawMessage
	if json.Unmarshal(c.raw("blocks"), &list) == nil && len(list) == 0 {
		return nil
	}
	return c.raw("blocks")
}

func (c *call) yes(name string) bool { return c.args[name] == "true" || c.args[name] == "1" }

// number reads a number; what is none counts as the default.
func (c *call) number(name string, standard int) int {
	if n, err := strconv.Atoi(c.args[name]); err == nil {
		return n
	}
	return standard
}

// need asks for arguments that the method's page marks as required.
func (c *call) need(names ...string) error {
	for _, name := range names {
		if c.args[name] == "" {
			return refuse("invalid_arguments", "[ERROR] missing required field: "+name)
		}
	}
	return nil
}

// record keeps a call for Calls.
func (p *Peer) record(c *call, code string) {
	args := map[string]string{}
	for k, v := range c.args {
		if k != "token" {
			args[k] = v
		}
	}
	p.locked(func() {
		p.calls = append(p.calls, Call{Method: c.method, Args: args, Error: code, At: p.opt.Now()})
	})
}

// readArgs reads the arguments of a call, from a form or from JSON, as
// docs.slack.dev/apis/web-api allows.
func readArgs(r *http.Request) (map[string]string, error) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if r.Method == http.MethodPost && kind == "application/json" {
		return readJSON(io.LimitReader(r.Body, maxBody))
	}
	r.Body = http.MaxBytesReader(nil, r.Body, maxBody)
	var err error
	if kind == "multipart/form-data" {
		err = r.ParseMultipartForm(maxBody)
	} else {
		err = r.ParseForm()
	}
	if err != nil {
		return nil, refuse("invalid_form_data")
	}
	args := map[string]string{}
	for k := range r.Form {
		args[k] = r.Form.Get(k)
	}
	return args, nil
}

func readJSON(body io.Reader) (map[string]string, error) {
	data, err := io.ReadAll(body)
	if err != nil {
		return nil, refuse("request_timeout")
	}
	if len(data) == 0 {
		return nil, nil
	}
	var fields map[string]json.RawMessage
	if !json.Valid(data) {
		return nil, refuse("invalid_json")
	}
	if json.Unmarshal(data, &fields) != nil {
		return nil, refuse("json_not_object")
	}
	args := map[string]string{}
	for k, v := range fields {
		if string(v) != "null" { // as good as left out
			args[k] = plain(v)
		}
	}
	delete(args, "token") // with JSON the token comes in the header alone
	return args, nil
}

// plain is a string without its quotes, and anything else as it is.
func plain(v json.RawMessage) string {
	var s string
	if json.Unmarshal(v, &s) == nil {
		return s
	}
	return string(v)
}

// tokenOf finds the token in the header, or among the arguments of a form.
func tokenOf(r *http.Request, args map[string]string) string {
	if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return token
	}
	return args["token"]
}

func itoa(n int) string { return strconv.Itoa(n) }
