package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"verbale/bot"
	"verbale/intake"
)

// An act is what a press does or a form leads to, reduced to what decides who may do it and
// when.
type act struct {
	deed bot.Deed    // nil if being allowed to see the record is enough
	verb intake.Verb // that the status must allow; "" for none
	open bool        // only on open records
}

// acts maps press names to acts.
var acts = map[string]act{
	PressOpen: {}, PressLetter: {}, PressEvidence: {}, PressHistory: {},
	PressChoose:     step(intake.VerbAssign),
	PressAssign:     step(intake.VerbAssign),
	PressAccept:     step(intake.VerbAccept),
	PressDecline:    step(intake.VerbDecline),
	PressHandOver:   step(intake.VerbHandOver),
	PressTakeUp:     step(intake.VerbAskAgain),
	PressGotAnswer:  step(intake.VerbRequesterAnswered),
	PressClose:      step(intake.VerbClose),
	PressWithdraw:   step(intake.VerbWithdraw),
	PressNotRequest: step(intake.VerbNotARequest),
	PressReopen:     step(intake.VerbReopen),
	PressMerge:      step(intake.VerbMerge),
	PressMergeInto:  step(intake.VerbMerge),
	PressCorrect:    {deed: bot.Correct{}, open: true},
	PressReply:      {deed: bot.Reply{Purpose: bot.PurposeAnswer}, open: true},
	PressAsk:        {deed: bot.Reply{Purpose: bot.PurposeAsk}, verb: intake.VerbAsk},
	PressAskMissing: {deed: bot.Reply{Purpose: bot.PurposeAsk}, verb: intake.VerbAsk},
	PressSplit:      {deed: bot.Split{}, open: true},
	PressDistinct:   {deed: bot.Distinct{}},
	PressMark:       {deed: bot.Mark{Confidential: true}},
	PressUnmark:     {deed: bot.Mark{}},
	PressNote:       {deed: bot.Note{}},
	PressAskDesk:    {deed: bot.Note{}},
	PressSettle:     {deed: bot.Settle{}},
	PressFollowUp:   {},
	PressMove:       {deed: bot.Postpone{}},
	PressStop:       {deed: bot.Postpone{}},
	PressHush:       {deed: bot.Hush{}},
	PressUnhush:     {deed: bot.Hush{}},
	PressSnooze:     {deed: bot.Snooze{}},
	PressRest:       {deed: bot.Snooze{}},
	PressRemindMe:   {deed: bot.RemindMe{}, open: true},
	PressMayRemind:  {deed: bot.AskRequester{}},
	PressResults:    {deed: bot.Tell{}},
	PressNew:        {deed: bot.Enter{}},
	PressAside:      {deed: bot.Promote{}}, // shown to those who may decide about it
	PressPromote:    {deed: bot.Promote{}},
	PressJoin:       {deed: bot.Join{}},
	PressDismiss:    {deed: bot.Dismiss{}},
}

func step(v intake.Verb) act { return act{deed: bot.Advance{Verb: v}, verb: v} }

// fits reports whether a press makes sense for a record in its current state.
func fits(press string, rec *intake.Record) bool {
	a := acts[press]
	switch {
	case a.verb != "" && !slices.Contains(rec.Status.Allowed(), a.verb), a.open && !rec.Status.Open():
		return false
	case press == PressSplit:
		return rec.Request != nil && rec.Parent == "" && len(rec.Children) == 0
	case press == PressReply, press == PressAsk:
		return rec.Parent == "" // a part is answered through its parent
	case press == PressAskMissing:
		return rec.Parent == "" && rec.Request != nil && len(rec.Missing()) > 0
	case press == PressSnooze, press == PressRest:
		return len(rec.Plan) > 0 || rec.FollowUp.Next.Key != ""
	case press == PressMayRemind:
		return rec.Status == intake.StatusWaiting && !rec.FollowUp.AskRequester
	case press == PressResults:
		return rec.Status == intake.StatusAnswered || rec.Outcome == intake.OutcomeDelivered || rec.Outcome == intake.OutcomeAgreed
	case press == PressMark:
		return !rec.Confidential
	case press == PressUnmark:
		return rec.Confidential
	}
	return true
}

// may reports whether a colleague is allowed to do what a press does.
func may(by bot.Colleague, rec *intake.Record, press string) bool {
	deed := acts[press].deed
	if rec != nil && !bot.MaySee(by, rec) {
		return false
	}
	return deed == nil || bot.May(by, rec, deed)
}

// allowed returns the refusal if a colleague may not do what a press does, before a form for
// it is opened; nil if they may. Orders are checked again when they are given.
func allowed(by bot.Colleague, rec *intake.Record, press string) error {
	if refused := bot.Forbidden(by, rec, acts[press].deed); refused != nil {
		return refused
	}
	if rec != nil && !fits(press, rec) {
		return &bot.Refusal{Phrase: "refused.status", Values: map[string]any{"reference": rec.Reference, "status": string(rec.Status)}}
	}
	return nil
}

// load loads the record that a page or form is about.
func (d *Desk) load(ctx context.Context, reference string) (*intake.Record, error) {
	rec, err := d.service.Store.Load(ctx, reference)
	if errors.Is(err, bot.ErrNotFound) {
		return nil, &bot.Refusal{Phrase: "refused.no_record", Values: map[string]any{"reference": reference}, Err: err}
	}
	if err != nil {
		return nil, fmt.Errorf("load %s: %w", reference, err)
	}
	return rec, nil
}

// reach loads a record for a colleague who is about to act on it, and checks that they may.
func (d *Desk) reach(ctx context.Context, by bot.Colleague, reference, press string) (*intake.Record, error) {
	if len(by.Roles) == 0 {
		return nil, &bot.Refusal{Phrase: "refused.stranger"}
	}
	rec, err := d.load(ctx, reference)
	if err != nil {
		return nil, err
	}
	return rec, allowed(by, rec, press)
}

// look is reach for showing the content of a record: for a confidential one, the access is
// recorded first. id identifies the click.
func (d *Desk) look(ctx context.Context, by bot.Colleague, id, reference, press string) (*intake.Record, error) {
	rec, err := d.reach(ctx, by, reference, press)
	if err != nil || !rec.Confidential {
		return rec, err
	}
	if _, err := d.service.Handle(ctx, bot.Order{ID: id, By: by, Reference: reference, Seen: rec.Revision, Do: bot.View{}}); err != nil {
		return nil, err
	}
	return d.load(ctx, reference)
}
