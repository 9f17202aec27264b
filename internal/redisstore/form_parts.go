package redisstore

import (
	"time"

	"verbale/intake"
)

// The parts of a stored record. Where a part has the same fields as its
// namesake in intake, Go converts one into the other and the compiler notices
// when they part ways.

type storedRequest struct {
	Countries     []string         `json:"countries,omitzero"`
	Scope         intake.Scope     `json:"scope,omitempty"`
	Services      []intake.Service `json:"services,omitzero"`
	Themes        []string         `json:"themes,omitzero"`
	Instruments   []string         `json:"instruments,omitzero"`
	Urgency       intake.Urgency   `json:"urgency,omitempty"`
	ReplyBy       intake.Date      `json:"reply_by,omitzero"`
	ProposedStart intake.Date      `json:"proposed_start,omitzero"`
	ProposedEnd   intake.Date      `json:"proposed_end,omitzero"`
	Institution   string           `json:"institution,omitempty"`
	Requester     storedRequester  `json:"requester,omitzero"`
	OfficialRef   string           `json:"official_ref,omitempty"`
	Partners      []string         `json:"partners,omitzero"`
	Funding       []string         `json:"funding,omitzero"`
	Official      bool             `json:"official,omitempty"`
	Summary       string           `json:"summary,omitempty"`
	Subjects      []storedSubject  `json:"subjects,omitzero"`
}

type storedRequester struct {
	Name  string `json:"name,omitempty"`
	Title string `json:"title,omitempty"`
	Email string `json:"email,omitempty"`
}

type storedSubject struct {
	Division string   `json:"division"`
	Themes   []string `json:"themes,omitzero"`
	Weight   float64  `json:"weight,omitempty"`
	Asked    bool     `json:"asked,omitempty"`
	Called   bool     `json:"called,omitempty"`
}

type storedEvidence struct {
	Field  intake.Field `json:"field"`
	Value  string       `json:"value"`
	Quote  string       `json:"quote"`
	Source string       `json:"source"`
	Start  int          `json:"start"`
	End    int          `json:"end"`
}

type storedDoubt struct {
	Field      intake.Field  `json:"field"`
	Reason     string        `json:"reason"`
	Remark     *storedRemark `json:"remark,omitempty"`
	Candidates []string      `json:"candidates,omitzero"`
}

type storedLikeness struct {
	Reference string        `json:"reference"`
	Reason    string        `json:"reason,omitempty"`
	Remark    *storedRemark `json:"remark,omitempty"`
}

type storedRouting struct {
	Division         string           `json:"division"`
	DivisionsSupport []string         `json:"divisions_support,omitzero"`
	CarriedBy        intake.CarriedBy `json:"carried_by"`
	Assignee         string           `json:"assignee"`
	Support          []string         `json:"support,omitzero"`
	Rule             string           `json:"rule"`
	Reasons          []string         `json:"reasons,omitzero"`
	Remarks          []storedRemark   `json:"remarks,omitzero"`
	RunnerUp         storedRunnerUp   `json:"runner_up,omitzero"`
	Confidence       float64          `json:"confidence"`
	Triage           bool             `json:"triage,omitempty"`
}

type storedRunnerUp struct {
	Division string        `json:"division"`
	WhyNot   string        `json:"why_not"`
	Remark   *storedRemark `json:"remark,omitempty"`
}

type storedStep struct {
	At   time.Time       `json:"at"`
	Step intake.StepName `json:"step"`
	To   string          `json:"to"`
}

type storedAddress struct {
	Name    string `json:"name,omitempty"`
	Address string `json:"address,omitempty"`
}

type storedPlace struct {
	Mailbox     string `json:"mailbox,omitempty"`
	Folder      string `json:"folder,omitempty"`
	UIDValidity uint32 `json:"uidvalidity,omitempty"`
	UID         uint32 `json:"uid,omitempty"`
}

type storedOrigin struct {
	MessageID   string          `json:"message_id,omitempty"`
	References  []string        `json:"references,omitzero"`
	Fingerprint string          `json:"fingerprint,omitempty"`
	Subject     string          `json:"subject,omitempty"`
	From        storedAddress   `json:"from,omitzero"`
	AnswerTo    storedAddress   `json:"answer_to,omitzero"`
	Cc          []storedAddress `json:"cc,omitzero"`
	Date        time.Time       `json:"date,omitzero"`
	Size        int             `json:"size,omitempty"`
	Place       storedPlace     `json:"place,omitzero"`
	Attachments []string        `json:"attachments,omitzero"`
	Problems    []string        `json:"problems,omitzero"`

	Unanswerable string `json:"unanswerable,omitempty"`
}

func storeEvidence(e intake.Evidence) storedEvidence { return storedEvidence(e) }
func (e storedEvidence) load() intake.Evidence       { return intake.Evidence(e) }
func storeStep(s intake.PlanStep) storedStep         { return storedStep(s) }
func (s storedStep) load() intake.PlanStep           { return intake.PlanStep(s) }
func storeSubject(s intake.Subject) storedSubject    { return storedSubject(s) }
func (s storedSubject) load() intake.Subject         { return intake.Subject(s) }
func storeAddress(a intake.Address) storedAddress    { return storedAddress(a) }
func (a storedAddress) load() intake.Address         { return intake.Address(a) }

func storeRequest(r *intake.Request) *storedRequest {
	if r == nil {
		return nil
	}
	return &storedRequest{
		Countries: r.Countries, Scope: r.Scope, Services: r.Services, Themes: r.Themes,
		Instruments: r.Instruments, Urgency: r.Urgency, ReplyBy: r.ReplyBy,
		ProposedStart: r.ProposedStart, ProposedEnd: r.ProposedEnd, Institution: r.Institution,
		Requester: storedRequester(r.Requester), OfficialRef: r.OfficialRef, Partners: r.Partners,
		Funding: r.Funding, Official: r.Official, Summary: r.Summary,
		Subjects: each(r.Subjects, storeSubject),
	}
}

func (s *storedRequest) load() *intake.Request {
	if s == nil {
		return nil
	}
	return &intake.Request{
		Countries: s.Countries, Scope: s.Scope, Services: s.Services, Themes: s.Themes,
		Instruments: s.Instruments, Urgency: s.Urgency, ReplyBy: s.ReplyBy,
		ProposedStart: s.ProposedStart, ProposedEnd: s.ProposedEnd, Institution: s.Institution,
		Requester: intake.Requester(s.Requester), OfficialRef: s.OfficialRef, Partners: s.Partners,
		Funding: s.Funding, Official: s.Official, Summary: s.Summary,
		Subjects: each(s.Subjects, storedSubject.load),
	}
}

func storeRouting(r *intake.Routing) *storedRouting {
	if r == nil {
		return nil
	}
	sentences, remarks := storeRemarks(r.Reasons)
	return &storedRouting{
		Division: r.Division, DivisionsSupport: r.DivisionsSupport, CarriedBy: r.CarriedBy,
		Assignee: r.Assignee, Support: r.Support, Rule: r.Rule, Reasons: sentences, Remarks: remarks,
		RunnerUp: storeRunnerUp(r.RunnerUp), Confidence: r.Confidence, Triage: r.Triage,
	}
}

func (s *storedRouting) load() *intake.Routing {
	if s == nil {
		return nil
	}
	return &intake.Routing{
		Division: s.Division, DivisionsSupport: s.DivisionsSupport, CarriedBy: s.CarriedBy,
		Assignee: s.Assignee, Support: s.Support, Rule: s.Rule, Reasons: loadRemarks(s.Reasons, s.Remarks),
		RunnerUp: s.RunnerUp.load(), Confidence: s.Confidence, Triage: s.Triage,
	}
}

func storeOrigin(o intake.Origin) storedOrigin {
	return storedOrigin{
		MessageID: o.MessageID, References: o.References, Fingerprint: o.Fingerprint,
		Subject: o.Subject, From: storedAddress(o.From), AnswerTo: storedAddress(o.AnswerTo),
		Cc: each(o.Cc, storeAddress), Date: o.Date, Size: o.Size, Place: storedPlace(o.Place),
		Attachments: o.Attachments, Problems: o.Problems, Unanswerable: o.Unanswerable,
	}
}

func (s storedOrigin) load() intake.Origin {
	return intake.Origin{
		MessageID: s.MessageID, References: s.References, Fingerprint: s.Fingerprint,
		Subject: s.Subject, From: intake.Address(s.From), AnswerTo: intake.Address(s.AnswerTo),
		Cc: each(s.Cc, storedAddress.load), Date: s.Date, Size: s.Size, Place: intake.Place(s.Place),
		Attachments: s.Attachments, Problems: s.Problems, Unanswerable: s.Unanswerable,
	}
}
