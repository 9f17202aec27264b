package intake

import (
	"slices"
	"strings"
)

// Fields returns the fields of a request that a person may correct, in display order.
func Fields() []Field {
	return []Field{
		FieldCountries, FieldScope, FieldInstitution, FieldRequesterName, FieldRequesterPost, FieldRequesterMail,
		FieldServices, FieldThemes, FieldInstruments, FieldPartners, FieldFunding,
		FieldUrgency, FieldReplyBy, FieldProposedStart, FieldProposedEnd, FieldOfficialRef, FieldOfficial, FieldSummary,
	}
}

// Values returns the values of a field as text, as in `explain --json`: IDs, ISO dates,
// "true" or "false"; none if it is empty.
func (r *Request) Values(field Field) []string {
	if list := r.list(field); list != nil {
		return *list
	}
	if text := r.text(field); text != nil {
		return present(*text)
	}
	if day := r.date(field); day != nil {
		return present(day.String())
	}
	switch field {
	case FieldServices:
		return textsOf(r.Services)
	case FieldScope:
		return present(string(r.Scope))
	case FieldUrgency:
		return present(string(r.Urgency))
	case FieldOfficial:
		return []string{map[bool]string{true: "true", false: "false"}[r.Official]}
	}
	return nil
}

// Set sets a field to the values, none to clear it, and returns the value that is invalid for
// the field; "" on success. Lists are sorted, except themes. IDs of the vocabulary are not
// checked; that is up to callers who have the vocabulary.
func (r *Request) Set(field Field, values []string) (bad string) {
	if list := r.list(field); list != nil {
		*list = ordered(field, values)
		return ""
	}
	one := ""
	if len(values) > 0 {
		one = strings.TrimSpace(values[0])
	}
	if text := r.text(field); text != nil {
		if field == FieldRequesterMail && one != "" && !isAddress(one) {
			return one
		}
		*text = one
		return ""
	}
	if day := r.date(field); day != nil {
		return setDate(day, one)
	}
	switch field {
	case FieldServices:
		return setAll(&r.Services, values, Services())
	case FieldScope:
		return setOne(&r.Scope, one, ScopeNational, ScopeMultiCountry, ScopeSubRegional, "")
	case FieldUrgency:
		return setOne(&r.Urgency, one, UrgencyNormal, UrgencyUrgent)
	case FieldOfficial:
		r.Official = one == "true"
		return ""
	}
	return string(field)
}

func (r *Request) list(field Field) *[]string {
	switch field {
	case FieldCountries:
		return &r.Countries
	case FieldThemes:
		return &r.Themes
	case FieldInstruments:
		return &r.Instruments
	case FieldPartners:
		return &r.Partners
	case FieldFunding:
		return &r.Funding
	}
	return nil
}

func (r *Request) text(field Field) *string {
	switch field {
	case FieldInstitution:
		return &r.Institution
	case FieldRequesterName:
		return &r.Requester.Name
	case FieldRequesterPost:
		return &r.Requester.Title
	case FieldRequesterMail:
		return &r.Requester.Email
	case FieldOfficialRef:
		return &r.OfficialRef
	case FieldSummary:
		return &r.Summary
	}
	return nil
}

func (r *Request) date(field Field) *Date {
	switch field {
	case FieldReplyBy:
		return &r.ReplyBy
	case FieldProposedStart:
		return &r.ProposedStart
	case FieldProposedEnd:
		return &r.ProposedEnd
	}
	return nil
}

func present(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}

func textsOf[T ~string](values []T) []string {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = string(v)
	}
	return texts
}

// ordered returns a list without duplicates, sorted unless its order is significant.
func ordered(field Field, values []string) []string {
	list := []string{}
	for _, v := range values {
		if v = strings.TrimSpace(v); v != "" && !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	if field != FieldThemes {
		slices.Sort(list)
	}
	return list
}

// isAddress reports whether a text looks like an addr-spec of RFC 5322, section 3.4.1,
// ignoring its unusual forms.
func isAddress(text string) bool {
	local, domain, found := strings.Cut(text, "@")
	return found && local != "" && strings.Contains(domain, ".") && !strings.ContainsAny(text, " \t\r\n<>()[],;:\"\\") && !strings.Contains(domain, "@")
}

func setDate(into *Date, text string) (bad string) {
	if text == "" {
		*into = Date{}
		return ""
	}
	day, err := ParseDate(text)
	if err != nil {
		return text
	}
	*into = day
	return ""
}

func setOne[T ~string](into *T, text string, allowed ...T) (bad string) {
	if !slices.Contains(allowed, T(text)) {
		return text
	}
	*into = T(text)
	return ""
}

func setAll[T ~string](into *[]T, values []string, allowed []T) (bad string) {
	list := []T{}
	for _, v := range values {
		if !slices.Contains(allowed, T(v)) {
			return v
		}
		if !slices.Contains(list, T(v)) {
			list = append(list, T(v))
		}
	}
	slices.Sort(list)
	*into = list
	return ""
}
