package view

import (
	"verbale/bot"
	"verbale/intake"
)

// Sealed is a redacted page of a confidential record, for those who may know that it exists
// but not what it says. IDs, times and steps are kept; names, addresses, subject, summary,
// letter numbers, evidence, doubts, reasons and results are removed.
func (g Page) Sealed() Page {
	sealed := Page{Record: SealedRecord(g.Record)}
	for _, e := range g.History {
		sealed.History = append(sealed.History, intake.HistoryEntry{At: e.At, What: e.What, From: e.From, To: e.To})
	}
	for _, a := range g.Actions {
		sealed.Actions = append(sealed.Actions, SealedAction(a))
	}
	return sealed
}

// SealedAction redacts an action.
func SealedAction(a bot.Action) bot.Action {
	return bot.Action{Key: a.Key, Kind: a.Kind, State: a.State, Due: a.Due, Attempts: a.Attempts, DoneAt: a.DoneAt}
}

// SealedRecord redacts a record.
func SealedRecord(r *intake.Record) *intake.Record {
	sealed := *r
	sealed.KindReason = intake.Remark{}
	sealed.Origin = intake.Origin{Place: r.Origin.Place, Date: r.Origin.Date, Size: r.Origin.Size}
	sealed.Evidence, sealed.Doubts, sealed.Similar = nil, nil, nil
	sealed.Correspondents, sealed.Tokens = nil, nil
	if r.Request != nil {
		request := *r.Request
		request.Institution, request.OfficialRef, request.Summary = "", "", ""
		request.Requester = intake.Requester{}
		sealed.Request = &request
	}
	if r.Routing != nil {
		decided := *r.Routing
		decided.Reasons, decided.RunnerUp.WhyNot = nil, intake.Remark{}
		sealed.Routing = &decided
	}
	if r.Results != nil {
		sealed.Results = &intake.Results{PeopleTrained: r.Results.PeopleTrained, Women: r.Results.Women, Instruments: r.Results.Instruments, At: r.Results.At}
	}
	return &sealed
}
