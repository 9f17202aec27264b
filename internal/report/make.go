package report

import (
	"slices"
	"strings"
	"time"

	"verbale/bot"
	"verbale/intake"
)

// A Report holds the requests of a period as known at the cut-off, newest first, and what was
// left out. All statistics are made from these.
type Report struct {
	From, Until time.Time // of receipt; Until is exclusive; zero means no limit
	AsOf        time.Time
	Zone        *time.Location // of days and months: the office's time zone
	WorkingDay  time.Duration  // the office's working hours per day

	Requests []Request
	LeftOut  LeftOut
}

// LeftOut is what was received within the period and is not counted as a request.
type LeftOut struct {
	Duplicates []string // merged into another request, which is counted
	NoRequests []string // found by the desk not to be requests
	Others     []string // recorded, but of another kind, or unreadable
	SetAside   map[intake.Kind]int
}

// Make makes a report. It retains nothing of the records but IDs and times. It only returns
// errors of the sequences of records and messages.
func Make(records Records, aside Messages, q Question) (*Report, error) {
	r := &Report{From: q.From, Until: q.Until, AsOf: q.AsOf, Zone: q.Policy.Calendar().Zone(), WorkingDay: q.workingDay()}
	m := maker{Question: q, ids: interned{}, work: newWorktime(q.Policy.Calendar(), q.AsOf)}
	for past, err := range records {
		if err != nil {
			return nil, err
		}
		if q.within(past.Record.ReceivedAt) {
			m.add(r, past)
		}
	}
	slices.SortFunc(r.Requests, func(a, b Request) int {
		if c := b.Received.Compare(a.Received); c != 0 {
			return c
		}
		return strings.Compare(b.Reference, a.Reference)
	})
	for _, list := range [][]string{r.LeftOut.Duplicates, r.LeftOut.NoRequests, r.LeftOut.Others} {
		slices.Sort(list)
	}
	r.LeftOut.SetAside = map[intake.Kind]int{}
	for message, err := range aside {
		if err != nil {
			return nil, err
		}
		if q.within(message.ReceivedAt) {
			r.LeftOut.SetAside[message.Kind]++
		}
	}
	return r, nil
}

// workingDay is the number of working hours on a day.
func (q Question) workingDay() time.Duration {
	c := q.Policy.Calendar()
	day := intake.DateOf(c.Next(q.AsOf))
	return c.Worked(day.In(c.Zone()), day.AddDays(1).In(c.Zone()))
}

// A maker makes the report for a question.
type maker struct {
	Question
	ids  interned
	work *worktime
}

func (m *maker) add(r *Report, past Past) {
	known, later := split(past.History, m.AsOf)
	if len(known) == 0 {
		return
	}
	rec := m.then(past.Record, known, later)
	switch {
	case rec.Outcome == intake.OutcomeDuplicate:
		r.LeftOut.Duplicates = append(r.LeftOut.Duplicates, rec.Reference)
	case rec.Outcome == intake.OutcomeNotARequest:
		r.LeftOut.NoRequests = append(r.LeftOut.NoRequests, rec.Reference)
	case rec.Kind != intake.KindRequest:
		r.LeftOut.Others = append(r.LeftOut.Others, rec.Reference)
	default:
		r.Requests = append(r.Requests, m.request(&rec, known))
	}
}

// request keeps the data of a record needed for statistics.
func (m *maker) request(rec *intake.Record, known []intake.HistoryEntry) Request {
	asked := rec.Request
	if asked == nil {
		asked = &intake.Request{}
	}
	r := Request{
		Reference: rec.Reference, Received: rec.ReceivedAt,
		Countries: m.ids.all(asked.Countries), Theme: m.ids.first(asked.Themes), Services: m.ids.services(asked.Services),
		Language: m.ids.of(rec.Language), Official: asked.Official,
		Status: rec.Status, Outcome: rec.Outcome, Owner: m.ids.of(rec.Owner), PartOf: rec.Parent,
		Confidential: rec.Confidential, Silent: silent(rec, known), Closed: rec.ClosedAt,
	}
	if rec.Routing != nil {
		r.Division, r.CarriedBy = m.ids.of(rec.Routing.Division), rec.Routing.CarriedBy
	}
	if s := rec.Results; s != nil {
		r.Results = &Results{PeopleTrained: s.PeopleTrained, Women: s.Women, Instruments: m.ids.all(s.Instruments)}
	}
	if !r.Silent {
		m.measure(&r, known)
		r.Overdue = m.overdue(rec)
	}
	return r
}

// aDay is longer than any mail waits to be recorded while the desk is running.
const aDay = 24 * time.Hour

// silent reports whether a record was backfilled when it was recorded: its history has neither
// an acknowledgement nor a reason why there was none.
func silent(rec *intake.Record, known []intake.HistoryEntry) bool {
	if rec.Backfilled {
		return true
	}
	born := known[0]
	return born.What == intake.WhatRecorded && born.To == intake.StatusNeedsTriage && born.At.Sub(rec.ReceivedAt) > aDay &&
		!slices.ContainsFunc(known, func(e intake.HistoryEntry) bool {
			return e.What == bot.WhatNotAcknowledged || acknowledges(e)
		})
}

// overdue lists the steps that were due before the cut-off and not done. The acknowledgement
// is left out: if it is not sent, the reason is in the history or among the parked actions.
func (m *maker) overdue(rec *intake.Record) []Due {
	var late []Due
	for _, s := range m.Policy.Plan(rec) {
		if s.Step != intake.StepAcknowledge && s.At.Before(m.AsOf) {
			late = append(late, Due{Step: s.Step, At: s.At, Days: m.Policy.DaysOverdue(s.At, m.AsOf)})
		}
	}
	return late
}

// interned keeps only one copy of each ID, to save memory.
type interned map[string]string

func (i interned) of(id string) string {
	kept, ok := i[id]
	if !ok {
		kept = strings.Clone(id)
		i[kept] = kept
	}
	return kept
}

func (i interned) all(ids []string) []string {
	kept := make([]string, len(ids))
	for n, id := range ids {
		kept[n] = i.of(id)
	}
	return kept
}

func (i interned) first(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return i.of(ids[0])
}

func (i interned) services(services []intake.Service) []intake.Service {
	kept := make([]intake.Service, len(services))
	for n, s := range services {
		kept[n] = intake.Service(i.of(string(s)))
	}
	return kept
}
