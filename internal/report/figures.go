package report

import (
	"cmp"
	"slices"
	"time"

	"verbale/intake"
)

// A Dimension is a property by which requests are grouped.
type Dimension string

const (
	ByCountry   Dimension = "country"
	ByDivision  Dimension = "division"
	ByTheme     Dimension = "theme"
	ByService   Dimension = "service"
	ByCarriedBy Dimension = "carried_by"
	ByLanguage  Dimension = "language"
	ByOfficial  Dimension = "official"
	ByStatus    Dimension = "status"
	ByOutcome   Dimension = "outcome"
	ByOwner     Dimension = "owner" // of open requests
)

// Dimensions lists all dimensions in display order.
func Dimensions() []Dimension {
	return []Dimension{ByCountry, ByDivision, ByTheme, ByService, ByCarriedBy, ByLanguage, ByOfficial, ByStatus, ByOutcome, ByOwner}
}

// Several reports whether a request may have several values, and is then counted under each.
func (d Dimension) Several() bool { return d == ByCountry || d == ByService }

// Values are the values of a request, exactly one unless Several; "" stands for unknown. A
// request to which the dimension does not apply has none: closed ones have no owner, open ones
// no outcome.
func (d Dimension) Values(r *Request) []string {
	switch d {
	case ByCountry:
		return orUnknown(r.Countries)
	case ByService:
		return orUnknown(textsOf(r.Services))
	case ByOwner:
		if !r.Open() {
			return nil
		}
	case ByOutcome:
		if r.Open() {
			return nil
		}
	}
	return []string{d.value(r)}
}

func (d Dimension) value(r *Request) string {
	switch d {
	case ByDivision:
		return r.Division
	case ByTheme:
		return r.Theme
	case ByCarriedBy:
		return string(r.CarriedBy)
	case ByLanguage:
		return r.Language
	case ByOfficial:
		return map[bool]string{true: "true", false: "false"}[r.Official]
	case ByStatus:
		return string(r.Status)
	case ByOutcome:
		return string(r.Outcome)
	}
	return r.Owner
}

func orUnknown(ids []string) []string {
	if len(ids) == 0 {
		return []string{""}
	}
	return ids
}

func textsOf(services []intake.Service) []string {
	texts := make([]string, len(services))
	for i, s := range services {
		texts[i] = string(s)
	}
	return texts
}

// A Figure is the statistics of the requests that share a value.
type Figure struct {
	ID       string   `json:"id"` // "" for those with an unknown value
	Requests int      `json:"requests"`
	Share    float64  `json:"share"` // of the requests to which the dimension applies
	Open     int      `json:"open"`
	Overdue  int      `json:"overdue"`
	Answer   Measure  `json:"answer"`
	Behind   []string `json:"behind"` // their references, newest first
}

// Figures are the statistics of a dimension, the most frequent values first; statuses are in
// the order of the lifecycle, and unknown values come last.
func (r *Report) Figures(d Dimension) []Figure {
	of, meant := map[string][]*Request{}, 0
	for i := range r.Requests {
		values := d.Values(&r.Requests[i])
		meant += min(1, len(values))
		for _, id := range values {
			of[id] = append(of[id], &r.Requests[i])
		}
	}
	figures := make([]Figure, 0, len(of))
	for id, requests := range of {
		figures = append(figures, figureOf(id, requests, meant))
	}
	slices.SortFunc(figures, func(a, b Figure) int {
		return cmp.Or(cmp.Compare(order(d, a.ID), order(d, b.ID)), cmp.Compare(b.Requests, a.Requests), cmp.Compare(a.ID, b.ID))
	})
	return figures
}

// lifecycle is the display order of statuses.
var lifecycle = []intake.Status{
	intake.StatusNeedsReading, intake.StatusNeedsTriage, intake.StatusAssigned, intake.StatusAccepted,
	intake.StatusWaiting, intake.StatusAnswered, intake.StatusClosed,
}

func order(d Dimension, id string) int {
	switch {
	case id == "":
		return len(lifecycle)
	case d == ByStatus:
		return slices.Index(lifecycle, intake.Status(id))
	}
	return 0
}

func figureOf(id string, requests []*Request, meant int) Figure {
	f := Figure{ID: id, Requests: len(requests), Share: float64(len(requests)) / float64(meant)}
	var answered []time.Duration
	for _, r := range requests {
		f.Behind = append(f.Behind, r.Reference)
		if r.Open() {
			f.Open++
		}
		if len(r.Overdue) > 0 {
			f.Overdue++
		}
		if r.Answered.Done() {
			answered = append(answered, r.Answered.Took)
		}
	}
	f.Answer = measureOf(answered)
	return f
}

// Overdue lists the requests with something overdue, the longest overdue first.
func (r *Report) Overdue() []*Request {
	var late []*Request
	for i := range r.Requests {
		if len(r.Requests[i].Overdue) > 0 {
			late = append(late, &r.Requests[i])
		}
	}
	slices.SortStableFunc(late, func(a, b *Request) int { return a.Overdue[0].At.Compare(b.Overdue[0].At) })
	return late
}

// Told sums up the reported results.
type Told struct {
	Requests      int            `json:"requests"`
	PeopleTrained int            `json:"people_trained"`
	Women         int            `json:"women"`
	Instruments   map[string]int `json:"instruments"` // acceded to or applied, by id
	Behind        []string       `json:"behind"`
}

// Results sums up the results reported by the cut-off.
func (r *Report) Results() Told {
	told := Told{Instruments: map[string]int{}}
	for i := range r.Requests {
		s := r.Requests[i].Results
		if s == nil {
			continue
		}
		told.Requests++
		told.PeopleTrained += s.PeopleTrained
		told.Women += s.Women
		for _, id := range s.Instruments {
			told.Instruments[id]++
		}
		told.Behind = append(told.Behind, r.Requests[i].Reference)
	}
	return told
}

// A Month counts the requests received within a month, in the office's time zone.
type Month struct {
	First      time.Time // its first day
	ByDivision map[string]int
}

// Months lists the months from the first request to the last, including those without
// requests.
func (r *Report) Months() []Month {
	if len(r.Requests) == 0 {
		return nil
	}
	first, last := r.month(r.Requests[len(r.Requests)-1].Received), r.month(r.Requests[0].Received)
	var months []Month
	for m := first; !m.After(last); m = m.AddDate(0, 1, 0) {
		months = append(months, Month{First: m, ByDivision: map[string]int{}})
	}
	for i := range r.Requests {
		m := r.month(r.Requests[i].Received)
		at := 12*(m.Year()-first.Year()) + int(m.Month()-first.Month())
		months[at].ByDivision[r.Requests[i].Division]++
	}
	return months
}

func (r *Report) month(t time.Time) time.Time {
	year, month, _ := t.In(r.Zone).Date()
	return time.Date(year, month, 1, 0, 0, 0, 0, r.Zone)
}
