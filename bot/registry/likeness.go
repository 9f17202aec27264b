package registry

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/intake/lexicon"
)

// loadSimilar loads earlier records that may contain the same request as a mail.
func (s *Service) loadSimilar(ctx context.Context, a *arrival) (err error) {
	for _, q := range s.alikeQueries(a) {
		records, _, err := s.Store.List(ctx, q)
		if err != nil {
			return fmt.Errorf("look for similar records: %w", err)
		}
		a.alike = append(a.alike, records)
	}
	return nil
}

// mostCountries limits for how many countries of a request similar records are searched.
const mostCountries = 3

// alikeQueries select the records that a mail is compared with: those of its first country and
// its division, and the few newest of each of its countries, since a joint request may come
// from each partner, and be read differently: such letters come close together.
func (s *Service) alikeQueries(a *arrival) (queries []bot.Query) {
	r := a.reading.Request
	if r == nil || a.Backfilled || a.found != nil {
		return nil
	}
	since, limit := a.now.Add(-s.Habits.Likeness.Within), s.Habits.Likeness.Look
	for i, country := range r.Countries[:min(len(r.Countries), mostCountries)] {
		if i == 0 && len(r.Themes) > 0 {
			theme, _ := s.Vocabulary.Theme(r.Themes[0])
			queries = append(queries, bot.Query{Country: country, Division: theme.Division, Since: since, Limit: limit})
		}
		queries = append(queries, bot.Query{Country: country, Since: since, Limit: s.Habits.Likeness.Offer})
	}
	return queries
}

// similar are the earlier records that may be the same request as the one in a mail: because
// of the sender's reference, or because country and theme are the same and it is from the same
// institution or of about the same time, whatever the language; and those whose letters it
// cites.
func (s *Service) similar(a *arrival) []intake.Likeness {
	var like []intake.Likeness
	for _, rec := range slices.Concat(a.alike...) {
		if reason, alike := s.likeness(a, rec); alike && len(like) < s.Habits.Likeness.Offer {
			like = withLikeness(like, []intake.Likeness{likenessTo(rec, reason)})
		}
	}
	return withLikeness(like, a.cites)
}

// likenessTo says that a mail resembles a record, and why, unless that is confidential.
func likenessTo(rec *intake.Record, reason intake.Remark) intake.Likeness {
	if rec.Confidential {
		reason = ConfidentialLikeness()
	}
	return intake.Likeness{Reference: rec.Reference, Reason: reason}
}

// ConfidentialLikeness is the reason given for a similarity to a confidential record. The
// actual reason would disclose the request to everybody who may see the similar record.
func ConfidentialLikeness() intake.Remark { return intake.Remark{ID: "alike.confidential"} }

// redrawAlike redraws the cards that say why a record resembles one that has become
// confidential.
func (s *Service) redrawAlike(ctx context.Context, a bot.Action) error {
	q := bot.Query{Asks: true, Limit: lookedThrough}
	for {
		asking, next, err := s.Store.List(ctx, q)
		if err != nil {
			return fmt.Errorf("search for records similar to %s: %w", a.Reference, err)
		}
		for _, rec := range asking {
			if !resembles(rec, a.Reference) {
				continue
			}
			if _, err := s.commit(ctx, "the card of "+rec.Reference, func() (bot.Change, error) {
				return s.redrawn(ctx, rec.Reference, a)
			}); err != nil {
				return err
			}
		}
		if q.Cursor = next; next == "" {
			return nil
		}
	}
}

// lookedThrough is the page size for searching records.
const lookedThrough = 1000

func resembles(rec *intake.Record, reference string) bool {
	return slices.ContainsFunc(rec.Similar, func(l intake.Likeness) bool { return l.Reference == reference })
}

// redrawn is the change that removes the reason for a record's similarity to another.
func (s *Service) redrawn(ctx context.Context, reference string, a bot.Action) (bot.Change, error) {
	m, err := s.loadOwnOrder(ctx, reference)
	if err != nil {
		return bot.Change{}, err
	}
	change := m.with()
	change.Once = a.Key + ":" + reference
	change.Record.Similar = slices.Clone(m.rec.Similar)
	for i := range change.Record.Similar {
		if l := &change.Record.Similar[i]; l.Reference == a.Reference {
			l.Reason = ConfidentialLikeness()
		}
	}
	s.finish(m.occasion, &change)
	return change, nil
}

// withLikeness adds likenesses to records that are not listed yet.
func withLikeness(like, further []intake.Likeness) []intake.Likeness {
	for _, l := range further {
		if !slices.ContainsFunc(like, func(known intake.Likeness) bool { return known.Reference == l.Reference }) {
			like = append(like, l)
		}
	}
	return like
}

// likeness says why a mail may contain the same request as a record; false if it does not seem
// to.
func (s *Service) likeness(a *arrival, rec *intake.Record) (intake.Remark, bool) {
	r, other := a.reading.Request, rec.Request
	if other == nil || rec.MergedInto != "" || rec.Parent != "" {
		return intake.Remark{}, false
	}
	sameRef := r.OfficialRef != "" && lexicon.FoldString(r.OfficialRef) == lexicon.FoldString(other.OfficialRef)
	if sameRef && s.sameCountry(r, other) {
		return intake.Remark{ID: "alike.number", Args: map[string]string{"number": r.OfficialRef}}, true
	}
	if !s.sameCountry(r, other) {
		return intake.Remark{}, false
	}
	theme := len(common(r.Themes, other.Themes)) > 0
	if theme && s.sameInstitution(a, rec) {
		return intake.Remark{ID: "alike.institution"}, true
	}
	if reason, joint := s.jointly(a, rec); joint {
		return reason, true
	}
	return intake.Remark{ID: "alike.time"}, theme && near(a.ReceivedAt, rec.ReceivedAt, s.Habits.Likeness.Near)
}

// jointly says why a mail may be the other partner's letter for the same joint request,
// whatever themes were read in either; false if it does not seem to be.
func (s *Service) jointly(a *arrival, rec *intake.Record) (intake.Remark, bool) {
	soon := near(a.ReceivedAt, rec.ReceivedAt, s.Habits.Likeness.Near)
	copied := !s.ofTheRequester(rec, a.Message.From.Address) && slices.Contains(rec.Correspondents, lower(a.Message.From.Address))
	switch {
	case s.sameSubject(a, rec) && (soon || copied):
		return intake.Remark{ID: "alike.subject"}, true
	case copied && soon:
		return intake.Remark{ID: "alike.copied"}, true
	case soon && len(common(a.reading.Request.Countries, rec.Request.Countries)) > 1:
		return intake.Remark{ID: "alike.countries"}, true
	}
	return intake.Remark{}, false
}

// common are the elements of both lists.
func common(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(id string) bool { return !slices.Contains(b, id) })
}

func (s *Service) sameCountry(r, other *intake.Request) bool {
	return slices.ContainsFunc(r.Countries, func(id string) bool { return slices.Contains(other.Countries, id) })
}

func (s *Service) sameInstitution(a *arrival, rec *intake.Record) bool {
	mine, theirs := lexicon.FoldString(a.reading.Request.Institution), lexicon.FoldString(rec.Request.Institution)
	named := mine != "" && theirs != "" && (strings.Contains(mine, theirs) || strings.Contains(theirs, mine))
	return named || s.sameInstitutionDomain(a.Message.From.Address, rec.Origin.From.Address)
}

func near(a, b time.Time, within time.Duration) bool { return a.Sub(b).Abs() <= within }

// hold delays the acknowledgement of a new record with similar ones, since the desk may find
// that the same letter has just been acknowledged.
func (s *Service) hold(a *arrival, change *bot.Change) {
	if len(change.Record.Similar) == 0 || !s.Office.Slack {
		return
	}
	for i := range change.Actions {
		if change.Actions[i].Kind == bot.ActionAcknowledge {
			change.Actions[i].Due = a.now.Add(s.Habits.Likeness.Hold)
		}
	}
}

// distinct notes that a record is not the same request as one it resembles.
func (s *Service) distinct(m *loadedOrder, d bot.Distinct) (bot.Change, error) {
	change := m.with(m.entry(bot.WhatDistinct, "", d.Other))
	rec := change.Record
	rec.Similar = slices.DeleteFunc(slices.Clone(rec.Similar), func(l intake.Likeness) bool { return l.Reference == d.Other })
	if !slices.Contains(rec.Distinct, d.Other) {
		rec.Distinct = append(slices.Clone(rec.Distinct), d.Other)
	}
	return change, nil
}
