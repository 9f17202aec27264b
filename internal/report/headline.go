package report

import "slices"

// A Headline is a total of the whole report.
type Headline struct {
	ID     string   `json:"id"`
	Count  int      `json:"count"`
	Behind []string `json:"behind,omitempty"` // references, if it counts records
}

// Headlines are the totals of the whole report: its requests, what was left out, and the
// reported results.
func (r *Report) Headlines() []Headline {
	told := r.Results()
	return []Headline{
		r.those("requests", func(*Request) bool { return true }),
		r.those("official", func(q *Request) bool { return q.Official }),
		r.those("open", (*Request).Open),
		r.those("overdue", func(q *Request) bool { return len(q.Overdue) > 0 }),
		r.those("answered", func(q *Request) bool { return q.Answered.Done() }),
		r.those("closed", func(q *Request) bool { return !q.Open() }),
		r.those("parts", func(q *Request) bool { return q.PartOf != "" }),
		r.those("confidential", func(q *Request) bool { return q.Confidential }),
		r.those("silent", func(q *Request) bool { return q.Silent }),
		{ID: "results", Count: told.Requests, Behind: told.Behind},
		{ID: "people_trained", Count: told.PeopleTrained},
		{ID: "women", Count: told.Women},
		listed("duplicates", r.LeftOut.Duplicates),
		listed("no_requests", r.LeftOut.NoRequests),
		listed("others", r.LeftOut.Others),
		{ID: "set_aside", Count: r.setAside()},
	}
}

func (r *Report) those(id string, is func(*Request) bool) Headline {
	h := Headline{ID: id}
	for i := range r.Requests {
		if is(&r.Requests[i]) {
			h.Behind = append(h.Behind, r.Requests[i].Reference)
		}
	}
	h.Count = len(h.Behind)
	return h
}

func listed(id string, references []string) Headline {
	return Headline{ID: id, Count: len(references), Behind: slices.Clone(references)}
}

func (r *Report) setAside() int {
	n := 0
	for _, count := range r.LeftOut.SetAside {
		n += count
	}
	return n
}
