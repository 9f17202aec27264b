package registry

import (
	"slices"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

// setAside keeps a mail that becomes no record, with its kind and the reason.
func (s *Service) setAside(a *arrival, reason intake.Remark) bot.Change {
	reference := a.reading.Reference
	if reference == "" && a.found != nil {
		reference = a.found.Reference
	}
	return bot.Change{
		Arrival: a.arrived(bot.ArrivalSetAside), Letter: letterOf(a.Message),
		SetAside: &intake.SetAside{
			Identity: a.Message.Identity(), Kind: a.reading.Kind, KindReason: reason,
			Language: a.reading.Language, Reference: reference, Doubts: a.reading.Doubts,
			Origin: s.originOf(a.Message, a.Place), ReceivedAt: a.ReceivedAt,
		},
	}
}

// fromStranger keeps a mail that speaks of a record whose correspondents its
// sender is none of; the desk confirms before it joins.
func (s *Service) fromStranger(a *arrival) bot.Change {
	why := intake.Remark{ID: "kind.of_stranger", Args: map[string]string{"reference": a.found.Reference}}
	return s.toConfirm(a, why, intake.Remark{ID: "doubt.stranger"}, "post.aside_asks")
}

// readsLikeMachine reports whether it is by the words alone that a mail of somebody
// who is known to its record is taken for a machine's. Such words can be quoted, or a
// person's own: a country's reply must not be lost over them.
func (s *Service) readsLikeMachine(a *arrival) bool {
	return a.found != nil && a.found.Status.Open() && machineMade(a.Message) == "" && s.knownTo(a.found, a.Message.From.Address) && !forged(a.Message)
}

// maybeMachine keeps a mail that reads like a machine's; the desk confirms before it
// joins its record, where it would count as an answer.
func (s *Service) maybeMachine(a *arrival) bot.Change {
	kind := string(a.reading.Kind)
	why := intake.Remark{ID: "kind.of_machine", Args: map[string]string{"reference": a.found.Reference, "kind": kind}}
	return s.toConfirm(a, why, intake.Remark{ID: "doubt.machine", Args: map[string]string{"kind": kind}}, "post.aside_machine")
}

// toConfirm keeps a mail that speaks of a record, and asks the desk whether it
// belongs there.
func (s *Service) toConfirm(a *arrival, why, doubt intake.Remark, question string) bot.Change {
	change := s.setAside(a, why)
	aside := change.SetAside
	aside.Kind, aside.Reference = intake.KindFollowUp, a.found.Reference
	aside.Doubts = append(slices.Clone(aside.Doubts), intake.Doubt{
		Field: intake.FieldReference, Reason: doubt, Candidates: []string{a.found.Reference},
	})
	s.askAside(a, &change, question)
	return change
}

// kindNamed names a kind of mail in what histories say.
func (s *Service) kindNamed(kind intake.Kind) string {
	return s.letters.Value(intake.FieldKind, string(kind), phrases.English)
}
