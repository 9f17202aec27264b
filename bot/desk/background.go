package desk

import (
	"context"
	"fmt"
	"slices"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

const (
	earlierShown  = 5  // records of the country in the background section of a card
	earlierLooked = 50 // how many are searched for contacts and answers
	contactsShown = 3
)

// background is the short section about a country: its other requests, known contacts, and the
// last answer or promise. Confidential records are left out.
func (w pageWriter) background(ctx context.Context, rec *intake.Record) ([]Block, error) {
	countries := countriesOf(rec)
	if len(countries) == 0 {
		return nil, nil
	}
	known, _, err := w.service.Store.List(ctx, bot.Query{Country: countries[0], Limit: earlierLooked})
	if err != nil {
		return nil, fmt.Errorf("look for earlier requests: %w", err)
	}
	known = slices.DeleteFunc(known, func(other *intake.Record) bool {
		return other.Reference == rec.Reference || other.Confidential || other.Request == nil || other.MergedInto != ""
	})
	title := Paragraph{Text: w.say("brief.title", phrases.Values{"country": w.flagged(countries[:1])}), Strong: true}
	if len(known) == 0 {
		return []Block{title, Fine{w.say("brief.none")}}, nil
	}
	lines := w.lastWord(known)
	if contacts := contactsIn(known); len(contacts) > 0 {
		lines = append(lines, w.say("brief.contacts", phrases.Values{"contacts": joined("; ", contacts...)}))
	}
	blocks := []Block{title}
	for _, other := range openFirst(known)[:min(len(known), earlierShown)] {
		blocks = append(blocks, w.row(other))
	}
	if len(lines) > 0 {
		blocks = append(blocks, Fine{joined("\n", lines...)})
	}
	return blocks, nil
}

// openFirst sorts open records before closed ones.
func openFirst(records []*intake.Record) []*intake.Record {
	sorted := slices.Clone(records)
	slices.SortStableFunc(sorted, func(a, b *intake.Record) int {
		switch {
		case a.Status.Open() == b.Status.Open():
			return 0
		case a.Status.Open():
			return -1
		}
		return 1
	})
	return sorted
}

// lastWord says when the country was last answered, and what was last agreed with it.
func (w pageWriter) lastWord(records []*intake.Record) []string {
	var answered, promised *intake.Record
	for _, rec := range records {
		if !rec.AnsweredAt.IsZero() && (answered == nil || rec.AnsweredAt.After(answered.AnsweredAt)) {
			answered = rec
		}
		if rec.Outcome == intake.OutcomeAgreed && (promised == nil || rec.ClosedAt.After(promised.ClosedAt)) {
			promised = rec
		}
	}
	var lines []string
	if answered != nil {
		lines = append(lines, w.say("brief.answered", phrases.Values{"day": answered.AnsweredAt.In(w.zone()), "reference": answered.Reference}))
	}
	if promised != nil {
		lines = append(lines, w.say("brief.promised", phrases.Values{
			"day": promised.ClosedAt.In(w.zone()), "reference": promised.Reference, "summary": cut(oneLine(promised.Request.Summary), shownReason),
		}))
	}
	return lines
}

// contactsIn are the people who last wrote on behalf of the country, without duplicates.
func contactsIn(records []*intake.Record) []string {
	var contacts []string
	for _, rec := range records {
		r := rec.Request.Requester
		contact := listed(oneLine(r.Name), oneLine(r.Title), addressOf(rec))
		if contact != "" && !slices.Contains(contacts, contact) && len(contacts) < contactsShown {
			contacts = append(contacts, contact)
		}
	}
	return contacts
}

// addressOf is the address for answers to the requester.
func addressOf(rec *intake.Record) string {
	if rec.Origin.AnswerTo.Address != "" {
		return rec.Origin.AnswerTo.Address
	}
	return rec.Origin.From.Address
}
