package view

import (
	"time"

	"verbale/bot/letters"
	"verbale/intake"
)

// An Explanation is the result of reading one mail: the source of both the JSON line and the
// printed page.
type Explanation struct {
	File    string
	Message *intake.Message
	Reading intake.Reading
	Routing *intake.Routing   // nil unless the mail is a request
	Plan    []intake.PlanStep // nil unless the mail is a request
}

// explainLine is one line of "explain --json".
type explainLine struct {
	File       string            `json:"file"`
	Message    message           `json:"message"`
	Kind       intake.Kind       `json:"kind"`
	KindReason string            `json:"kind_reason"`
	Language   string            `json:"language"`
	Reference  *string           `json:"reference"`
	Request    *request          `json:"request"`
	Evidence   []intake.Evidence `json:"evidence"`
	Doubts     []doubt           `json:"doubts"`
	Routing    *decision         `json:"routing"`
	Plan       []intake.PlanStep `json:"plan"`
}

type failureLine struct {
	File  string `json:"file"`
	Error string `json:"error"`
}

type message struct {
	MessageID   string           `json:"message_id"`
	Subject     string           `json:"subject"`
	From        intake.Address   `json:"from"`
	To          []intake.Address `json:"to"`
	Cc          []intake.Address `json:"cc"`
	Date        *time.Time       `json:"date"`
	Text        string           `json:"text"`
	Body        string           `json:"body"`
	Attachments []attachment     `json:"attachments"`
	Problems    []string         `json:"problems"`
}

type attachment struct {
	Filename    string            `json:"filename"`
	ContentType string            `json:"content_type"`
	Size        int               `json:"size"`
	TextChars   int               `json:"text_chars"`
	Method      intake.TextMethod `json:"method"`
	Problem     string            `json:"problem"`
	Text        *string           `json:"text,omitempty"`
}

type request struct {
	Countries     []string         `json:"countries"`
	Scope         intake.Scope     `json:"scope"`
	Services      []intake.Service `json:"services"`
	Themes        []string         `json:"themes"`
	Instruments   []string         `json:"instruments"`
	Urgency       intake.Urgency   `json:"urgency"`
	ReplyBy       *intake.Date     `json:"reply_by"`
	ProposedStart *intake.Date     `json:"proposed_start"`
	ProposedEnd   *intake.Date     `json:"proposed_end"`
	Institution   *string          `json:"institution"`
	Requester     requester        `json:"requester"`
	OfficialRef   *string          `json:"official_ref"`
	Partners      []string         `json:"partners"`
	Funding       []string         `json:"funding"`
	Official      bool             `json:"official"`
	Summary       string           `json:"summary"`
}

type requester struct {
	Name  *string `json:"name"`
	Title *string `json:"title"`
	Email *string `json:"email"`
}

type doubt struct {
	Field      intake.Field `json:"field"`
	Reason     string       `json:"reason"`
	Candidates []string     `json:"candidates"`
}

type decision struct {
	Division         string           `json:"division"`
	DivisionsSupport []string         `json:"divisions_support"`
	CarriedBy        intake.CarriedBy `json:"carried_by"`
	Assignee         string           `json:"assignee"`
	Support          []string         `json:"support"`
	Rule             string           `json:"rule"`
	Reasons          []string         `json:"reasons"`
	RunnerUp         runnerUp         `json:"runner_up"`
	Confidence       float64          `json:"confidence"`
	Triage           bool             `json:"triage"`
}

type runnerUp struct {
	Division string `json:"division"`
	WhyNot   string `json:"why_not"`
}

// JSON returns the value of one line of "explain --json". Reasons are worded with the names of
// the office; if names is nil, with IDs only. full adds the extracted text of each attachment.
func (e Explanation) JSON(names *letters.Writer, full bool) any {
	say := namer{names}
	line := explainLine{
		File:       e.File,
		Message:    messageOf(e.Message, full),
		Kind:       e.Reading.Kind,
		KindReason: say.remark(e.Reading.KindReason),
		Language:   e.Reading.Language,
		Reference:  optional(e.Reading.Reference),
		Evidence:   list(e.Reading.Evidence),
		Doubts:     say.doubts(e.Reading.Doubts),
	}
	if e.Reading.Kind == intake.KindRequest {
		line.Request = requestOf(e.Reading.Request)
		line.Routing = say.routing(e.Routing)
		line.Plan = list(e.Plan)
	}
	return line
}

// ExplainFailure returns the line for a file that could not be read at all.
func ExplainFailure(file string, err error) any {
	return failureLine{File: file, Error: err.Error()}
}

func messageOf(m *intake.Message, full bool) message {
	out := message{
		MessageID:   m.MessageID,
		Subject:     m.Subject,
		From:        m.From,
		To:          list(m.To),
		Cc:          list(m.Cc),
		Text:        m.Text.Content,
		Body:        m.Body(),
		Attachments: make([]attachment, 0, len(m.Attachments)),
		Problems:    list(m.Problems),
	}
	if !m.Date.IsZero() {
		out.Date = &m.Date
	}
	for _, a := range m.Attachments {
		out.Attachments = append(out.Attachments, attachmentOf(a, full))
	}
	return out
}

func attachmentOf(a intake.Attachment, full bool) attachment {
	out := attachment{
		Filename:    a.Filename,
		ContentType: a.ContentType,
		Size:        a.Size,
		TextChars:   len([]rune(a.Text.Content)),
		Method:      a.Method,
		Problem:     a.Problem,
	}
	if out.Method == "" {
		out.Method = intake.MethodNone
	}
	if full {
		out.Text = &a.Text.Content
	}
	return out
}

func requestOf(r *intake.Request) *request {
	if r == nil {
		return nil
	}
	return &request{
		Countries:     list(r.Countries),
		Scope:         r.Scope,
		Services:      list(r.Services),
		Themes:        list(r.Themes),
		Instruments:   list(r.Instruments),
		Urgency:       r.Urgency,
		ReplyBy:       optionalDate(r.ReplyBy),
		ProposedStart: optionalDate(r.ProposedStart),
		ProposedEnd:   optionalDate(r.ProposedEnd),
		Institution:   optional(r.Institution),
		Requester: requester{
			Name:  optional(r.Requester.Name),
			Title: optional(r.Requester.Title),
			Email: optional(r.Requester.Email),
		},
		OfficialRef: optional(r.OfficialRef),
		Partners:    list(r.Partners),
		Funding:     list(r.Funding),
		Official:    r.Official,
		Summary:     r.Summary,
	}
}

func (s namer) routing(r *intake.Routing) *decision {
	if r == nil {
		return nil
	}
	return &decision{
		Division: r.Division, DivisionsSupport: list(r.DivisionsSupport), CarriedBy: r.CarriedBy,
		Assignee: r.Assignee, Support: list(r.Support), Rule: r.Rule, Reasons: s.remarks(r.Reasons),
		RunnerUp:   runnerUp{Division: r.RunnerUp.Division, WhyNot: s.remark(r.RunnerUp.WhyNot)},
		Confidence: r.Confidence, Triage: r.Triage,
	}
}

func (s namer) doubts(ds []intake.Doubt) []doubt {
	out := make([]doubt, 0, len(ds))
	for _, d := range ds {
		out = append(out, doubt{Field: d.Field, Reason: s.remark(d.Reason), Candidates: list(d.Candidates)})
	}
	return out
}

func (s namer) similar(all []intake.Likeness) []similarRecord {
	out := make([]similarRecord, len(all))
	for i, l := range all {
		out[i] = similarRecord{Reference: l.Reference, Reason: s.remark(l.Reason)}
	}
	return out
}

func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func optionalDate(d intake.Date) *intake.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}
