package bot

import (
	"slices"

	"verbale/intake"
)

// setAside keeps a mail that becomes no record, with its kind and the reason.
func (s *Service) setAside(a *arrival, reason string) Change {
	reference := a.reading.Reference
	if reference == "" && a.found != nil {
		reference = a.found.Reference
	}
	return Change{
		Arrival: a.arrived(ArrivalSetAside), Letter: letterOf(a.Message),
		SetAside: &intake.SetAside{
			Identity: a.Message.Identity(), Kind: a.reading.Kind, KindReason: reason,
			Language: a.reading.Language, Reference: reference, Doubts: a.reading.Doubts,
			Origin: s.originOf(a.Message, a.Place), ReceivedAt: a.ReceivedAt,
		},
	}
}

// fromStranger keeps a mail that speaks of a record whose correspondents its
// sender is none of; the desk confirms before it joins.
func (s *Service) fromStranger(a *arrival) Change {
	change := s.setAside(a, "speaks of "+a.found.Reference+", sent by an address not known there: to confirm")
	aside := change.SetAside
	aside.Kind, aside.Reference = intake.KindFollowUp, a.found.Reference
	aside.Doubts = append(slices.Clone(aside.Doubts), intake.Doubt{
		Field:      intake.FieldReference,
		Reason:     "the sender is not known to this record; confirm before the mail joins it",
		Candidates: []string{a.found.Reference},
	})
	s.askAside(a, &change)
	return change
}
