package rehearsal

import (
	"cmp"
	"slices"
)

// divisionField is the field by which moves between divisions are counted.
const divisionField = "division"

// A Tally counts the differences of many mails. The zero value is ready for use.
type Tally struct {
	Compared int // mails
	Moved    int // mails with a difference

	divisions map[string]int // "environment → trade"
	fields    map[string]int
}

// A Count is the number of mails that share something.
type Count struct {
	Of string
	N  int
}

// Add counts a mail with its differences.
func (t *Tally) Add(differences []Difference) {
	if t.fields == nil {
		t.divisions, t.fields = map[string]int{}, map[string]int{}
	}
	t.Compared++
	if len(differences) > 0 {
		t.Moved++
	}
	for _, d := range differences {
		t.fields[d.Field]++
		if d.Field == divisionField {
			t.divisions[d.String()]++
		}
	}
}

// Divisions counts the mails that change division, by old and new one, as "environment →
// trade", the most frequent first.
func (t *Tally) Divisions() []Count { return counted(t.divisions) }

// Fields counts the mails by the fields that differ, the most frequent first.
func (t *Tally) Fields() []Count { return counted(t.fields) }

func counted(counts map[string]int) []Count {
	list := make([]Count, 0, len(counts))
	for of, n := range counts {
		list = append(list, Count{of, n})
	}
	slices.SortFunc(list, func(a, b Count) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Of, b.Of)) })
	return list
}
