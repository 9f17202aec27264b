package registry

import (
	"maps"
	"slices"
	"strings"

	"verbale/bot"
	"verbale/intake"
	"verbale/routing"
)

// correct sets fields of the request. What is with the desk is routed anew by
// what is known now; what is assigned stays where it is.
func (s *Service) correct(m *ordered, d bot.Correct) (bot.Change, error) {
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

// set sets one field and says in a history entry what changed; its Detail is
// empty where nothing did.
func (s *Service) set(rec *intake.Record, m *ordered, field intake.Field, values []string) (intake.HistoryEntry, error) {
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

func withoutDoubt(doubts []intake.Doubt, field intake.Field) []intake.Doubt {
	return slices.DeleteFunc(slices.Clone(doubts), func(d intake.Doubt) bool { return d.Field == field })
}

// setField returns the value that the field cannot hold; "" where all is well.
func (s *Service) setField(r *intake.Request, field intake.Field, values []string) (bad string) {
	for _, id := range values {
		if !s.inVocabulary(field, id) {
			return id
		}
	}
	return r.Set(field, values)
}

// inVocabulary reports whether the vocabulary has an id of the field; fields
// without ids hold anything.
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

// subjectsOf are the divisions that themes named by a person point to, the
// main theme's first.
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

// reconsider proposes a route by what is known now, while the desk has the
// record, and plans anew.
func (s *Service) reconsider(m *ordered, rec *intake.Record) {
	if rec.Owner == intake.ToDesk && rec.Request != nil {
		reading := intake.Reading{
			Kind: rec.Kind, KindReason: rec.KindReason, Language: rec.Language,
			Request: rec.Request, Evidence: rec.Evidence, Doubts: rec.Doubts,
		}
		decided := s.Router.Route(routing.Question{Reading: &reading, At: m.now.In(s.Office.Zone), Open: m.open, Leaves: m.leaves})
		rec.Routing = &decided
	}
	s.plan(rec)
}

// settle answers the question of a doubt.
func (s *Service) settle(m *ordered, d bot.Settle) (bot.Change, error) {
	if refused := m.settledMeanwhile(d.Field); refused != nil {
		return bot.Change{}, refused
	}
	switch d.Field {
	case intake.FieldKind:
		return s.settleKind(m, d.Value)
	case intake.FieldStatus:
		return s.settleStatus(m, d.Value)
	case intake.FieldReference:
		return s.settleReference(m, d.Value)
	case intake.FieldRequesterMail:
		return s.confirmAddress(m, d.Value)
	}
	if d.Value != "" {
		return s.correct(m, bot.Correct{Set: map[intake.Field][]string{d.Field: strings.Split(d.Value, ",")}})
	}
	change := m.settled(d)
	s.reconsider(m, change.Record)
	return change, nil
}

// settledMeanwhile refuses an answer to a question that somebody else has answered
// since the colleague saw it.
func (m *ordered) settledMeanwhile(field intake.Field) error {
	asked := slices.ContainsFunc(m.rec.Doubts, func(d intake.Doubt) bool { return d.Field == field })
	if asked || m.Seen == 0 || m.Seen >= m.rec.Revision {
		return nil
	}
	for _, e := range slices.Backward(m.history) {
		if (e.What == bot.WhatSettled || e.What == bot.WhatCorrected) && strings.HasPrefix(e.Detail+":", string(field)+":") && e.Actor != m.By.ID {
			return &bot.Refusal{Phrase: "refused.settled", Values: map[string]any{"actor": e.Actor, "at": e.At}}
		}
	}
	return nil
}

// settled takes a doubt from the record: what was read stands.
func (m *ordered) settled(d bot.Settle) bot.Change {
	change := m.with(m.entry(bot.WhatSettled, "", strings.TrimSuffix(string(d.Field)+": "+d.Value, ": ")))
	change.Record.Doubts = withoutDoubt(change.Record.Doubts, d.Field)
	return change
}

// settleKind says whether a mail is a request. One that is, and was not read as
// such, is read again for what it asks.
func (s *Service) settleKind(m *ordered, kind string) (bot.Change, error) {
	if intake.Kind(kind) != intake.KindRequest {
		return s.makeStep(m, bot.Advance{Verb: intake.VerbNotARequest, Reason: "the desk found it to be: " + s.kindNamed(intake.Kind(kind))})
	}
	change := m.settled(bot.Settle{Field: intake.FieldKind, Value: kind})
	rec := change.Record
	late := rec.Kind != intake.KindRequest
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

// readAsRequest reads the kept letter for what it asks.
func (s *Service) readAsRequest(m *ordered, rec *intake.Record) {
	rec.Request = &intake.Request{}
	if m.letter == nil {
		return
	}
	reading := s.Reader.Read(s.byItself(m.letter.Message(rec.Origin)))
	if reading.Request == nil {
		return
	}
	rec.Request, rec.Evidence, rec.Language = reading.Request, reading.Evidence, reading.Language
	rec.Doubts = append(rec.Doubts, withoutDoubt(reading.Doubts, intake.FieldKind)...)
}

// settleReference says that a record is another's continuation, or that it is
// not.
func (s *Service) settleReference(m *ordered, reference string) (bot.Change, error) {
	if reference == "" || reference == m.Reference {
		return m.settled(bot.Settle{Field: intake.FieldReference}), nil
	}
	return s.makeStep(m, bot.Advance{Verb: intake.VerbMerge, Into: reference, Reason: "it belongs there"})
}

// confirmAddress says where the requester is written to, and acknowledges the
// request there if that has not been done, or came back.
func (s *Service) confirmAddress(m *ordered, address string) (bot.Change, error) {
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
