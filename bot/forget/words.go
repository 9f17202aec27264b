package forget

import (
	"slices"
	"strings"
	"time"

	"verbale/bot"
	"verbale/intake"
)

// withoutWords is a record reduced to statistical data and what was done. Fields not listed
// here are erased.
func withoutWords(rec *intake.Record) intake.Record {
	kept := intake.Record{
		Reference: rec.Reference, Revision: rec.Revision, Status: rec.Status, Outcome: rec.Outcome, Before: rec.Before,
		Owner: rec.Owner, Kind: rec.Kind, Language: rec.Language, Plan: rec.Plan,
		Origin: intake.Origin{
			Subject: bot.ForgottenMark, From: intake.Address{Name: bot.ForgottenMark}, Date: rec.Origin.Date, Place: rec.Origin.Place,
		},
		ReceivedAt: rec.ReceivedAt, UpdatedAt: rec.UpdatedAt, AssignedAt: rec.AssignedAt, AnsweredAt: rec.AnsweredAt,
		ClosedAt: rec.ClosedAt, Backfilled: rec.Backfilled,
		Parent: rec.Parent, Children: rec.Children, MergedInto: rec.MergedInto, Confidential: rec.Confidential,
		Entered: rec.Entered, Corrected: rec.Corrected, Distinct: rec.Distinct, Rooms: rec.Rooms, Forgotten: rec.Forgotten,
		FollowUp: followUpWithoutWords(rec.FollowUp),
	}
	for _, l := range rec.Similar {
		kept.Similar = append(kept.Similar, intake.Likeness{Reference: l.Reference})
	}
	if rec.Request != nil {
		kept.Request = requestWithoutWords(rec.Request)
	}
	if r := rec.Routing; r != nil {
		routing := *r
		routing.Reasons, routing.RunnerUp.WhyNot = []intake.Remark{}, intake.Remark{}
		kept.Routing = &routing
	}
	if r := rec.Results; r != nil {
		results := *r
		results.Outputs, results.NextStep = marked(r.Outputs), marked(r.NextStep)
		kept.Results = &results
	}
	return kept
}

// marked is the erasure mark, or "" if there was no text.
func marked(words string) string {
	if words == "" {
		return ""
	}
	return bot.ForgottenMark
}

func requestWithoutWords(r *intake.Request) *intake.Request {
	return &intake.Request{
		Countries: r.Countries, Scope: r.Scope, Services: r.Services, Themes: r.Themes, Instruments: r.Instruments,
		Urgency: r.Urgency, ReplyBy: r.ReplyBy, ProposedStart: r.ProposedStart, ProposedEnd: r.ProposedEnd,
		Partners: r.Partners, Funding: r.Funding, Official: r.Official, Subjects: r.Subjects,
		Institution: marked(r.Institution), OfficialRef: marked(r.OfficialRef), Summary: marked(r.Summary),
		Requester: intake.Requester{Name: marked(r.Requester.Name), Title: marked(r.Requester.Title)},
	}
}

// followUpWithoutWords keeps which reminders were sent to whom and when.
func followUpWithoutWords(f intake.FollowUp) intake.FollowUp {
	wordless := func(r intake.Reminder) intake.Reminder { r.Text = marked(r.Text); return r }
	f.Ledger, f.Own = mapped(f.Ledger, wordless), mapped(f.Own, wordless)
	f.Next = wordless(f.Next)
	return f
}

// mapped is a list with a function applied to each element; nil stays nil.
func mapped[T any](list []T, change func(T) T) []T {
	out := slices.Clone(list)
	for i := range out {
		out[i] = change(out[i])
	}
	return out
}

// telling are the entries whose detail is kept, since it names nobody: directory IDs,
// outcomes, references, steps, dates.
var telling = []string{
	string(intake.VerbComplete), string(intake.VerbAssign), string(intake.VerbHandOver), string(intake.VerbAccept),
	string(intake.VerbClose), string(intake.VerbWithdraw), string(intake.VerbMerge), string(intake.VerbNotARequest),
	bot.WhatAbsorbed, bot.WhatDistinct, bot.WhatSplit, bot.WhatSnoozed, bot.WhatMuted, bot.WhatUnmuted, bot.WhatRemindMe, bot.WhatParked,
}

// entryWithoutWords keeps who did what when. Text written by people, and the identity of
// people who are not colleagues, is erased.
func (f *Forgetter) entryWithoutWords(e intake.HistoryEntry) intake.HistoryEntry {
	if e.What == bot.WhatForgotten {
		return e
	}
	if strings.Contains(e.Actor, "@") && !f.registry.Directory.Internal(e.Actor) {
		e.Actor = bot.ForgottenMark
	}
	if ruled := e.What == intake.WhatRecorded && e.To == intake.StatusAssigned; !ruled {
		e.Reason = marked(e.Reason)
	}
	switch {
	case slices.Contains(telling, e.What):
	case e.What == bot.WhatCorrected, e.What == bot.WhatSettled:
		e.Detail = changeWithoutWords(e.Detail)
	case f.ofOurs(e.Detail):
	default:
		e.Detail = ""
	}
	return e
}

// ofOurs reports whether a detail is the key of an action, followed by its result.
func (f *Forgetter) ofOurs(detail string) bool {
	key, _, _ := strings.Cut(detail, " ")
	return strings.Contains(key, ":") && f.references.MatchString(key)
}

// changeWithoutWords keeps which field a colleague changed, and the values if they are IDs.
func changeWithoutWords(detail string) string {
	name, _, changed := strings.Cut(detail, ": ")
	if !changed || !slices.Contains(worded, intake.Field(name)) {
		return detail
	}
	return name + ": " + bot.ForgottenMark + " → " + bot.ForgottenMark
}

// worded are the fields whose values are texts rather than IDs or dates.
var worded = []intake.Field{
	intake.FieldInstitution, intake.FieldRequesterName, intake.FieldRequesterPost, intake.FieldRequesterMail,
	intake.FieldOfficialRef, intake.FieldSummary, intake.FieldStatus,
}

// actionWithoutWords keeps what an action did and its result. Pending messages are not sent
// any more.
func actionWithoutWords(a bot.Action, now time.Time) bot.Action {
	switch a.Kind {
	case bot.ActionForget, bot.ActionErase, bot.ActionCard, bot.ActionSummary, bot.ActionDigest, bot.ActionAdopt, bot.ActionAbsorb, bot.ActionMakeConfidential:
		a.LastError = ""
		return a
	}
	if a.State == bot.ActionPending || a.State == bot.ActionParked {
		a.State, a.Result, a.DoneAt = bot.ActionSkipped, bot.ForgottenMark, now
	}
	a.RateGroup, a.LastError, a.Deferred = "", "", false
	if a.Mail != nil {
		a.Mail = &bot.Mail{
			MessageID: a.Mail.MessageID, To: []intake.Address{{Name: bot.ForgottenMark}}, Subject: bot.ForgottenMark, Text: bot.ForgottenMark,
			Language: a.Mail.Language, Automatic: a.Mail.Automatic,
		}
	}
	if a.Post != nil {
		a.Post = &bot.Post{Title: bot.ForgottenMark, Language: a.Post.Language, Reminder: a.Post.Reminder, Step: a.Post.Step}
	}
	if a.Part != nil {
		a.Part = &bot.Part{Summary: bot.ForgottenMark, Themes: a.Part.Themes, Services: a.Part.Services, Owner: a.Part.Owner}
	}
	return a
}
