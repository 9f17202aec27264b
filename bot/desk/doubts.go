package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"verbale/bot"
	"verbale/bot/registry"
	"verbale/intake"
	"verbale/internal/phrases"
)

const (
	inView       = 4   // answers shown as buttons; if there are more, a list is shown
	longAnswer   = 100 // bytes of an answer that a list can carry; a longer one must be typed
	shownOfCards = 6   // questions in a message, which must leave room for the buttons
)

// questions shows each doubt and each similar record as a question, with buttons for users who
// may answer; most is the maximum number shown.
func (w pageWriter) questions(s cardData, most int, may func(press string) bool) []Block {
	rec := s.rec
	if !rec.Status.Open() {
		return nil
	}
	var asked [][]Block
	for _, like := range s.alike {
		if !slices.Contains(rec.Distinct, like.Reference) {
			asked = append(asked, w.likeness(rec, like, may))
		}
	}
	for _, doubt := range rec.Doubts {
		blocks := []Block{Paragraph{Text: w.question(doubt)}}
		if may(PressSettle) {
			blocks = append(blocks, w.answers(rec, doubt, may)...)
		}
		asked = append(asked, blocks)
	}
	if len(asked) <= most {
		return slices.Concat(asked...)
	}
	return append(slices.Concat(asked[:most]...), Fine{w.say("question.more", phrases.Values{"count": len(asked) - most})})
}

func (w pageWriter) question(d intake.Doubt) string {
	return w.say("question.doubt", phrases.Values{"question": w.named("question.", string(d.Field)), "reason": w.remark(d.Reason)})
}

// answers are the buttons for a doubt: its candidates, and one to confirm what was extracted.
// Many candidates become a list. If a further message may contain another request, users who
// may do so get a button to split it off.
func (w pageWriter) answers(rec *intake.Record, d intake.Doubt, may func(press string) bool) []Block {
	var blocks []Block
	var row Buttons
	if d.Field == intake.FieldSummary && may(PressSplit) && fits(PressSplit, rec) {
		row.Buttons = append(row.Buttons, w.button(PressSplit, rec, StylePlain))
	}
	candidates := slices.DeleteFunc(slices.Clone(d.Candidates), func(c string) bool { return len(c) > longAnswer })
	if len(candidates) <= inView {
		for _, c := range candidates {
			row.Buttons = append(row.Buttons, Button{Label: w.answer(d.Field, c), Press: press(PressSettle, rec, settling(d.Field, c))})
		}
	} else {
		list := Choose{Press: press(PressSettle, rec), Label: w.say("button.settle")}
		for _, c := range candidates {
			list.Options = append(list.Options, Option{Value: settling(d.Field, c), Label: w.value(d.Field, c)})
		}
		blocks = append(blocks, list)
	}
	if label := w.asRead(rec, d); label != "" {
		row.Buttons = append(row.Buttons, Button{Label: label, Press: press(PressSettle, rec, settling(d.Field, ""))})
	}
	if slices.Contains(append(intake.Fields(), intake.FieldDates), d.Field) {
		row.Buttons = append(row.Buttons, Button{Label: w.say("button.other"), Press: press(PressCorrect, rec)})
	}
	if len(row.Buttons) > 0 {
		blocks = append(blocks, row)
	}
	return blocks
}

// answer is the label of the button that settles a doubt with a value. If that closes the
// request, the label says so.
func (w pageWriter) answer(field intake.Field, value string) string {
	if field == intake.FieldStatus && value == string(intake.OutcomeWithdrawn) {
		return w.say("button.close_withdrawn")
	}
	return w.value(field, value)
}

// asRead is the label of the button that settles a doubt without changing anything; "" if it
// would be meaningless, or if another button does the same.
func (w pageWriter) asRead(rec *intake.Record, d intake.Doubt) string {
	switch d.Field {
	case intake.FieldReference:
		return w.say("button.own_matter")
	case intake.FieldKind, intake.FieldRequesterMail:
		return ""
	case intake.FieldSummary:
		return w.say("button.one_request")
	case intake.FieldLanguage:
		return w.say("button.as_read")
	case intake.FieldDates:
		return w.say("button.dates_stay")
	}
	if rec.Request == nil {
		return ""
	}
	read := rec.Request.Values(d.Field)
	if len(read) == 0 || len(read) == 1 && slices.Contains(d.Candidates, read[0]) {
		return ""
	}
	return w.say("button.as_read")
}

// settling encodes the answer to a doubt in the value of a press; an empty answer confirms
// what was extracted.
func settling(field intake.Field, value string) string { return string(field) + "=" + value }

// settlementIn decodes such a value.
func settlementIn(value string) bot.Settle {
	field, answer, _ := strings.Cut(value, "=")
	return bot.Settle{Field: intake.Field(field), Value: answer}
}

// likenesses are the records similar to a record, with reasons. If a similar record has become
// confidential, its reason is replaced, since it would disclose the content.
func (d *Desk) likenesses(ctx context.Context, rec *intake.Record) ([]intake.Likeness, error) {
	alike := slices.Clone(rec.Similar)
	for i := range alike {
		other, err := d.service.Store.Load(ctx, alike[i].Reference)
		if errors.Is(err, bot.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("load %s: %w", alike[i].Reference, err)
		}
		if other.Confidential {
			alike[i].Reason = registry.ConfidentialLikeness()
		}
	}
	return alike, nil
}

// likeness asks whether a record duplicates an earlier one. The content of the earlier one is
// only shown when it is opened, to users who may see it.
func (w pageWriter) likeness(rec *intake.Record, like intake.Likeness, may func(press string) bool) []Block {
	row := Buttons{Buttons: []Button{{Label: w.say("button.open_other", phrases.Values{"reference": like.Reference}), Press: Press{Name: PressOpen, Reference: like.Reference}}}}
	if may(PressMerge) && fits(PressMerge, rec) {
		row.Buttons = append(row.Buttons, Button{
			Label: w.say("button.merge"), Press: press(PressMerge, rec, like.Reference),
			Confirm: w.say("confirm.merge", phrases.Values{"reference": rec.Reference, "other": like.Reference}),
		})
	}
	if may(PressDistinct) {
		row.Buttons = append(row.Buttons, Button{Label: w.say("button.distinct"), Press: press(PressDistinct, rec, like.Reference)})
	}
	return []Block{Paragraph{Text: w.say("question.alike", phrases.Values{"reference": like.Reference, "reason": w.remark(like.Reason)})}, row}
}
