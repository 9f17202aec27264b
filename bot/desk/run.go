package desk

import (
	"context"
	"strings"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
	"verbale/routing"
)

// runGive assigns a record to the named owner, or opens a form if none is named. A record that
// is already assigned is handed over, whichever command was typed.
func (d *Desk) runGive(verb intake.Verb, press string) commandHandler {
	return func(ctx context.Context, v interaction, l line) (Answer, error) {
		l, usage := d.aboutRecord(ctx, &v, string(verb), l)
		if usage != nil {
			return *usage, nil
		}
		rec, err := d.reach(ctx, v.by, v.press.Reference, PressOpen)
		if err != nil {
			return Answer{}, err
		}
		verb, press := verb, press
		if !fits(PressChoose, rec) && fits(PressHandOver, rec) {
			verb, press = intake.VerbHandOver, PressHandOver
		}
		l = l.skip("to")
		if len(l.words) == 0 {
			return d.opened(ctx, v, press)
		}
		owner, n := v.holderIn(l)
		if n == 0 {
			return v.whom(string(verb), l), nil
		}
		return d.ordered(ctx, v, bot.Advance{Verb: verb, Owner: owner, Reason: reasonIn(l.from(n))})
	}
}

// reasonIn is the typed reason, without the introducing word.
func reasonIn(l line) string {
	return strings.TrimLeft(l.skip("because").rest(), ":,–— ")
}

// mostMeant is the maximum number of posts and divisions suggested.
const mostMeant = 5

// whom says that no or several owners match, and suggests some.
func (v interaction) whom(id string, l line) Answer {
	found := v.holdersNamed(l.words[0].text)
	text := v.say("command.nobody", phrases.Values{"name": cut(l.rest(), shownTitle)})
	if len(found) > 1 {
		text = v.say("command.several", phrases.Values{"name": l.words[0].text})
	}
	var row Buttons
	for _, holder := range found[:min(len(found), mostMeant)] {
		row.Buttons = append(row.Buttons, Button{Label: v.holder(holder), Press: Press{
			Name: PressCommand, Value: cut(strings.TrimSpace(v.nameOf(id)+" "+v.press.Reference+" "+holder+" "+l.from(1).rest()), carriedWords),
		}})
	}
	row.Buttons = append(row.Buttons, Button{
		Label: v.say("button." + PressChoose), Press: Press{Name: PressCommand, Value: v.nameOf(id) + " " + v.press.Reference},
	})
	return Answer{Say: &Page{Blocks: []Block{Paragraph{Text: text}, row}}}
}

func (d *Desk) runAccept(ctx context.Context, v interaction, l line) (Answer, error) {
	if _, usage := d.aboutRecord(ctx, &v, "accept", l); usage != nil {
		return *usage, nil
	}
	return d.ordered(ctx, v, bot.Advance{Verb: intake.VerbAccept})
}

// runReason takes a workflow step that needs a reason, or opens a form if none is typed.
func (d *Desk) runReason(press string) commandHandler {
	return func(ctx context.Context, v interaction, l line) (Answer, error) {
		l, usage := d.aboutRecord(ctx, &v, press, l)
		if usage != nil {
			return *usage, nil
		}
		if reason := reasonIn(l); reason != "" {
			return d.ordered(ctx, v, bot.Advance{Verb: requirements[press].verb, Reason: reason})
		}
		return d.opened(ctx, v, press)
	}
}

// runOpen opens a form for a record.
func (d *Desk) runOpen(press string) commandHandler {
	return func(ctx context.Context, v interaction, l line) (Answer, error) {
		if _, usage := d.aboutRecord(ctx, &v, press, l); usage != nil {
			return *usage, nil
		}
		return d.opened(ctx, v, press)
	}
}

func (d *Desk) runNote(ctx context.Context, v interaction, l line) (Answer, error) {
	l, usage := d.aboutRecord(ctx, &v, "note", l)
	if usage != nil {
		return *usage, nil
	}
	if l.rest() == "" {
		return d.opened(ctx, v, PressNote)
	}
	if _, err := d.order(ctx, v, bot.Note{Text: l.rest()}); err != nil {
		return Answer{}, err
	}
	return v.sentence(v.say("done.note", phrases.Values{"reference": v.press.Reference})), nil
}

// runClose closes a record if both outcome and reason are typed, else it opens a form.
func (d *Desk) runClose(ctx context.Context, v interaction, l line) (Answer, error) {
	l, usage := d.aboutRecord(ctx, &v, "close", l)
	if usage != nil {
		return *usage, nil
	}
	outcome, n := l.first(embeddedVocabulary().outcomes)
	reason := reasonIn(l.from(n))
	if n == 0 || reason == "" {
		v.press.Value = outcome // "" if none was typed
		return d.opened(ctx, v, PressClose)
	}
	return d.ordered(ctx, v, bot.Advance{Verb: intake.VerbClose, Outcome: intake.Outcome(outcome), Reason: reason})
}

func (d *Desk) runMerge(ctx context.Context, v interaction, l line) (Answer, error) {
	l, usage := d.aboutRecord(ctx, &v, "merge", l)
	if usage != nil {
		return *usage, nil
	}
	into, _, ok := d.referenceFirst(ctx, l.skip("to"))
	if !ok {
		return d.opened(ctx, v, PressMergeInto)
	}
	return d.ordered(ctx, v, bot.Advance{Verb: intake.VerbMerge, Into: into})
}

func (d *Desk) runConfidential(ctx context.Context, v interaction, l line) (Answer, error) {
	l, usage := d.aboutRecord(ctx, &v, "confidential", l)
	if usage != nil {
		return *usage, nil
	}
	key, operation := "done.mark", bot.SetConfidential{Confidential: true}
	if _, n := l.first(embeddedVocabulary().words["off"]); n > 0 {
		key, operation = "done.unmark", bot.SetConfidential{}
	}
	if _, err := d.order(ctx, v, operation); err != nil {
		return Answer{}, err
	}
	return v.sentence(v.say(key, phrases.Values{"reference": v.press.Reference})), nil
}

func (d *Desk) runShow(ctx context.Context, v interaction, l line) (Answer, error) {
	if _, usage := d.aboutRecord(ctx, &v, "show", l); usage != nil {
		return *usage, nil
	}
	var err error
	if v.rec, err = d.look(ctx, v.by, v.id, v.press.Reference, PressOpen); err != nil {
		return Answer{}, err
	}
	page, err := d.whole(ctx, v, shownOfCards)
	return Answer{Say: &page}, err
}

func (d *Desk) runFind(ctx context.Context, v interaction, l line) (Answer, error) {
	if len(l.words) == 0 {
		return v.explained("find"), nil
	}
	page, err := v.list(ctx, v.by, listing{Words: cut(l.rest(), carriedWords)}, false)
	return Answer{Say: &page}, err
}

// runList lists the open records, or those that match the words.
func (d *Desk) runList(ctx context.Context, v interaction, l line) (Answer, error) {
	_, everything := l.first(embeddedVocabulary().words["all"])
	page, err := v.list(ctx, v.by, listing{Words: cut(l.rest(), carriedWords), Open: everything == 0}, false)
	return Answer{Say: &page}, err
}

func (d *Desk) runMine(ctx context.Context, v interaction, l line) (Answer, error) {
	page, err := v.list(ctx, v.by, listing{Words: cut(l.rest(), carriedWords), Mine: true}, false)
	return Answer{Say: &page}, err
}

func (d *Desk) runNew(ctx context.Context, v interaction, l line) (Answer, error) {
	answer, err := d.opened(ctx, v, PressNew)
	if err == nil && l.rest() != "" {
		answer.Form.Blocks = filled(answer.Form.Blocks, Values{inputText: {l.rest()}})
	}
	return answer, err
}

// runAway parses "until 2026-12-10", "ra-environment 2026-12-01..2026-12-10 ra-energy" and
// "back". If no day is typed, it opens a form.
func (d *Desk) runAway(ctx context.Context, v interaction, l line) (Answer, error) {
	leave, said := v.leaveIn(l, d.postsOf(v.by))
	if leave.Post == "" || !said {
		return d.opened(ctx, v, PressAway)
	}
	if _, err := d.order(ctx, v, leave); err != nil {
		return Answer{}, err
	}
	if leave.Absence == (routing.Absence{}) {
		return v.sentence(v.say("done.back", phrases.Values{"post": v.holder(leave.Post)})), nil
	}
	return v.sentence(v.away(leave)), nil
}

// absence parses the days of an absence, in the forms of find or of ahead.
func (w pageWriter) absence(l line) (first, last intake.Date, n int) {
	if from, end, n := w.span(l); n > 0 {
		first, last = w.datesOf(from, end)
		return first, last, n
	}
	return w.stretchAhead(l)
}

// leaveIn parses an absence; said is false if no time is given. If no post is named, it is the
// colleague's own.
func (v interaction) leaveIn(l line, posts []string) (leave bot.Leave, said bool) {
	if len(v.by.Posts) > 0 && len(posts) > 0 {
		leave.Post = posts[0]
	}
	named := false
	leave.Absence.From = v.today()
	for len(l.words) > 0 {
		if _, n := l.first(embeddedVocabulary().words["back"]); n > 0 {
			return bot.Leave{Post: leave.Post}, true
		}
		first, last, n := v.absence(l)
		switch {
		case n > 0 && first != last:
			leave.Absence, said = routing.Absence{From: first, Until: last}, true
		case n > 0 && said:
			leave.Absence = routing.Absence{From: leave.Absence.Until, Until: last}
		case n > 0:
			leave.Absence.Until, said = last, true
		default:
			if id, words := v.holderIn(line{text: l.text, words: l.words[:1]}); words > 0 && !said && !named {
				leave.Post, named = id, true
			} else if words > 0 {
				leave.StandIn = id
			}
			n = 1
		}
		l = l.from(n)
	}
	return leave, said
}
