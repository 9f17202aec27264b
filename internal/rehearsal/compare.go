package rehearsal

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"verbale/bot/registry"
	"verbale/intake"
)

// Nothing stands for an empty value, in text.
const Nothing = "nothing"

// A Difference is one field with different values. They are a string, a list of strings or a
// bool; nil if the field is empty.
type Difference struct {
	Field    string
	From, To any
}

func (d Difference) String() string { return Text(d.From) + " → " + Text(d.To) }

// Text formats a value of a Difference for people.
func Text(value any) string {
	switch v := value.(type) {
	case nil:
		return Nothing
	case []string:
		return strings.Join(v, ", ")
	case bool:
		return map[bool]string{true: "yes", false: "no"}[v]
	}
	return fmt.Sprint(value)
}

// Compare lists the fields of a mail that differ: of its reading; of its routing, if it is a
// request in either assessment; of the request, if it is one in both; and the due times of
// steps planned in both.
func Compare(before, after registry.Assessment) []Difference {
	fields := readingFields
	if before.Routing != nil || after.Routing != nil {
		fields = slices.Concat(fields, routingFields)
	}
	if isRequest(before) && isRequest(after) {
		fields = slices.Concat(fields, requestFields, plannedIn(before, after))
	}
	var found []Difference
	for _, f := range fields {
		from, to := f.of(&before), f.of(&after)
		if !reflect.DeepEqual(from, to) {
			found = append(found, Difference{f.name, from, to})
		}
	}
	return found
}

func isRequest(a registry.Assessment) bool {
	return a.Reading.Kind == intake.KindRequest && a.Reading.Request != nil
}

// plannedIn are the steps that both plans have.
func plannedIn(before, after registry.Assessment) (fields []field) {
	for _, f := range dueFields {
		if f.of(&before) != nil && f.of(&after) != nil {
			fields = append(fields, f)
		}
	}
	return fields
}
