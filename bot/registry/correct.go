package registry

import (
	"maps"
	"slices"
	"strings"

	"verbale/bot"
	"verbale/intake"
	"verbale/routing"
)

// correct sets fields of the request. A record at the desk is routed again; an assigned one
// stays where it is.
func (s *Service) correct(m *loadedOrder, d bot.Correct) (bot.Change, error) {
	change := m.with()
	for _, field := range slices.Sorted(maps.Keys(d.Set)) {
		entry, err := s.set(change.Record, m, field, d.Set[field])
		if err != nil {
			return bot.Change{}, err
		}
		if entry.Detail != "" {
			change.History = append(change.History, entry)
		}
	}
	if len(change.History) == 0 {
		return bot.Change{}, &bot.Refusal{Phrase: "refused.empty"}
	}
	s.reconsider(m, change.Record)
	return change, nil
}

// set sets one field and returns a history entry with the change; its Detail is empty if
// nothing changed.
func (s *Service) set(rec *intake.Record, m *loadedOrder, field intake.Field, values []string) (intake.HistoryEntry, error) {
	r := intake.Request{}
	if rec.Request != nil {
		r = *rec.Request
	}
	before := strings.Join(r.Values(field), ", ")
	if bad := s.setField(&r, field, values); bad != "" {
		return intake.HistoryEntry{}, &bot.Refusal{Phrase: "refused.value", Field: field, Values: map[string]any{"field": string(field), "value": bad}}
	}
	after := strings.Join(r.Values(field), ", ")
	rec.Request = &r
	rec.Doubts = withoutDoubt(rec.Doubts, field)
	if slices.Contains(ofDates, field) {
		rec.Doubts = withoutDoubt(rec.Doubts, intake.FieldDates)
	}
	if before == after {
		return intake.HistoryEntry{}, nil
	}
	rec.Evidence = slices.DeleteFunc(slices.Clone(rec.Evidence), func(e intake.Evidence) bool { return e.Field == field })
	if !slices.Contains(rec.Corrected, field) {
		rec.Corrected = append(slices.Clone(rec.Corrected), field)
	}
	if field == intake.FieldThemes {
		r.Subjects = s.subjectsOf(r.Themes)
	}
	return m.entry(bot.WhatCorrected, "", string(field)+": "+before+" → "+after), nil
}

// ofDates are the fields that a doubt about FieldDates concerns.
var ofDates = []intake.Field{intake.FieldProposedStart, intake.FieldProposedEnd}

func withoutDoubt(doubts []intake.Doubt, field intake.Field) []intake.Doubt {
	return slices.DeleteFunc(slices.Clone(doubts), func(d intake.Doubt) bool { return d.Field == field })
}

// setField sets a field and returns the value that is invalid for it; "" if all are valid.
func (s *Service) setField(r *intake.Request, field intake.Field, values []string) (bad string) {
	for _, id := range values {
		if !s.inVocabulary(field, id) {
			return id
		}
	}
	return r.Set(field, values)
}

// inVocabulary reports whether the vocabulary contains an ID of the field. For fields without
// IDs any value is accepted.
func (s *Service) inVocabulary(field intake.Field, id string) (known bool) {
	switch field {
	case intake.FieldCountries:
		_, known = s.Vocabulary.Country(id)
	case intake.FieldThemes:
		_, known = s.Vocabulary.Theme(id)
	case intake.FieldInstruments:
		_, known = s.Vocabulary.Instrument(id)
	case intake.FieldPartners:
		_, known = s.Vocabulary.Partner(id)
	default:
		known = true
	}
	return known
}

// subjectsOf are the divisions responsible for themes named by a person, that of the main
// theme first.
func (s *Service) subjectsOf(themes []string) []intake.Subject {
	var subjects []intake.Subject
	total := float64(len(themes)*(len(themes)+1)) / 2
	for i, id := range themes {
		theme, ok := s.Vocabulary.Theme(id)
		if !ok {
			continue
		}
		weight := float64(len(themes)-i) / total
		at := slices.IndexFunc(subjects, func(x intake.Subject) bool { return x.Division == theme.Division })
		if at < 0 {
			subjects = append(subjects, intake.Subject{Division: theme.Division, Asked: true})
			at = len(subjects) - 1
		}
		subjects[at].Themes = append(subjects[at].Themes, id)
		subjects[at].Weight += weight
	}
	return subjects
}

// reconsider updates the proposed routing while the record is at the desk, and the plan.
func (s *Service) reconsider(m *loadedOrder, rec *intake.Record) {
	if rec.Owner == intake.ToDesk && rec.Request != nil {
		reading := intake.Reading{
			Kind: rec.Kind, KindReason: rec.KindReason, Language: rec.Language,
			Request: rec.Request, Evidence: rec.Evidence, Doubts: rec.Doubts,
		}
		decided := s.Router.Route(routing.Question{Reading: &reading, At: m.now.In(s.Office.Zone), Open: m.open, Leaves: m.leaves})
		rec.Routing = s.proposeAnother(rec, &decided)
	}
	s.plan(rec)
}

// settle answers the question of a doubt.
func (s *Service) settle(m *loadedOrder, d bot.Settle) (bot.Change, error) {
	if refused := m.settledMeanwhile(d.Field); refused != nil {
		return bot.Change{}, refused
	}
	switch d.Field {
	case intake.FieldKind:
		return s.settleKind(m, d.Value)
	case intake.FieldStatus:
		return s.settleStatus(m, d.Value)
	case intake.FieldTakeUp:
		return s.settleTakeUp(m, d.Value)
	case intake.FieldReference:
		return s.settleReference(m, d.Value)
	case intake.FieldRequesterMail:
		return s.confirmAddress(m, d.Value)
	case intake.FieldDates:
		return s.settleDates(m, d.Value)
	}
	if d.Value != "" {
		return s.correct(m, bot.Correct{Set: map[intake.Field][]string{d.Field: strings.Split(d.Value, ",")}})
	}
	change := m.settled(d)
	s.reconsider(m, change.Record)
	return change, nil
}

// settledMeanwhile refuses an answer to a question that somebody else has answered since the
// colleague saw it.
func (m *loadedOrder) settledMeanwhile(field intake.Field) error {
	asked := slices.ContainsFunc(m.rec.Doubts, func(d intake.Doubt) bool { return d.Field == field })
	if asked || m.Seen == 0 || m.Seen >= m.rec.Revision {
		return nil
	}
	for _, e := range slices.Backward(m.history) {
		if (e.What == bot.WhatSettled || e.What == bot.WhatCorrected) && concerns(e, field) && e.Actor != m.By.ID {
			return &bot.Refusal{Phrase: "refused.settled", Values: map[string]any{"actor": e.Actor, "at": e.At}}
		}
	}
	return nil
}

// concerns reports whether a correction or an answer is about the field of a doubt.
func concerns(e intake.HistoryEntry, field intake.Field) bool {
	about, _, _ := strings.Cut(e.Detail, ":")
	return intake.Field(about) == field || field == intake.FieldDates && slices.Contains(ofDates, intake.Field(about))
}

// settled removes a doubt from the record: the extracted value is confirmed.
func (m *loadedOrder) settled(d bot.Settle) bot.Change {
	change := m.with(m.entry(bot.WhatSettled, "", strings.TrimSuffix(string(d.Field)+": "+d.Value, ": ")))
	change.Record.Doubts = withoutDoubt(change.Record.Doubts, d.Field)
	return change
}

// settleKind decides whether a mail is a request. If it is, and was not recognised as one, it
// is read again to extract the request.
func (s *Service) settleKind(m *loadedOrder, kind string) (bot.Change, error) {
	if intake.Kind(kind) != intake.KindRequest {
		return s.makeStep(m, bot.Advance{Verb: intake.VerbNotARequest, Reason: "the desk found it to be: " + s.kindNamed(intake.Kind(kind))})
	}
	late := awaitsDesk(m.rec)
	change := m.settled(bot.Settle{Field: intake.FieldKind, Value: kind})
	rec := change.Record
	rec.Kind, rec.KindReason = intake.KindRequest, intake.Remark{ID: "kind.desk"}
	if rec.Request == nil {
		s.readAsRequest(m, rec)
	}
	s.reconsider(m, rec)
	if late {
		s.acknowledge(m.occasion, &change, s.sourceOfRecord(rec), rec.Origin.AnswerTo)
	}
	return change, nil
}

// readAsRequest extracts the request from the stored letter.
func (s *Service) readAsRequest(m *loadedOrder, rec *intake.Record) {
	rec.Request = &intake.Request{}
	if m.letter == nil {
		return
	}
	reading := s.Reader.ReadRequest(s.byItself(m.letter.Message(rec.Origin)))
	if reading.Request == nil {
		return
	}
	rec.Request, rec.Evidence, rec.Language = reading.Request, reading.Evidence, reading.Language
	rec.Doubts = append(rec.Doubts, withoutDoubt(reading.Doubts, intake.FieldKind)...)
}

// settleReference decides whether a record continues another one.
func (s *Service) settleReference(m *loadedOrder, reference string) (bot.Change, error) {
	if reference == "" || reference == m.Reference {
		return m.settled(bot.Settle{Field: intake.FieldReference}), nil
	}
	return s.makeStep(m, bot.Advance{Verb: intake.VerbMerge, Into: reference, Reason: "it belongs there"})
}

// settleDates sets both proposed days, or leaves them as they are.
func (s *Service) settleDates(m *loadedOrder, days string) (bot.Change, error) {
	if days == "" {
		return m.settled(bot.Settle{Field: intake.FieldDates}), nil
	}
	first, last, err := intake.ParseDays(days)
	if err != nil {
		return bot.Change{}, &bot.Refusal{Phrase: "refused.value", Field: intake.FieldDates, Values: map[string]any{"field": string(intake.FieldDates), "value": days}, Err: err}
	}
	return s.correct(m, bot.Correct{Set: map[intake.Field][]string{
		intake.FieldProposedStart: {first.String()}, intake.FieldProposedEnd: {last.String()},
	}})
}

// confirmAddress sets the requester's address, and acknowledges the request there if that has
// not been done, or if the acknowledgement came back.
func (s *Service) confirmAddress(m *loadedOrder, address string) (bot.Change, error) {
	if problem := s.unwritable(intake.Address{Address: address}); problem != "" || s.Directory.Internal(address) {
		return bot.Change{}, &bot.Refusal{Phrase: "refused.recipient", Values: map[string]any{"address": address}}
	}
	change := m.settled(bot.Settle{Field: intake.FieldRequesterMail, Value: lower(address)})
	rec := change.Record
	letter := s.sourceOfRecord(rec)
	letter.again = unreachable(rec, rec.Origin.AnswerTo.Address) != ""
	rec.Origin.AnswerTo = intake.Address{Address: address}
	rec.Unreachable = without(rec.Unreachable, lower(address))
	if rec.Request != nil {
		rec.Origin.AnswerTo.Name = rec.Request.Requester.Name
	}
	rec.Correspondents = s.alsoKnown(rec, bot.Reply{To: []intake.Address{rec.Origin.AnswerTo}})
	s.acknowledge(m.occasion, &change, letter, rec.Origin.AnswerTo)
	return change, nil
}
