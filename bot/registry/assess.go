package registry

import (
	"slices"
	"time"

	"verbale/intake"
	"verbale/routing"
)

// An Assessment is what a mail would result in, without storing anything.
type Assessment struct {
	Reading intake.Reading
	// Record, Routing and Plan are nil unless the mail is a request.
	Record  *intake.Record
	Routing *intake.Routing
	Plan    []intake.PlanStep
}

// Assess reads a mail, and routes and plans the request in it, as Handle would.
func (s *Service) Assess(m *intake.Message, now time.Time) Assessment {
	a := Assessment{Reading: s.Reader.Read(m)}
	if a.Reading.Kind != intake.KindRequest {
		return a
	}
	rec, _ := s.draft(intake.NewRecordInput{
		Reading: a.Reading, Origin: s.originOf(m, intake.Place{}), ReceivedAt: now, Now: now,
	}, occasion{now: now})
	a.Record, a.Routing, a.Plan = &rec, rec.Routing, rec.Plan
	return a
}

// draft makes the record of a message, without its reference: routed if it is a request,
// planned unless it is backfilled.
func (s *Service) draft(b intake.NewRecordInput, o occasion) (intake.Record, intake.HistoryEntry) {
	if b.Reading.Kind == intake.KindRequest {
		decided := s.Router.Route(routing.Question{Reading: &b.Reading, At: b.Now.In(s.Office.Zone), Open: o.open, Leaves: o.leaves})
		b.Routing = &decided
	}
	rec, entry := intake.NewRecord(b)
	if rec.Status != intake.StatusAssigned {
		entry.Reason = s.inHistory(rec.KindReason)
	}
	rec.Correspondents = s.correspondents(&rec)
	s.plan(&rec)
	return rec, entry
}

// Limits for the header data kept with a record. Senders control it, and could make it
// arbitrarily long.
const (
	mostCopied = 100 // addresses copied in
	mostNamed  = 100 // names of attachments
)

func (s *Service) originOf(m *intake.Message, place intake.Place) intake.Origin {
	o := intake.Origin{
		MessageID: m.MessageID, References: bothEnds(m.References), Fingerprint: m.Fingerprint,
		Subject: m.Subject, From: m.From, AnswerTo: answerTo(m), Cc: m.Cc[:min(len(m.Cc), mostCopied)],
		Date: m.Date, Size: m.Size, Place: place, Problems: m.Problems, Unanswerable: s.unanswerable(m),
	}
	for _, a := range m.Attachments[:min(len(m.Attachments), mostNamed)] {
		o.Attachments = append(o.Attachments, a.Filename)
	}
	return o
}

// answerTo is where automatic mail may be sent: Reply-To or From, nowhere else.
func answerTo(m *intake.Message) intake.Address {
	if len(m.ReplyTo) > 0 && m.ReplyTo[0].Address != "" {
		return m.ReplyTo[0]
	}
	return m.From
}

// correspondents are the addresses whose mail is added to the record without asking the desk:
// the sender, those copied in, and the address given in the letter if it is of the sender's
// institution.
func (s *Service) correspondents(rec *intake.Record) []string {
	from := rec.Origin.From.Address
	all := []intake.Address{rec.Origin.From, rec.Origin.AnswerTo}
	all = append(all, rec.Origin.Cc...)
	if rec.Request != nil && s.sameInstitutionDomain(rec.Request.Requester.Email, from) {
		all = append(all, intake.Address{Address: rec.Request.Requester.Email})
	}
	var addresses []string
	for _, a := range all {
		if a.Address != "" && !s.Directory.Internal(a.Address) && !s.own(a.Address) {
			addresses = append(addresses, lower(a.Address))
		}
	}
	slices.Sort(addresses)
	return slices.Compact(addresses)
}
