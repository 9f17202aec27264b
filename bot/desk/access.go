package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"verbale/bot"
	"verbale/intake"
)

// A requirement is what a press does or a form leads to, reduced to what decides who may do it and
// when.
type requirement struct {
	operation bot.Operation // nil if being allowed to see the record is enough
	verb      intake.Verb   // that the status must allow; "" for none
	open      bool          // only on open records
}

// requirements maps press names to requirements.
var requirements = map[string]requirement{
	PressOpen: {}, PressLetter: {}, PressEvidence: {}, PressHistory: {},
	PressChoose:          step(intake.VerbAssign),
	PressAssign:          step(intake.VerbAssign),
	PressAccept:          step(intake.VerbAccept),
	PressDecline:         step(intake.VerbDecline),
	PressHandOver:        step(intake.VerbHandOver),
	PressTakeUp:          step(intake.VerbAskAgain),
	PressGotAnswer:       step(intake.VerbRequesterAnswered),
	PressClose:           step(intake.VerbClose),
	PressWithdraw:        step(intake.VerbWithdraw),
	PressNotRequest:      step(intake.VerbNotARequest),
	PressReopen:          step(intake.VerbReopen),
	PressMerge:           step(intake.VerbMerge),
	PressMergeInto:       step(intake.VerbMerge),
	PressCorrect:         {operation: bot.Correct{}, open: true},
	PressReply:           {operation: bot.Reply{Purpose: bot.PurposeAnswer}, open: true},
	PressAsk:             {operation: bot.Reply{Purpose: bot.PurposeAsk}, verb: intake.VerbAsk},
	PressAskMissing:      {operation: bot.Reply{Purpose: bot.PurposeAsk}, verb: intake.VerbAsk},
	PressSplit:           {operation: bot.Split{}, open: true},
	PressDistinct:        {operation: bot.Distinct{}},
	PressConfidential:    {operation: bot.SetConfidential{Confidential: true}},
	PressNotConfidential: {operation: bot.SetConfidential{}},
	PressNote:            {operation: bot.Note{}},
	PressAskDesk:         {operation: bot.Note{}},
	PressSettle:          {operation: bot.Settle{}},
	PressFollowUp:        {},
	PressMove:            {operation: bot.Postpone{}},
	PressStop:            {operation: bot.Postpone{}},
	PressMute:            {operation: bot.Mute{}},
	PressUnmute:          {operation: bot.Mute{}},
	PressSnooze:          {operation: bot.Snooze{}},
	PressSnoozeDays:      {operation: bot.Snooze{}},
	PressRemindMe:        {operation: bot.RemindMe{}, open: true},
	PressMayRemind:       {operation: bot.AskRequester{}},
	PressResults:         {operation: bot.RecordResults{}},
	PressNew:             {operation: bot.EnterRequest{}},
	PressAside:           {operation: bot.Promote{}}, // shown to those who may decide about it
	PressPromote:         {operation: bot.Promote{}},
	PressJoin:            {operation: bot.Join{}},
	PressDismiss:         {operation: bot.Dismiss{}},
}

func step(v intake.Verb) requirement { return requirement{operation: bot.Advance{Verb: v}, verb: v} }

// fits reports whether a press makes sense for a record in its current state.
func fits(press string, rec *intake.Record) bool {
	a := requirements[press]
	switch {
	case a.verb != "" && !slices.Contains(rec.Status.Allowed(), a.verb), a.open && !rec.Status.Open():
		return false
	case press == PressSplit:
		return rec.Request != nil && rec.Parent == "" && len(rec.Children) == 0
	case press == PressReply, press == PressAsk:
		return rec.Parent == "" // a part is answered through its parent
	case press == PressAskMissing:
		return rec.Parent == "" && rec.Request != nil && len(rec.Missing()) > 0
	case press == PressSnooze, press == PressSnoozeDays:
		return len(rec.Plan) > 0 || rec.FollowUp.Next.Key != ""
	case press == PressMayRemind:
		return rec.Status == intake.StatusWaiting && !rec.FollowUp.AskRequester
	case press == PressResults:
		return rec.Status == intake.StatusAnswered || rec.Outcome == intake.OutcomeDelivered || rec.Outcome == intake.OutcomeAgreed
	case press == PressConfidential:
		return !rec.Confidential
	case press == PressNotConfidential:
		return rec.Confidential
	}
	return true
}

// may reports whether a colleague is allowed to do what a press does.
func may(by bot.Colleague, rec *intake.Record, press string) bool {
	operation := requirements[press].operation
	if rec != nil && !bot.MaySee(by, rec) {
		return false
	}
	return operation == nil || bot.May(by, rec, operation)
}

// allowed returns the refusal if a colleague may not do what a press does, before a form for
// it is opened; nil if they may. Orders are checked again when they are given.
func allowed(by bot.Colleague, rec *intake.Record, press string) error {
	if refused := bot.Forbidden(by, rec, requirements[press].operation); refused != nil {
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
