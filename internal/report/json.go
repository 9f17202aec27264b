package report

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"verbale/intake"
)

// reportJSON is the JSON form of a report. Durations are in hours: clock hours for the
// acknowledgement, else working hours, of which a day has working_day_hours.
type reportJSON struct {
	From            *time.Time             `json:"from"`
	Until           *time.Time             `json:"until"` // exclusive
	AsOf            time.Time              `json:"as_of"`
	WorkingDayHours float64                `json:"working_day_hours"`
	Summary         []Headline             `json:"summary"`
	Times           map[Step]Measure       `json:"times"`
	By              map[Dimension][]Figure `json:"by"`
	Months          []monthJSON            `json:"months"`
	Results         Told                   `json:"results"`
	SetAside        map[intake.Kind]int    `json:"set_aside"`
	Requests        []Request              `json:"requests"`
}

type monthJSON struct {
	Month      string         `json:"month"` // "2026-01"
	ByDivision map[string]int `json:"by_division"`
}

// WriteJSON writes a report as one JSON object, with the requests that every figure counts.
func (r *Report) WriteJSON(w io.Writer) error {
	out := reportJSON{
		From: optional(r.From), Until: optional(r.Until), AsOf: r.AsOf, WorkingDayHours: r.WorkingDay.Hours(),
		Summary: r.Headlines(), Times: map[Step]Measure{}, By: map[Dimension][]Figure{}, Months: []monthJSON{},
		Results: r.Results(), SetAside: r.LeftOut.SetAside, Requests: r.Requests,
	}
	for _, s := range Steps() {
		out.Times[s] = r.Measure(s)
	}
	for _, d := range Dimensions() {
		out.By[d] = r.Figures(d)
	}
	for _, m := range r.Months() {
		out.Months = append(out.Months, monthJSON{m.First.Format("2006-01"), m.ByDivision})
	}
	if out.Requests == nil {
		out.Requests = []Request{}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	if err := e.Encode(out); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

func optional(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// MarshalJSON writes durations as hours.
func (m Measure) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Count        int     `json:"count"`
		Median       float64 `json:"median_hours"`
		Percentile90 float64 `json:"percentile_90_hours"`
	}{m.Count, m.Median.Hours(), m.Percentile90.Hours()})
}

// MarshalJSON writes null if the step was not done.
func (t Taken) MarshalJSON() ([]byte, error) {
	if !t.Done() {
		return []byte("null"), nil
	}
	return json.Marshal(struct {
		At   time.Time `json:"at"`
		Took float64   `json:"took_hours"`
	}{t.At, t.Took.Hours()})
}
