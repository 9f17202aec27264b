package eval

// A Measure is one figure of a report, from 0 to 1, to four digits.
type Measure struct {
	Name  string
	Value float64
}

// A Report is what a Score comes to.
type Report struct {
	Mails    int
	Measures []Measure
	// Record is the mean of the exact measures of kind, language and the fields
	// of requests, and of the F1 of every other field.
	Record    float64
	Kinds     Confusion
	Divisions Confusion
	Misses    map[string][]Miss // by field
}

// Names of measures that speak of no single field.
const (
	AutoPrecision = "auto precision" // share of the mails routed without triage that went to the right division
	AutoCoverage  = "auto coverage"  // share of these mails among all that were, or should have been, routed
	RecordScore   = "record score"
)

// Report sums up.
func (s *Score) Report() Report {
	r := Report{Mails: s.mails, Kinds: s.kinds, Divisions: s.divisions, Misses: s.misses}
	sum, n := 0.0, 0
	measure := func(name string, value float64, counts bool) {
		value = round(value)
		r.Measures = append(r.Measures, Measure{name, value})
		if counts {
			sum, n = sum+value, n+1
		}
	}
	for _, field := range Fields() {
		if e := s.exact[field]; e != nil {
			measure(field, e.Value(), field != fieldAnswered && field != fieldReference)
		}
	}
	for _, f := range listFields {
		if found := s.found[f.name]; found != nil {
			if value, ok := found.value(); ok {
				measure(f.name+f1, value, true)
			}
		}
	}
	measure(AutoPrecision, s.auto.Value(), false)
	routable := s.auto.All + s.triaged + s.unrouted
	measure(AutoCoverage, float64(s.auto.All)/float64(max(1, routable)), false)
	r.Record = round(sum / float64(max(1, n)))
	return r
}
