package desk

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

// runRemind parses "42 3 May at 10:00 call the ministry". If no day is typed, it opens a form.
func (d *Desk) runRemind(ctx context.Context, v interaction, l line) (Answer, error) {
	l, usage := d.aboutRecord(ctx, &v, "remind", l)
	if usage != nil {
		return *usage, nil
	}
	day, n := v.ahead(l)
	if n == 0 {
		answer, err := d.opened(ctx, v, PressRemindMe)
		if err == nil && l.rest() != "" {
			answer.Form.Blocks = filled(answer.Form.Blocks, Values{inputText: {l.rest()}})
		}
		return answer, err
	}
	clock, more := timeOf(l.from(n))
	at, ok := v.at(day, clock)
	if !ok {
		return v.explained("remind"), nil
	}
	if _, err := d.reach(ctx, v.by, v.press.Reference, PressRemindMe); err != nil {
		return Answer{}, err
	}
	if _, err := d.order(ctx, v, bot.RemindMe{At: at, Text: reasonIn(l.from(n + more))}); err != nil {
		return Answer{}, err
	}
	return v.sentence(v.say("done.remind", phrases.Values{"reference": v.press.Reference, "when": v.moment(at)})), nil
}

// runSnooze parses "42 until 10 December". If no day is typed, it opens a form.
func (d *Desk) runSnooze(ctx context.Context, v interaction, l line) (Answer, error) {
	l, usage := d.aboutRecord(ctx, &v, "snooze", l)
	if usage != nil {
		return *usage, nil
	}
	day, n := v.ahead(l)
	if n == 0 {
		return d.opened(ctx, v, PressSnooze)
	}
	return d.snoozed(ctx, v, day)
}

// snoozed suspends the assignee's reminders until a day, and confirms it.
func (d *Desk) snoozed(ctx context.Context, v interaction, until intake.Date) (Answer, error) {
	if _, err := d.reach(ctx, v.by, v.press.Reference, PressSnooze); err != nil {
		return Answer{}, err
	}
	at := until.In(v.zone())
	if _, err := d.order(ctx, v, bot.Snooze{Until: at}); err != nil {
		return Answer{}, err
	}
	return v.sentence(v.say("done.snooze", phrases.Values{"reference": v.press.Reference, "when": v.until(at)})), nil
}

// rest suspends the reminders of a record for the number of days in the press.
func (d *Desk) rest(ctx context.Context, v interaction) (Answer, error) {
	days, err := strconv.Atoi(v.press.Value)
	if err != nil {
		return Answer{}, fmt.Errorf("parse the days of a snooze: %w", err)
	}
	return d.snoozed(ctx, v, d.today().AddDays(days))
}

// runOverdue lists the overdue records, the longest overdue first.
func (d *Desk) runOverdue(ctx context.Context, v interaction, l line) (Answer, error) {
	page, err := v.list(ctx, v.by, listing{Words: cut(l.rest(), carriedWords), Overdue: true}, false)
	return Answer{Say: &page}, err
}

// runReport reports on a period; the default is this year to date.
func (d *Desk) runReport(ctx context.Context, v interaction, l line) (Answer, error) {
	from, until := intake.Date{Year: v.today().Year, Month: 1, Day: 1}, v.today()
	if len(l.words) > 0 {
		var n int
		if from, until, n = v.period(l); n == 0 {
			return v.explained("report"), nil
		}
	}
	answer, err := d.reported(ctx, from, until, v.lang)
	if err != nil {
		return Answer{}, err
	}
	answer.Say.Blocks = append(answer.Say.Blocks, Buttons{Buttons: []Button{{
		Label: v.say("button.share"), Press: Press{Name: PressShareReport, Value: from.String() + periodMark + until.String()},
	}}})
	return answer, nil
}

func (d *Desk) reported(ctx context.Context, from, until intake.Date, lang string) (Answer, error) {
	text, charts, err := d.reporter.Report(ctx, from, until, lang)
	if err != nil {
		return Answer{}, fmt.Errorf("report from %s until %s: %w", from, until, err)
	}
	var page Page
	for _, piece := range pieces(strings.TrimSpace(text), pieceOfLetter) {
		page.Blocks = append(page.Blocks, Paragraph{Text: piece})
	}
	return Answer{Say: &page, Files: charts}, nil
}

// periodMark separates the days of a period in a press.
const periodMark = ".."

// shareReport posts a report to the channel.
func (d *Desk) shareReport(ctx context.Context, v interaction) (Answer, error) {
	first, last, _ := strings.Cut(v.press.Value, periodMark)
	from, err := intake.ParseDate(first)
	if err != nil {
		return Answer{}, fmt.Errorf("parse the period of a report: %w", err)
	}
	until, err := intake.ParseDate(last)
	if err != nil {
		return Answer{}, fmt.Errorf("parse the period of a report: %w", err)
	}
	answer, err := d.reported(ctx, from, until, phrases.English)
	answer.Shared = true
	return answer, err
}

// period parses the first and last day of a period at the beginning of a line: in the forms of
// find, or "October", "Q3 2026", "first half of 2026". Without a year, it is the latest such
// period.
func (w pageWriter) period(l line) (first, last intake.Date, n int) {
	if from, end, n := w.span(l); n > 0 {
		first, last = w.datesOf(from, end)
		return first, last, n
	}
	first, last, n = w.stretchAhead(l)
	if n > 0 && w.today().Before(first) {
		first.Year, last.Year = first.Year-1, last.Year-1
	}
	return first, last, n
}
