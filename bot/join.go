package bot

import (
	"verbale/intake"
)

// What a history says of mail, besides the steps of the lifecycle.
const (
	WhatMailIn          = "mail_in"  // the requester wrote again
	WhatMailOut         = "mail_out" // a colleague wrote to the requester
	WhatNote            = "note"     // a colleague wrote to the desk
	WhatBounce          = "bounce"   // a mail of ours came back
	WhatNotAcknowledged = "not_acknowledged"
)

// joined adds a mail to the record that it speaks of. What a record waited for
// has then come, be it an answer or the letter in readable form.
func (s *Service) joined(a *arrival) Change {
	change := s.noted(a, intake.HistoryEntry{Actor: lower(a.Message.From.Address), What: WhatMailIn})
	if change.Record.Status == intake.StatusWaiting {
		s.advance(&change, intake.Step{Verb: intake.VerbRequesterAnswered, Actor: lower(a.Message.From.Address), At: a.now})
	}
	s.readAgain(a, &change)
	return change
}

// noted writes one line into the history of the record that a mail speaks of.
func (s *Service) noted(a *arrival, entry intake.HistoryEntry) Change {
	rec := *a.found
	rec.UpdatedAt = a.now
	entry.At, entry.Detail = a.now, a.Message.Identity()
	return Change{Arrival: a.arrived(ArrivalJoined), Record: &rec, History: []intake.HistoryEntry{entry}}
}

// step makes one step on the record of a change and plans anew from there. A
// step that is refused changes nothing.
func (s *Service) step(change *Change, step intake.Step) error {
	next, entry, err := change.Record.Advance(step)
	if err != nil {
		return err
	}
	next.Plan = s.Policy.Plan(&next, step.At)
	*change.Record = next
	change.History = append(change.History, entry)
	return nil
}

// advance makes steps until one is refused; the refusal then stands in the
// history, since nobody waits for an answer.
func (s *Service) advance(change *Change, steps ...intake.Step) {
	for _, step := range steps {
		if err := s.step(change, step); err != nil {
			change.History = append(change.History, intake.HistoryEntry{
				At: step.At, Actor: intake.ActorBot, What: WhatNote, Reason: err.Error(),
			})
			return
		}
	}
}
