package eval

import (
	"slices"
	"strconv"
	"strings"

	"verbale/intake"
)

// An exactField is right only as a whole.
type exactField struct {
	name string
	of   func(*Meaning) []string
}

// A listField has several values that count one by one, or one that may be missing.
type listField struct {
	name string
	of   func(*Meaning) []string
	same func(want, got string) bool // compares the one value; nil if there are several
}

// exactFields are the fields of requests that are compared as a whole.
var exactFields = []exactField{
	{"countries exact", func(m *Meaning) []string { return sorted(m.Countries) }},
	{"services exact", func(m *Meaning) []string { return sorted(texts(m.Services)) }},
	{"main theme", func(m *Meaning) []string { return m.Themes[:min(1, len(m.Themes))] }},
	{"scope", func(m *Meaning) []string { return one(string(m.Scope)) }},
	{"urgency", func(m *Meaning) []string { return one(string(m.Urgency)) }},
	{"official", official},
	{"division", func(m *Meaning) []string { return one(m.Division) }},
	{"carried_by", func(m *Meaning) []string { return one(string(m.CarriedBy)) }},
}

// listFields are the fields of requests that are measured by F1.
var listFields = []listField{
	{"countries", func(m *Meaning) []string { return sorted(m.Countries) }, nil},
	{"services", func(m *Meaning) []string { return sorted(texts(m.Services)) }, nil},
	{"themes", func(m *Meaning) []string { return m.Themes }, nil},
	{"instruments", func(m *Meaning) []string { return sorted(m.Instruments) }, nil},
	{"partners", func(m *Meaning) []string { return sorted(m.Partners) }, nil},
	{"funding", func(m *Meaning) []string { return sorted(m.Funding) }, nil},
	{"divisions_support", func(m *Meaning) []string { return sorted(m.DivisionsSupport) }, nil},
	{"reply_by", func(m *Meaning) []string { return one(m.ReplyBy.String()) }, equal},
	{"proposed_start", func(m *Meaning) []string { return one(m.ProposedStart.String()) }, equal},
	{"proposed_end", func(m *Meaning) []string { return one(m.ProposedEnd.String()) }, equal},
	{"official_ref", func(m *Meaning) []string { return one(m.OfficialRef) }, sameNumber},
	{"institution", func(m *Meaning) []string { return one(m.Institution) }, sameText},
	{"requester.name", func(m *Meaning) []string { return one(m.Requester.Name) }, sameName},
	{"requester.title", func(m *Meaning) []string { return one(m.Requester.Title) }, sameText},
	{"requester.email", func(m *Meaning) []string { return one(m.Requester.Email) }, sameAddress},
}

// Fields of every mail.
const (
	fieldAnswered  = "answered"
	fieldKind      = "kind"
	fieldLanguage  = "language"
	fieldReference = "reference" // only of follow-ups that carry one
	fieldDivision  = "division"
)

// f1 ends the names of measures that are an F1.
const f1 = " f1"

// Fields lists the names of all fields whose misses can be asked for.
func Fields() []string {
	names := []string{fieldAnswered, fieldKind, fieldLanguage, fieldReference}
	for _, f := range exactFields {
		names = append(names, f.name)
	}
	for _, f := range listFields {
		names = append(names, f.name)
	}
	return names
}

// official has no value if the mail was not read as a request.
func official(m *Meaning) []string {
	if m.Kind != intake.KindRequest {
		return nil
	}
	return one(strconv.FormatBool(m.Official))
}

func one(s string) []string {
	if strings.TrimSpace(s) == "" {
		return nil
	}
	return []string{s}
}

// sorted returns the values of a list in order, each once.
func sorted(list []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(list)))
}

func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = string(x)
	}
	return out
}
