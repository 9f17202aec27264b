package registry

import (
	"slices"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

// setAside keeps a mail that does not become a record, with its kind and the reason.
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

// fromStranger keeps a mail that refers to a record whose correspondents do not include the
// sender. The desk must confirm before it is added.
func (s *Service) fromStranger(a *arrival) bot.Change {
	why := intake.Remark{ID: "kind.of_stranger", Args: map[string]string{"reference": a.found.Reference}}
	return s.toConfirm(a, why, intake.Remark{ID: "doubt.stranger"}, "post.aside_asks")
}

// readsLikeMachine reports whether a mail from a known correspondent is taken for automatic
// mail only because of its wording. Such wording may be quoted, or a person's own, and a
// country's reply must not be lost because of it.
func (s *Service) readsLikeMachine(a *arrival) bool {
	return a.found != nil && a.found.Status.Open() && machineMade(a.Message) == "" && s.knownTo(a.found, a.Message.From.Address) && !forged(a.Message)
}

// maybeMachine keeps a mail that reads like automatic mail. The desk must confirm before it is
// added to its record, where it would count as an answer.
func (s *Service) maybeMachine(a *arrival) bot.Change {
	kind := string(a.reading.Kind)
	why := intake.Remark{ID: "kind.of_machine", Args: map[string]string{"reference": a.found.Reference, "kind": kind}}
	return s.toConfirm(a, why, intake.Remark{ID: "doubt.machine", Args: map[string]string{"kind": kind}}, "post.aside_machine")
}

// toConfirm keeps a mail that refers to a record, and asks the desk whether it belongs there.
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

// kindNamed is the name of a kind of mail in histories.
func (s *Service) kindNamed(kind intake.Kind) string {
	return s.letters.Value(intake.FieldKind, string(kind), phrases.English)
}
