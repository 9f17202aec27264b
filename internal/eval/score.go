package eval

import (
	"slices"

	"verbale/intake"
)

// A Case is one labelled mail and what was read of it.
type Case struct {
	Name     string
	Want     Meaning
	Got      Meaning
	Answered bool // the mail could be read at all
	Routed   bool // it was read as a request and routed
	Triage   bool // a person checks the routing first
}

// A Miss is a field of a mail that was not read as labelled. An empty list stands for a
// missing value.
type Miss struct {
	Mail string   `json:"mail"`
	Want []string `json:"want"`
	Got  []string `json:"got"`
}

// A Score adds up cases. The zero Score is ready for use.
type Score struct {
	mails     int
	exact     map[string]*Share
	found     map[string]*findings
	auto      Share // mails that were routed without triage, whether requests or not
	triaged   int
	unrouted  int
	misses    map[string][]Miss
	kinds     Confusion
	divisions Confusion
}

// findings counts the values that were read rightly, read wrongly, and missed.
type findings struct{ right, wrong, missed int }

// Add counts one case.
func (s *Score) Add(c Case) {
	if s.exact == nil {
		s.exact, s.found, s.misses = map[string]*Share{}, map[string]*findings{}, map[string][]Miss{}
	}
	s.mails++
	s.compare(fieldAnswered, c.Name, one("an answer"), answer(c))
	s.compare(fieldKind, c.Name, one(string(c.Want.Kind)), one(string(c.Got.Kind)))
	s.compare(fieldLanguage, c.Name, one(c.Want.Language), one(c.Got.Language))
	s.kinds.add(string(c.Want.Kind), string(c.Got.Kind))
	if c.Want.Kind == intake.KindFollowUp && c.Want.Reference != "" {
		s.compare(fieldReference, c.Name, one(c.Want.Reference), one(c.Got.Reference))
	}
	if c.Want.Kind == intake.KindRequest {
		s.addRequest(c)
	} else if c.Routed && !c.Triage { // a division got mail that is no request
		s.auto.add(false)
	}
}

func answer(c Case) []string {
	if c.Answered {
		return one("an answer")
	}
	return nil
}

func (s *Score) addRequest(c Case) {
	for _, f := range exactFields {
		s.compare(f.name, c.Name, f.of(&c.Want), f.of(&c.Got))
	}
	for _, f := range listFields {
		want, got := f.of(&c.Want), f.of(&c.Got)
		if !s.findings(f.name).add(want, got, f.same) {
			s.miss(f.name, c.Name, want, got)
		}
	}
	s.divisions.add(c.Want.Division, c.Got.Division)
	switch {
	case !c.Routed: // not recognised as a request, which counts as a wrong kind, not a wrong routing
		s.unrouted++
	case c.Triage:
		s.triaged++
	default:
		s.auto.add(c.Want.Division == c.Got.Division)
	}
}

// compare counts a field that is right only if all of its values are.
func (s *Score) compare(field, name string, want, got []string) {
	if s.exact[field] == nil {
		s.exact[field] = &Share{}
	}
	right := slices.Equal(want, got)
	s.exact[field].add(right)
	if !right {
		s.miss(field, name, want, got)
	}
}

func (s *Score) findings(field string) *findings {
	if s.found[field] == nil {
		s.found[field] = &findings{}
	}
	return s.found[field]
}

func (s *Score) miss(field, name string, want, got []string) {
	s.misses[field] = append(s.misses[field], Miss{Mail: name, Want: list(want), Got: list(got)})
}

// add counts the values of one mail and reports whether all are right. If same is not nil
// there is at most one value on each side, and a wrong value also counts as one missed.
func (n *findings) add(want, got []string, same func(want, got string) bool) (right bool) {
	hits := 0
	if same == nil {
		want, got = sorted(want), sorted(got)
		hits, _ = common(want, got)
	} else if len(want) > 0 && len(got) > 0 && same(want[0], got[0]) {
		hits = 1
	}
	n.right += hits
	n.wrong += len(got) - hits
	n.missed += len(want) - hits
	return hits == len(want) && hits == len(got)
}

// value is the harmonic mean of precision and recall (F1) over all mails. ok is false if
// there was nothing to find and nothing was found.
func (n *findings) value() (mean float64, ok bool) {
	all := 2*n.right + n.wrong + n.missed
	return 2 * float64(n.right) / float64(max(1, all)), all > 0
}

func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}
