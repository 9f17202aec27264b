package desk

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

// awayForm asks who is away, until when, and who stands in. It lists the absences already
// known.
func (d *Desk) awayForm(ctx context.Context, v interaction) (Form, error) {
	posts := d.postsOf(v.by)
	if len(posts) == 0 {
		return Form{}, &bot.Refusal{Phrase: "refused.role"}
	}
	leaves, err := d.leaves(ctx)
	if err != nil {
		return Form{}, err
	}
	var blocks []Block
	for _, leave := range leaves {
		if slices.Contains(posts, leave.Post) {
			back := Button{Label: v.say("button.back"), Press: Press{Name: PressBack, Value: leave.Post}}
			blocks = append(blocks, Row{Title: v.away(leave), Button: &back})
		}
	}
	post := Input{ID: inputPost, Label: v.say("input.post"), Kind: InputChoice, Initial: posts[:1]}
	for _, id := range posts {
		post.Options = append(post.Options, v.holderOption(id))
	}
	blocks = append(blocks, Paragraph{Text: v.say("lead.away")}, post,
		Input{ID: inputFrom, Label: v.say("input.from"), Kind: InputDate, Initial: []string{d.today().String()}},
		Input{ID: inputUntil, Label: v.say("input.until"), Hint: v.say("hint.until"), Kind: InputDate},
		Input{ID: inputStandIn, Label: v.say("input.stand_in"), Hint: v.say("hint.stand_in"), Kind: InputSearch, Optional: true},
	)
	return v.form(FormAway, blocks...), nil
}

// leaves are the recorded absences that are not over.
func (d *Desk) leaves(ctx context.Context) ([]bot.Leave, error) {
	said, err := d.service.Store.Leaves(ctx)
	if err != nil {
		return nil, fmt.Errorf("load who is away: %w", err)
	}
	var leaves []bot.Leave
	for _, id := range slices.Sorted(maps.Keys(said)) {
		if !said[id].Absence.Until.Before(d.today()) {
			leaves = append(leaves, said[id])
		}
	}
	return leaves, nil
}

// today is the current day in the office's time zone.
func (d *Desk) today() intake.Date { return intake.DateOf(d.service.Now().In(d.service.Office.Zone)) }

// postsOf are the posts whose absences a colleague may enter.
func (d *Desk) postsOf(by bot.Colleague) []string {
	var ids []string
	for _, p := range d.service.Directory.Posts {
		if bot.May(by, nil, bot.Leave{Post: p.ID}) {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

// away says who is away, until when, and who stands in.
func (w pageWriter) away(l bot.Leave) string {
	values := phrases.Values{"post": w.holder(l.Post), "from": w.day(l.Absence.From), "until": w.day(l.Absence.Until), "stand_in": ""}
	if l.StandIn == "" {
		return w.say("away.row", values)
	}
	values["stand_in"] = w.holder(l.StandIn)
	return w.say("away.row_stand_in", values)
}

// submitAway stores the absence.
func (d *Desk) submitAway(ctx context.Context, v interaction, _ Form, in Values) (Answer, error) {
	if missing := v.needs(in, inputPost, inputFrom, inputUntil); missing != nil {
		return Answer{Errors: missing}, nil
	}
	leave := bot.Leave{Post: in.First(inputPost), StandIn: in.First(inputStandIn)}
	wrong := map[string]string{}
	for input, day := range map[string]*intake.Date{inputFrom: &leave.Absence.From, inputUntil: &leave.Absence.Until} {
		parsed, err := intake.ParseDate(in.First(input))
		if err != nil {
			wrong[input] = v.say("form.date")
		}
		*day = parsed
	}
	if len(wrong) > 0 {
		return Answer{Errors: wrong}, nil
	}
	if leave.Absence.Until.Before(leave.Absence.From) {
		return Answer{Errors: map[string]string{inputUntil: v.say("refused.dates")}}, nil
	}
	if _, err := d.order(ctx, v, leave); err != nil {
		return Answer{}, err
	}
	return v.done(v.away(leave)), nil
}
