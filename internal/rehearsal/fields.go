package rehearsal

import (
	"slices"
	"time"

	"verbale/bot/registry"
	"verbale/intake"
)

// A field is one compared value, with its name in "explain --json".
type field struct {
	name string
	of   func(*registry.Assessment) any // a string, a list of strings, or a bool; nil if empty
}

// readingFields are compared for every mail.
var readingFields = []field{
	{"kind", func(a *registry.Assessment) any { return one(a.Reading.Kind) }},
	{"language", func(a *registry.Assessment) any { return one(a.Reading.Language) }},
	{"reference", func(a *registry.Assessment) any { return one(a.Reading.Reference) }},
	{"doubts", func(a *registry.Assessment) any { return doubted(a.Reading.Doubts) }},
}

// routingFields are compared if a mail is a request under at least one of the data sets.
var routingFields = []field{
	routed("division", func(r *intake.Routing) any { return one(r.Division) }),
	routed("carried_by", func(r *intake.Routing) any { return one(r.CarriedBy) }),
	routed("assignee", func(r *intake.Routing) any { return one(r.Assignee) }),
	routed("divisions_support", func(r *intake.Routing) any { return several(r.DivisionsSupport) }),
	routed("support", func(r *intake.Routing) any { return several(r.Support) }),
	routed("rule", func(r *intake.Routing) any { return one(r.Rule) }),
	routed("triage", func(r *intake.Routing) any { return r.Triage }),
}

// requestFields are compared if a mail is a request under both.
var requestFields = []field{
	asked("countries", func(r *intake.Request) any { return several(r.Countries) }),
	asked("scope", func(r *intake.Request) any { return one(r.Scope) }),
	asked("services", func(r *intake.Request) any { return several(r.Services) }),
	asked("themes", func(r *intake.Request) any { return several(r.Themes) }),
	asked("instruments", func(r *intake.Request) any { return several(r.Instruments) }),
	asked("urgency", func(r *intake.Request) any { return one(r.Urgency) }),
	asked("reply_by", func(r *intake.Request) any { return one(r.ReplyBy.String()) }),
	asked("proposed_start", func(r *intake.Request) any { return one(r.ProposedStart.String()) }),
	asked("proposed_end", func(r *intake.Request) any { return one(r.ProposedEnd.String()) }),
	asked("institution", func(r *intake.Request) any { return one(r.Institution) }),
	asked("requester.name", func(r *intake.Request) any { return one(r.Requester.Name) }),
	asked("requester.title", func(r *intake.Request) any { return one(r.Requester.Title) }),
	asked("requester.email", func(r *intake.Request) any { return one(r.Requester.Email) }),
	asked("official_ref", func(r *intake.Request) any { return one(r.OfficialRef) }),
	asked("partners", func(r *intake.Request) any { return several(r.Partners) }),
	asked("funding", func(r *intake.Request) any { return several(r.Funding) }),
	asked("official", func(r *intake.Request) any { return r.Official }),
	asked("summary", func(r *intake.Request) any { return one(r.Summary) }),
}

// dueFields are compared if a step is planned under both. Whether a step is planned at all
// follows from kind and triage.
var dueFields = []field{
	due(intake.StepAcknowledge), due(intake.StepTriage), due(intake.StepAccept),
	due(intake.StepAnswer), due(intake.StepOutcome), due(intake.StepResults),
}

func routed(name string, of func(*intake.Routing) any) field {
	return field{name, func(a *registry.Assessment) any {
		if a.Routing == nil {
			return nil
		}
		return of(a.Routing)
	}}
}

func asked(name string, of func(*intake.Request) any) field {
	return field{name, func(a *registry.Assessment) any { return of(a.Reading.Request) }}
}

func due(step intake.StepName) field {
	return field{"due." + string(step), func(a *registry.Assessment) any {
		for _, s := range a.Plan {
			if s.Step == step {
				return s.At.Format(time.RFC3339)
			}
		}
		return nil
	}}
}

// doubted are the fields with doubts, without duplicates.
func doubted(doubts []intake.Doubt) any {
	names := make([]string, len(doubts))
	for i, d := range doubts {
		names[i] = string(d.Field)
	}
	slices.Sort(names)
	return several(slices.Compact(names))
}

func one[T ~string](s T) any {
	if s == "" {
		return nil
	}
	return string(s)
}

func several[T ~string](list []T) any {
	if len(list) == 0 {
		return nil
	}
	values := make([]string, len(list))
	for i, s := range list {
		values[i] = string(s)
	}
	return values
}
