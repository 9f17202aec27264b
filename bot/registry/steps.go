package registry

import (
	"fmt"
	"slices"
	"strings"

	"verbale/bot"
	"verbale/intake"
)

// makeStep takes a workflow step for a colleague, with its consequences.
func (s *Service) makeStep(m *loadedOrder, d bot.Advance) (bot.Change, error) {
	step, err := s.stepOf(m, d)
	if err != nil {
		return bot.Change{}, err
	}
	change := m.with()
	if err := s.step(&change, step); err != nil {
		return bot.Change{}, err
	}
	s.say(m.occasion, &change, change.History[0], d.Reason)
	switch d.Verb {
	case intake.VerbAssign, intake.VerbComplete, intake.VerbHandOver:
		s.takenUp(m, &change, step.Owner)
	case intake.VerbDecline:
		change.Record.Routing = s.proposeAnother(change.Record, change.Record.Routing)
	case intake.VerbMerge:
		change.Actions = append(change.Actions, bot.Action{
			Key: fmt.Sprintf("%s:%s:%s", bot.ActionAbsorb, d.Into, m.Reference), Kind: bot.ActionAbsorb,
			Reference: d.Into, Source: m.Reference, State: bot.ActionPending, Due: m.now,
		})
	}
	return change, nil
}

// stepOf completes a step with what the colleague need not state.
func (s *Service) stepOf(m *loadedOrder, d bot.Advance) (intake.Step, error) {
	step := intake.Step{
		Verb: d.Verb, Actor: m.By.ID, At: m.now, Reason: d.Reason,
		OnBehalf: m.rec.Owner, Owner: d.Owner, Outcome: d.Outcome, Into: d.Into,
	}
	switch d.Verb {
	case intake.VerbAssign, intake.VerbComplete:
		if step.Owner == "" && m.rec.Routing != nil {
			step.Owner = m.rec.Routing.Assignee
		}
	case intake.VerbAsk:
		return step, &bot.Refusal{Phrase: "refused.ask_by_reply"}
	case intake.VerbMerge:
		if m.other == nil || m.other.MergedInto != "" {
			return step, &bot.Refusal{Phrase: "refused.merge_target", Values: map[string]any{"reference": d.Into}}
		}
	}
	if step.Owner != "" && !s.known(step.Owner) {
		return step, &bot.Refusal{Phrase: "refused.no_post", Values: map[string]any{"post": step.Owner}}
	}
	return step, nil
}

// known reports whether an ID is in the directory.
func (s *Service) known(id string) bool {
	_, ok := s.Directory.DivisionOf(id)
	return ok
}

// takenUp applies the consequences of assigning a record: it is a request, whatever it was
// classified as, and the assignees are told.
func (s *Service) takenUp(m *loadedOrder, change *bot.Change, owner string) {
	rec := change.Record
	late := awaitsDesk(rec)
	if late {
		rec.Kind, rec.KindReason = intake.KindRequest, intake.Remark{ID: "kind.desk"}
		rec.Doubts = withoutDoubt(rec.Doubts, intake.FieldKind)
	}
	if rec.Request == nil {
		rec.Request = &intake.Request{}
	}
	s.settleTheme(m, change, owner)
	rec.Routing = s.routedBy(rec, owner)
	if rec.Backfilled {
		rec.Backfilled = false
		s.startNow(m, rec)
	}
	s.plan(rec)
	s.assign(m.occasion, change)
	if late {
		s.acknowledge(m.occasion, change, s.sourceOfRecord(rec), rec.Origin.AnswerTo)
	}
}

// settleTheme answers the question of the main theme from the assignment: if the theme
// extracted is not the new owner's, and exactly one candidate is, that one is set.
func (s *Service) settleTheme(m *loadedOrder, change *bot.Change, owner string) {
	rec := change.Record
	at := slices.IndexFunc(rec.Doubts, func(d intake.Doubt) bool { return d.Field == intake.FieldThemes })
	if at < 0 {
		return
	}
	theirs := slices.DeleteFunc(slices.Clone(rec.Doubts[at].Candidates), func(c string) bool { return !s.ownsTheme(owner, c) })
	rec.Doubts = withoutDoubt(rec.Doubts, intake.FieldThemes)
	entry := m.entry(bot.WhatSettled, "", string(intake.FieldThemes))
	if read := rec.Request.Values(intake.FieldThemes); len(theirs) == 1 && (len(read) == 0 || !s.ownsTheme(owner, read[0])) {
		if set, err := s.set(rec, m, intake.FieldThemes, strings.Split(theirs[0], ",")); err == nil {
			entry = set
		}
	}
	change.History = append(change.History, entry)
}

// ownsTheme reports whether the first of some themes belongs to the division of an owner.
func (s *Service) ownsTheme(owner, themes string) bool {
	first, _, _ := strings.Cut(themes, ",")
	theme, known := s.Vocabulary.Theme(first)
	division, ok := s.Directory.DivisionOf(owner)
	return known && ok && theme.Division == division.ID
}

// ruleDesk is the rule of a routing decided by the desk.
const ruleDesk = "desk"

// routedBy is the routing of a record that somebody assigned to a post or division.
func (s *Service) routedBy(rec *intake.Record, owner string) *intake.Routing {
	decided := intake.Routing{Assignee: owner, Rule: ruleDesk, DivisionsSupport: []string{}, Support: []string{}, Reasons: []intake.Remark{}}
	if rec.Routing != nil {
		decided = *rec.Routing
	}
	decided.Triage = false
	if rec.Routing != nil && decided.Assignee == owner {
		return &decided
	}
	before := decided.Division
	if division, ok := s.Directory.DivisionOf(owner); ok {
		decided.Division = division.ID
	}
	decided.Assignee, decided.Rule, decided.Confidence = owner, ruleDesk, 1
	decided.CarriedBy = s.carriedBy(owner, decided.CarriedBy)
	decided.Reasons = []intake.Remark{{ID: "route.given", Args: map[string]string{"owner": owner}}}
	decided.RunnerUp = intake.RunnerUp{Division: before, WhyNot: intake.Remark{ID: "runner_up.given"}}
	decided.Support = without(decided.Support, owner)
	decided.DivisionsSupport = without(decided.DivisionsSupport, decided.Division)
	return &decided
}

// carriedBy stays if the request is handled jointly; else it follows from whether the owner is
// a post or a division.
func (s *Service) carriedBy(owner string, before intake.CarriedBy) intake.CarriedBy {
	_, post := s.Directory.Post(owner)
	switch {
	case before == intake.CarriedByBoth:
		return before
	case post:
		return intake.CarriedByAdviser
	}
	return intake.CarriedByDivision
}

func without(ids []string, id string) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(other string) bool { return other == id })
}
