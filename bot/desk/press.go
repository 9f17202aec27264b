package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"verbale/bot"
	"verbale/intake"
	"verbale/routing"
)

// An interaction is one interaction of a colleague, and what it is about.
type interaction struct {
	pageWriter
	by    bot.Colleague
	id    string // of the click
	press Press
	rec   *intake.Record // nil if it is not about a record
}

func (d *Desk) newInteraction(by bot.Colleague, id string, p Press) interaction {
	return interaction{pageWriter: d.in(by.Language), by: by, id: id, press: p}
}

// Press handles a click on a button, menu or list: it opens a form, shows a page, or gives an
// order. id identifies the click; the order of one click is committed only once. If something
// is not allowed, the error is a *bot.Refusal.
func (d *Desk) Press(ctx context.Context, by bot.Colleague, id string, p Press) (Answer, error) {
	if len(by.Roles) == 0 {
		return Answer{}, &bot.Refusal{Phrase: "refused.stranger"}
	}
	if p.Name == PressMore {
		p.Name, p.Value = p.Value, ""
	}
	v := d.newInteraction(by, id, p)
	if open, ok := d.openers[p.Name]; ok {
		return d.open(ctx, v, open)
	}
	if answer, ok := d.pages[p.Name]; ok {
		return answer(ctx, v)
	}
	operation, ok := operationOf(p)
	if !ok {
		return Answer{}, fmt.Errorf("unknown press %q", p.Name)
	}
	return d.obey(ctx, v, operation)
}

// withoutRecord are the presses whose forms are not about a record.
var withoutRecord = []string{PressNew, PressAway, PressAside}

// open opens a form.
func (d *Desk) open(ctx context.Context, v interaction, open opener) (Answer, error) {
	var err error
	if slices.Contains(withoutRecord, v.press.Name) {
		err = allowed(v.by, nil, v.press.Name)
	} else {
		v.rec, err = d.look(ctx, v.by, v.id, v.press.Reference, v.press.Name)
	}
	if err != nil {
		return Answer{}, err
	}
	if v.rec != nil {
		v.press.Revision = v.rec.Revision
	}
	form, err := open(ctx, v)
	if err != nil {
		return Answer{}, err
	}
	form.Press = v.press
	return Answer{Form: &form}, nil
}

// obey gives the order of a press.
func (d *Desk) obey(ctx context.Context, v interaction, operation bot.Operation) (Answer, error) {
	_, err := d.order(ctx, v, operation)
	if err != nil {
		return Answer{}, err
	}
	return Answer{Home: true}, nil
}

func (d *Desk) order(ctx context.Context, v interaction, operation bot.Operation) (bot.Committed, error) {
	done, err := d.service.Handle(ctx, bot.Order{ID: v.id, By: v.by, Reference: v.press.Reference, Seen: v.press.Revision, Do: operation})
	if refused, ok := errors.AsType[*bot.Refusal](err); ok {
		d.log.InfoContext(ctx, "order refused", "order", fmt.Sprintf("%T", operation), "reference", v.press.Reference, "why", refused.Phrase)
	}
	return done, err
}

// operationOf is the order for a press that needs no form.
func operationOf(p Press) (bot.Operation, bool) {
	switch p.Name {
	case PressAssign:
		return bot.Advance{Verb: intake.VerbAssign, Owner: p.Value}, true
	case PressAccept, PressTakeUp, PressGotAnswer:
		return bot.Advance{Verb: requirements[p.Name].verb}, true
	case PressMerge:
		return bot.Advance{Verb: intake.VerbMerge, Into: p.Value}, true
	case PressDistinct:
		return bot.Distinct{Other: p.Value}, true
	case PressSettle:
		return settlementIn(p.Value), true
	case PressConfidential, PressNotConfidential, PressMayRemind:
		return requirements[p.Name].operation, true
	case PressStop:
		return bot.Postpone{Key: p.Value}, true
	case PressMute, PressUnmute:
		return bot.Mute{Step: intake.StepName(p.Value), Off: p.Name == PressMute}, true
	case PressPromote:
		return bot.Promote{Identity: p.Value}, true
	case PressJoin:
		return bot.Join{Identity: p.Value}, true
	case PressDismiss:
		return bot.Dismiss{Identity: p.Value}, true
	case PressBack:
		return bot.Leave{Post: p.Value, Absence: routing.Absence{}}, true
	}
	return nil, false
}
