package view

import (
	"verbale/bot"
	"verbale/intake"
)

// Sealed is a page without the words of its letter and of those who worked on it:
// of a confidential record, what those may see who may only know that it is there.
// Ids, moments and steps stay; names, addresses, subject, summary, numbers of
// letters, evidence, doubts, reasons and results do not.
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

// SealedAction is an action of a sealed page.
func SealedAction(a bot.Action) bot.Action {
	return bot.Action{Key: a.Key, Kind: a.Kind, State: a.State, Due: a.Due, Attempts: a.Attempts, DoneAt: a.DoneAt}
}

// SealedRecord is the record of a sealed page.
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
