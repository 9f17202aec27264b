package desk_test

import (
	"strings"
	"testing"

	"verbale/bot"
	"verbale/bot/registry"
	"verbale/intake"
	"verbale/internal/golden"
)

// TestCardsAtTheDesk draws the card of each state as it appears in the desk's channel.
func TestCardsAtTheDesk(t *testing.T) {
	assigned := intake.HistoryEntry{At: after(-1), Actor: triage.ID, What: "assign", From: intake.StatusNeedsTriage, To: intake.StatusAssigned, Detail: "ra-environment"}
	for name, card := range map[string]struct {
		rec     intake.Record
		history []intake.HistoryEntry
	}{
		"unread": {rec: request(42, as(intake.StatusNeedsReading, intake.ToDesk), func(r *intake.Record) {
			r.Kind, r.KindReason, r.Request, r.Routing, r.Evidence = intake.KindOther, intake.Remark{ID: intake.ReasonUnreadable}, nil, nil, nil
		})},
		"triage": {rec: request(42)},
		"doubts": {rec: request(42,
			asked(intake.FieldCountries, "the letter names several States", "KG", "UZ"),
			asked(intake.FieldThemes, "themes of two divisions are about as strong", "air", "water", "waste", "industrial-accidents", "environmental-policy"),
			asked(intake.FieldKind, "it may be a reminder", "request", "follow_up"),
			asked(intake.FieldServices, "the letter does not say plainly"),
			asked(intake.FieldReference, "it continues the thread of a record that is closed", "TC-2026-00007"),
			asked(intake.FieldRequesterMail, "a colleague passed the letter on", "someone@mail.example"),
			asked(intake.FieldInstitution, "two institutions speak", strings.Repeat("A very long name of an institution ", 20), "Agency"),
			asked(intake.FieldOfficial, "few signs of an official letter", "true", "false"),
		)},
		"asks-more": {rec: request(42, held(intake.StatusAccepted),
			asked(intake.FieldSummary, "a further mail seems to ask for something else as well"),
		)},
		"asks-more-of-a-part": {rec: request(42, held(intake.StatusAccepted), func(r *intake.Record) { r.Parent = "TC-2026-00041" },
			asked(intake.FieldSummary, "a further mail seems to ask for something else as well"),
		)},
		"alike": {rec: request(42, func(r *intake.Record) {
			r.Similar = []intake.Likeness{{Reference: "TC-2026-00041", Reason: intake.Remark{ID: "alike.institution"}}, {Reference: "TC-2026-00040", Reason: intake.Plain("the same country and theme")}}
			r.Distinct = []string{"TC-2026-00040"}
		})},
		"assigned": {rec: request(42, held(intake.StatusAssigned)), history: []intake.HistoryEntry{assigned}},
		"accepted": {rec: request(42, held(intake.StatusAccepted))},
		"waiting":  {rec: request(42, held(intake.StatusWaiting))},
		"answered": {rec: request(42, held(intake.StatusAnswered))},
		"closed": {rec: request(42, held(intake.StatusClosed), func(r *intake.Record) {
			r.Outcome, r.MergedInto = intake.OutcomeDuplicate, "TC-2026-00041"
		})},
		"part":         {rec: request(42, func(r *intake.Record) { r.Parent = "TC-2026-00041" })},
		"entered":      {rec: request(42, func(r *intake.Record) { r.Entered, r.Request.Official = true, false })},
		"backfilled":   {rec: request(42, func(r *intake.Record) { r.Backfilled, r.Plan = true, nil })},
		"confidential": {rec: request(42, held(intake.StatusAssigned), confidential, asked(intake.FieldCountries, "unclear", "KG"))},
		"overdue": {rec: request(42, held(intake.StatusAssigned), late(3), func(r *intake.Record) {
			r.FollowUp.Next = intake.Reminder{Key: "accept.x.2", Step: intake.StepAccept, To: intake.ToChief, At: after(21)}
		})},
		"hours-late": {rec: request(42, func(r *intake.Record) { r.Plan[1].At = after(-2) })},
		"asked": {rec: request(42, held(intake.StatusWaiting), func(r *intake.Record) {
			r.FollowUp = intake.FollowUp{Waiting: after(-30), RequesterBack: after(72), Next: intake.Reminder{Key: "requester.x.1", To: intake.ToRequester, At: after(90)}}
		})},
		"snoozed": {rec: request(42, held(intake.StatusAccepted), func(r *intake.Record) {
			r.FollowUp = intake.FollowUp{Snoozed: after(60), Next: intake.Reminder{Key: "answer.x.1", To: "ra-environment", At: after(69)}}
		})},
		"results": {rec: request(42, held(intake.StatusClosed), func(r *intake.Record) {
			r.Outcome, r.Results = intake.OutcomeDelivered, &intake.Results{
				Outputs: "A draft law and a training", PeopleTrained: 24, Women: 11, Instruments: []string{"water-convention"}, NextStep: "Second mission in autumn", By: holder.ID, At: after(-3),
			}
		})},
		"lacking": {rec: request(42, func(r *intake.Record) {
			r.Request.Institution, r.Request.ProposedStart, r.Request.ProposedEnd = "", intake.Date{}, intake.Date{}
			r.Unreachable = []string{"a.official@water.gov.kg"}
		}, asked(intake.FieldStatus, "the requester seems to withdraw the request", "withdrawn", "open"))},
		"asks-again": {rec: request(42, held(intake.StatusAnswered), func(r *intake.Record) {
			r.FollowUp.AskedAgain = after(-2)
			r.Plan = []intake.PlanStep{{At: after(22), Step: intake.StepTakeUp, To: "ra-environment"}}
			r.Doubts = []intake.Doubt{{
				Field: intake.FieldTakeUp, Reason: intake.Remark{ID: "doubt.asks_again", Args: map[string]string{"words": "Who bears the costs?"}},
				Candidates: []string{"ask_again", "nothing_more"},
			}}
		})},
		"other-days": {rec: request(42, held(intake.StatusAccepted), func(r *intake.Record) {
			r.Doubts = []intake.Doubt{{
				Field: intake.FieldDates, Reason: intake.Remark{ID: "doubt.other_days", Args: map[string]string{"words": "Please come from 10 to 14 May."}},
				Candidates: []string{"2027-05-10/2027-05-14"},
			}}
		})},
		"attachments": {rec: request(42, func(r *intake.Record) {
			r.Origin.Attachments = []string{"note verbale\n12.pdf", "", "annex.docx"}
		})},
		"long": {rec: request(42, func(r *intake.Record) { r.Request.Summary = strings.Repeat("Very long ask. ", 100) })},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			h.keep(card.rec, card.history...)
			page, err := h.Card(ctx, card.rec.Reference, bot.RoomDesk)
			if err != nil {
				t.Fatal(err)
			}
			golden.Compare(t, "testdata/card-"+name+".txt", picture(page))
		})
	}
}

// The card gives the reason why the desk has to decide, not cut short, and only until the desk
// has decided.
func TestWhyTheDeskDecides(t *testing.T) {
	long := intake.Plain(strings.Repeat("the main theme is read from many words; ", 9))
	why := intake.Remark{ID: "triage.doubt", Args: map[string]string{"field": string(intake.FieldThemes)}}
	of := func(status intake.Status, owner string) string {
		h := open(t)
		h.keep(request(42, as(status, owner), func(r *intake.Record) { r.Routing.Reasons = []intake.Remark{long, why} }))
		page, err := h.Card(ctx, "TC-2026-00042", bot.RoomDesk)
		if err != nil {
			t.Fatal(err)
		}
		return picture(page)
	}
	const said = "the desk decides: a doubt stands on"
	if card := of(intake.StatusNeedsTriage, intake.ToDesk); !strings.Contains(card, said) {
		t.Errorf("not said, though the desk has to decide:\n%s", card)
	}
	if card := of(intake.StatusAssigned, "ra-environment"); strings.Contains(card, said) {
		t.Errorf("still said, though the desk has decided:\n%s", card)
	}
}

func TestCardOfARequestInParts(t *testing.T) {
	h := open(t)
	h.keep(request(43, held(intake.StatusAccepted), func(r *intake.Record) { r.Parent = "TC-2026-00042" }))
	h.keep(request(42, func(r *intake.Record) { r.Children = []string{"TC-2026-00043", "TC-2026-00044"} }))
	page, err := h.Card(ctx, "TC-2026-00042", bot.RoomDesk)
	if err != nil {
		t.Fatal(err)
	}
	golden.Compare(t, "testdata/card-parts.txt", picture(page))
}

// TestCardsOfTheOwner draws the direct message to the adviser, with the country brief.
func TestCardsOfTheOwner(t *testing.T) {
	for name, rec := range map[string]intake.Record{
		"assigned": request(42, held(intake.StatusAssigned)),
		"accepted": request(42, held(intake.StatusAccepted)),
		"waiting":  request(42, held(intake.StatusWaiting)),
		"answered": request(42, held(intake.StatusAnswered)),
		"gone":     request(42, as(intake.StatusAssigned, "ra-transport")),
		"closed":   request(42, held(intake.StatusAssigned), confidential),
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			h.keep(rec)
			h.keep(request(30, held(intake.StatusClosed), func(r *intake.Record) {
				r.Outcome, r.AnsweredAt, r.ClosedAt = intake.OutcomeAgreed, after(-900), after(-800)
			}))
			h.keep(request(31, held(intake.StatusAccepted), func(r *intake.Record) { r.Request.Requester.Name = "Bakyt Second" }))
			h.keep(request(32, confidential, func(r *intake.Record) { r.Request.Requester.Name = "Secret Person" }))
			page, err := h.Card(ctx, rec.Reference, "ra-environment")
			if err != nil {
				t.Fatal(err)
			}
			golden.Compare(t, "testdata/owner-"+name+".txt", picture(page))
		})
	}
}

func TestCardIsInTheLanguageOfThePost(t *testing.T) {
	h := open(t, func(o *registry.Options) {
		for i := range o.Directory.Posts {
			if o.Directory.Posts[i].ID == "ra-environment" {
				o.Directory.Posts[i].Languages = []string{"uz", "fr"}
			}
		}
	})
	h.keep(request(42, held(intake.StatusAssigned)))
	page, err := h.Card(ctx, "TC-2026-00042", "ra-environment")
	if err != nil {
		t.Fatal(err)
	}
	golden.Compare(t, "testdata/owner-french.txt", picture(page))
}

func TestSummaryPutsOfficialLettersFirst(t *testing.T) {
	h := open(t)
	h.keep(request(1, func(r *intake.Record) { r.Request.Official = false }))
	h.keep(request(2, func(r *intake.Record) { r.Request.Urgency = intake.UrgencyNormal }))
	h.keep(request(3))
	h.keep(request(4, confidential))
	page, err := h.Summary(ctx, bot.Action{Records: []string{"TC-2026-00001", "TC-2026-00002", "TC-2026-00099", "TC-2026-00003", "TC-2026-00004"}})
	if err != nil {
		t.Fatal(err)
	}
	golden.Compare(t, "testdata/summary.txt", picture(page))
}

func TestPosts(t *testing.T) {
	h := open(t)
	ref, hidden := h.keep(request(42)), h.keep(request(43, confidential))
	mail := bot.Post{Title: "Mail from a.official@water.gov.kg", Body: "Any news?\n<!channel>", Language: "en"}
	aside := bot.Post{Title: "Does it belong?", Body: "Hello", Identity: "stranger@mail.example", Language: "fr"}
	digest := bot.Post{Title: "Digest of 25 November 2026", Language: "en", Sections: []bot.PostSection{
		{Title: "New: 2", Records: []string{ref, hidden}, Lines: []string{ref + ", Kyrgyzstan", hidden}},
	}}
	var out strings.Builder
	for _, a := range []bot.Action{
		{Kind: bot.ActionPost, Post: &digest},
		{Kind: bot.ActionPost, Reference: ref, Post: &mail}, {Kind: bot.ActionPost, Reference: ref, Post: &aside},
		{Kind: bot.ActionPost, Reference: hidden, Post: &mail},
	} {
		page, err := h.Post(ctx, a)
		if err != nil {
			t.Fatal(err)
		}
		out.WriteString(picture(page) + "\n")
	}
	golden.Compare(t, "testdata/posts.txt", out.String())
}
