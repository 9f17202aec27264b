package intake

// An Element is a piece of information that a formal request should contain.
type Element string

// The elements of a formal request, in the order in which they are asked for.
const (
	ElementInstitution   Element = "institution"
	ElementAuthority     Element = "authority" // who signs, and in what function
	ElementObjective     Element = "objective"
	ElementBeneficiaries Element = "beneficiaries" // the countries that it is meant for
	ElementSupport       Element = "support"       // the kind of help
	ElementTimeFrame     Element = "time_frame"
	ElementContact       Element = "contact"
)

// Missing lists the elements of a formal request that were not found; for a record without a
// request, all of them. It is computed from the record's current values: a field that is in
// doubt but has a value is not missing.
func (r *Record) Missing() []Element {
	q := r.Request
	if q == nil {
		q = &Request{}
	}
	var missing []Element
	for _, e := range []struct {
		element Element
		stated  bool
	}{
		{ElementInstitution, q.Institution != ""},
		{ElementAuthority, q.Requester.Name != "" && q.Requester.Title != ""},
		{ElementObjective, q.Summary != "" || len(q.Themes) > 0},
		{ElementBeneficiaries, len(q.Countries) > 0},
		{ElementSupport, len(q.Services) > 0},
		{ElementTimeFrame, !q.ProposedStart.IsZero() || !q.ProposedEnd.IsZero()},
		{ElementContact, q.Requester.Email != "" || r.Origin.AnswerTo.Address != ""},
	} {
		if !e.stated {
			missing = append(missing, e.element)
		}
	}
	return missing
}
