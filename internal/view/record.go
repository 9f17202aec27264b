package view

import (
	"time"

	"verbale/bot"
	"verbale/bot/letters"
	"verbale/intake"
)

// A Page is a record with its related data, as printed by "show".
type Page struct {
	Record  *intake.Record
	History []intake.HistoryEntry
	Actions []bot.Action
	Letter  *bot.Letter // nil unless asked for
}

// recordLine is one line of "list --json", "show --json" and "find --json".
type recordLine struct {
	Reference  string                `json:"reference"`
	Revision   int64                 `json:"revision"`
	Status     intake.Status         `json:"status"`
	Outcome    *string               `json:"outcome"`
	Owner      string                `json:"owner"`
	Kind       intake.Kind           `json:"kind"`
	KindReason string                `json:"kind_reason"`
	Language   string                `json:"language"`
	Subject    string                `json:"subject"`
	From       intake.Address        `json:"from"`
	ReceivedAt time.Time             `json:"received_at"`
	Attached   []string              `json:"attachments"` // file names
	Backfilled bool                  `json:"backfilled"`
	Place      intake.Place          `json:"place"`
	Request    *request              `json:"request"`
	Evidence   []intake.Evidence     `json:"evidence"`
	Doubts     []doubt               `json:"doubts"`
	Similar    []similarRecord       `json:"similar"`
	Routing    *decision             `json:"routing"`
	History    []intake.HistoryEntry `json:"history"`
	Actions    []actionLine          `json:"actions"`
	Plan       []intake.PlanStep     `json:"plan"`
	Letter     []bot.LetterPart      `json:"letter,omitempty"`
}

// A similarRecord is an earlier record that may contain the same request, and why.
type similarRecord struct {
	Reference string `json:"reference"`
	Reason    string `json:"reason"`
}

type actionLine struct {
	Key       string           `json:"key"`
	Reference string           `json:"reference,omitempty"`
	Kind      bot.ActionKind   `json:"kind"`
	State     bot.ActionState  `json:"state"`
	Due       *time.Time       `json:"due"`
	Attempts  int              `json:"attempts"`
	LastError string           `json:"last_error"`
	Result    string           `json:"result"`
	DoneAt    *time.Time       `json:"done_at"`
	To        []intake.Address `json:"to"`
	Subject   string           `json:"subject"`
}

// JSON returns the value of one line of "show --json" and "list --json". Reasons are worded
// with the names of the office; if names is nil, with IDs only.
func (p Page) JSON(names *letters.Writer) any {
	say := namer{names}
	r := p.Record
	line := recordLine{
		Reference:  r.Reference,
		Revision:   r.Revision,
		Status:     r.Status,
		Outcome:    optional(string(r.Outcome)),
		Owner:      r.Owner,
		Kind:       r.Kind,
		KindReason: say.remark(r.KindReason),
		Language:   r.Language,
		Subject:    r.Origin.Subject,
		From:       r.Origin.From,
		ReceivedAt: r.ReceivedAt,
		Attached:   list(r.Origin.Attachments),
		Backfilled: r.Backfilled,
		Place:      r.Origin.Place,
		Request:    requestOf(r.Request),
		Evidence:   list(r.Evidence),
		Doubts:     say.doubts(r.Doubts),
		Similar:    say.similar(r.Similar),
		Routing:    say.routing(r.Routing),
		History:    list(p.History),
		Actions:    make([]actionLine, 0, len(p.Actions)),
		Plan:       list(r.Plan),
	}
	for _, a := range p.Actions {
		line.Actions = append(line.Actions, actionOf(a))
	}
	if p.Letter != nil {
		line.Letter = p.Letter.Parts
	}
	return line
}

// ActionJSON returns the value of one line of "list --parked --json".
func ActionJSON(a bot.Action) any {
	line := actionOf(a)
	line.Reference = a.Reference
	return line
}

func actionOf(a bot.Action) actionLine {
	line := actionLine{
		Key:       a.Key,
		Kind:      a.Kind,
		State:     a.State,
		Due:       optionalTime(a.Due),
		Attempts:  a.Attempts,
		LastError: a.LastError,
		Result:    a.Result,
		DoneAt:    optionalTime(a.DoneAt),
		To:        []intake.Address{},
	}
	if a.Mail != nil {
		line.To = list(a.Mail.To)
		line.Subject = a.Mail.Subject
	}
	return line
}

func optionalTime(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// setAsideLine is one line of "list --set-aside --json".
type setAsideLine struct {
	Identity   string         `json:"identity"`
	Kind       intake.Kind    `json:"kind"`
	KindReason string         `json:"kind_reason"`
	Language   string         `json:"language"`
	Reference  *string        `json:"reference"`
	Subject    string         `json:"subject"`
	From       intake.Address `json:"from"`
	Doubts     []doubt        `json:"doubts"`
	ReceivedAt time.Time      `json:"received_at"`
	Place      intake.Place   `json:"place"`
}

// SetAsideJSON returns the value of one line of "list --set-aside --json". Reasons are worded
// with the names of the office; if names is nil, with IDs only.
func SetAsideJSON(names *letters.Writer, s intake.SetAside) any {
	say := namer{names}
	return setAsideLine{
		Identity:   s.Identity,
		Kind:       s.Kind,
		KindReason: say.remark(s.KindReason),
		Language:   s.Language,
		Reference:  optional(s.Reference),
		Subject:    s.Origin.Subject,
		From:       s.Origin.From,
		Doubts:     say.doubts(s.Doubts),
		ReceivedAt: s.ReceivedAt,
		Place:      s.Origin.Place,
	}
}
