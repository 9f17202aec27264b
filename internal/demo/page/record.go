package page

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"verbale/bot"
	"verbale/intake"
)

// shownRecords is how many records one can choose from.
const shownRecords = 50

// A recordRoom is the record that the page shows, and which others there are.
type recordRoom struct {
	Records []*intake.Record
	Aside   []intake.SetAside
	Record  *intake.Record // nil while there is none
	Summary string
	Fields  []shownField
	Doubts  []shownDoubt
	Letter  []shownPart
	History []intake.HistoryEntry
	Actions []bot.Action
	Support []string
}

// A shownField is a value of the request and the words behind it.
type shownField struct {
	Field  intake.Field
	Name   string
	Values []string
	Quotes []string // the words of the letter behind it
}

// A shownDoubt is a field that could not be read with confidence.
type shownDoubt struct {
	Name, Reason string
	Candidates   []string
}

// showRecord shows the record of "ref", or else the newest.
func (p *Page) showRecord(r *http.Request) (any, error) {
	ctx := r.Context()
	var room recordRoom
	var err error
	if room.Records, _, err = p.Store.List(ctx, bot.Query{Limit: shownRecords}); err != nil {
		return nil, err
	}
	if room.Aside, _, err = p.Store.SetAside(ctx, shownRecords, ""); err != nil {
		return nil, err
	}
	if len(room.Records) == 0 {
		return room, nil
	}
	room.Record = room.Records[0]
	if reference := r.FormValue("ref"); reference != "" {
		if room.Record, err = p.Store.Load(ctx, reference); err != nil {
			return nil, err
		}
	}
	return room, p.fill(ctx, &room)
}

// fill adds what belongs to the record.
func (p *Page) fill(ctx context.Context, room *recordRoom) error {
	rec := room.Record
	letter, err := p.Store.Letter(ctx, rec.Reference)
	if err != nil && !errors.Is(err, bot.ErrNotFound) {
		return fmt.Errorf("load the letter: %w", err)
	}
	if letter != nil {
		room.Letter = marked(letter.Parts, rec.Evidence)
	}
	if room.History, err = p.Store.History(ctx, rec.Reference); err != nil {
		return err
	}
	slices.Reverse(room.History)
	if room.Actions, err = p.Store.Actions(ctx, rec.Reference); err != nil {
		return err
	}
	if rec.Request != nil {
		room.Summary = rec.Request.Summary
	}
	room.Fields, room.Doubts = p.fieldsOf(rec), p.doubtsOf(rec)
	if rec.Routing != nil {
		for _, id := range slices.Concat(rec.Routing.DivisionsSupport, rec.Routing.Support) {
			if name := p.words.holder(id); !slices.Contains(room.Support, name) {
				room.Support = append(room.Support, name)
			}
		}
	}
	return nil
}

// fieldsOf are the fields that have a value, in the order in which they are told.
func (p *Page) fieldsOf(rec *intake.Record) (shown []shownField) {
	if rec.Request == nil {
		return nil
	}
	for _, field := range intake.Fields() {
		if field == intake.FieldSummary {
			continue // stands above them
		}
		f := shownField{Field: field, Name: say("field.", string(field))}
		for _, value := range rec.Request.Values(field) {
			if name := p.words.value(field, value); name != "" {
				f.Values = append(f.Values, name)
			}
		}
		for _, e := range rec.Evidence {
			if e.Field == field {
				f.Quotes = append(f.Quotes, strings.Join(strings.Fields(e.Quote), " "))
			}
		}
		if len(f.Values) > 0 {
			shown = append(shown, f)
		}
	}
	return shown
}

func (p *Page) doubtsOf(rec *intake.Record) (shown []shownDoubt) {
	for _, d := range rec.Doubts {
		s := shownDoubt{Name: say("field.", string(d.Field)), Reason: p.words.remark(d.Reason)}
		for _, candidate := range d.Candidates {
			s.Candidates = append(s.Candidates, p.words.value(d.Field, candidate))
		}
		shown = append(shown, s)
	}
	return shown
}

// Percent is how sure the routing is.
func (r recordRoom) Percent() string { return fmt.Sprintf("%.0f %%", 100*r.Record.Routing.Confidence) }

// Steps are those of the plan, with when.
func (r recordRoom) Steps() []intake.PlanStep {
	return slices.DeleteFunc(slices.Clone(r.Record.Plan), func(s intake.PlanStep) bool { return s.Step == intake.StepAcknowledge })
}

// Next is the reminder that comes next; its time is zero where none does.
func (r recordRoom) Next() intake.Reminder { return r.Record.FollowUp.Next }

// stands is how an action stands.
func (p *Page) stands(a bot.Action) string {
	switch {
	case a.State == bot.ActionPending && a.Due.After(time.Time{}):
		return "waits until " + p.short(a.Due)
	case !a.DoneAt.IsZero():
		return string(a.State) + " " + p.short(a.DoneAt)
	}
	return string(a.State)
}

// A shownPart is a text of the letter, in stretches.
type shownPart struct {
	Title     string
	Stretches []stretch
}

// Empty tells that the part has no words.
func (s shownPart) Empty() bool {
	return !slices.ContainsFunc(s.Stretches, func(of stretch) bool { return strings.TrimSpace(of.Words) != "" })
}

// A stretch is words of the letter that stand behind the same fields.
type stretch struct {
	Words  string
	Fields string // separated by spaces, "" for none
	Names  string // for people
}

// marked divides the texts of a letter at the words that the evidence cites.
func marked(parts []bot.LetterPart, evidence []intake.Evidence) (shown []shownPart) {
	for _, part := range parts {
		title := map[string]string{"subject": "Subject", "body": "Letter"}[part.Source]
		if title == "" {
			title = part.Filename
		}
		cited := slices.DeleteFunc(slices.Clone(evidence), func(e intake.Evidence) bool {
			return e.Source != part.Source || e.Start < 0 || e.End > len(part.Text.Content) || e.Start >= e.End
		})
		shown = append(shown, shownPart{title, divided(part.Text.Content, cited)})
	}
	return shown
}

func divided(text string, cited []intake.Evidence) (all []stretch) {
	bounds := []int{0, len(text)}
	for _, e := range cited {
		bounds = append(bounds, e.Start, e.End)
	}
	slices.Sort(bounds)
	bounds = slices.Compact(bounds)
	for i := range len(bounds) - 1 {
		s := stretch{Words: text[bounds[i]:bounds[i+1]]}
		var fields, names []string
		for _, e := range cited {
			if e.Start <= bounds[i] && e.End >= bounds[i+1] && !slices.Contains(fields, string(e.Field)) {
				fields, names = append(fields, string(e.Field)), append(names, say("field.", string(e.Field)))
			}
		}
		s.Fields, s.Names = strings.Join(fields, " "), strings.Join(names, ", ")
		all = append(all, s)
	}
	return all
}
