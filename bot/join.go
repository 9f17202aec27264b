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
// has then come.
func (s *Service) joined(a *arrival) Change {
	change := s.noted(a, intake.HistoryEntry{Actor: lower(a.Message.From.Address), What: WhatMailIn})
	if change.Record.Status == intake.StatusWaiting {
		advance(&change, intake.Step{Verb: intake.VerbRequesterAnswered, Actor: lower(a.Message.From.Address), At: a.now})
	}
	return change
}

// noted writes one line into the history of the record that a mail speaks of.
func (s *Service) noted(a *arrival, entry intake.HistoryEntry) Change {
	rec := *a.found
	rec.UpdatedAt = a.now
	entry.At, entry.Detail = a.now, a.Message.Identity()
	return Change{Arrival: a.arrived(ArrivalJoined), Record: &rec, History: []intake.HistoryEntry{entry}}
}

// advance makes steps on the record of a change until one is refused; the
// refusal then stands in the history, since nobody is there to read it.
func advance(change *Change, steps ...intake.Step) {
	for _, step := range steps {
		next, entry, err := change.Record.Advance(step)
		if err != nil {
			change.History = append(change.History, intake.HistoryEntry{
				At: step.At, Actor: intake.ActorBot, What: WhatNote, Reason: err.Error(),
			})
			return
		}
		*change.Record = next
		change.History = append(change.History, entry)
	}
}
