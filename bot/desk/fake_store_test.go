package desk_test

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"verbale/bot"
	"verbale/intake"
)

// fakeStore is an in-memory Store with the methods that a Desk calls.
type fakeStore struct {
	bot.Store // methods that a Desk does not call
	records   map[string]intake.Record
	history   map[string][]intake.HistoryEntry
	letters   map[string]bot.Letter
	actions   []bot.Action
	aside     []intake.SetAside
	asideText string // text of each message set aside, or ""
	leaves    map[string]bot.Leave
	once      map[string]bot.Committed
	asked     []bot.Query // queries passed to List
	loaded    int         // number of records loaded
	fault     error       // if set, returned by every list and every commit
}

func newFakeStore() *fakeStore {
	return &fakeStore{
		records: map[string]intake.Record{}, history: map[string][]intake.HistoryEntry{}, letters: map[string]bot.Letter{},
		leaves: map[string]bot.Leave{}, once: map[string]bot.Committed{},
	}
}

func (s *fakeStore) Commit(_ context.Context, c bot.Change) (bot.Committed, error) {
	if before, ok := s.once[c.Once]; ok && c.Once != "" {
		before.Seen = true
		return before, nil
	}
	if s.fault != nil {
		return bot.Committed{}, s.fault
	}
	var done bot.Committed
	if c.Taken != "" {
		s.aside = slices.DeleteFunc(s.aside, func(a intake.SetAside) bool { return a.Identity == c.Taken })
	}
	if c.Record != nil {
		rec := *c.Record
		if rec.Revision != s.records[rec.Reference].Revision {
			return bot.Committed{}, bot.ErrStale
		}
		rec.Revision++
		s.records[rec.Reference] = rec
		s.history[rec.Reference] = append(s.history[rec.Reference], c.History...)
		done.Reference, done.Revision = rec.Reference, rec.Revision
	}
	s.actions = append(s.actions, c.Actions...)
	s.once[c.Once] = done
	return done, nil
}

func (s *fakeStore) NextReference(_ context.Context, year int) (string, error) {
	return intake.FormatReference("TC", year, 100+len(s.records)), nil
}

func (s *fakeStore) Load(_ context.Context, reference string) (*intake.Record, error) {
	s.loaded++
	rec, ok := s.records[reference]
	if !ok {
		return nil, fmt.Errorf("record %s: %w", reference, bot.ErrNotFound)
	}
	return &rec, nil
}

func (s *fakeStore) History(_ context.Context, reference string) ([]intake.HistoryEntry, error) {
	return s.history[reference], nil
}

func (s *fakeStore) Letter(_ context.Context, reference string) (*bot.Letter, error) {
	l, ok := s.letters[reference]
	if !ok {
		return nil, bot.ErrNotFound
	}
	return &l, nil
}

func (s *fakeStore) SetAside(context.Context, int, string) ([]intake.SetAside, string, error) {
	return s.aside, "", s.fault
}

func (s *fakeStore) ToConfirm(_ context.Context, limit int, cursor string) ([]intake.SetAside, string, error) {
	waiting := slices.DeleteFunc(slices.Clone(s.aside), func(a intake.SetAside) bool { return !bot.AsksToJoin(a) })
	slices.Reverse(waiting)
	from, _ := strconv.Atoi(cursor)
	waiting = waiting[from:]
	if len(waiting) <= limit {
		return waiting, "", s.fault
	}
	return waiting[:limit], strconv.Itoa(from + limit), s.fault
}

func (s *fakeStore) CountToConfirm(ctx context.Context) (int, error) {
	waiting, _, err := s.ToConfirm(ctx, len(s.aside), "")
	return len(waiting), err
}

func (s *fakeStore) SetAsideMessage(_ context.Context, identity string) (*intake.SetAside, *bot.Letter, error) {
	for _, a := range s.aside {
		if a.Identity == identity {
			if s.asideText == "" {
				return &a, nil, nil
			}
			return &a, &bot.Letter{Parts: []bot.LetterPart{{Source: "body", Text: intake.Text{Content: s.asideText}}}}, nil
		}
	}
	return nil, nil, bot.ErrNotFound
}

func (s *fakeStore) Leaves(context.Context) (map[string]bot.Leave, error) {
	return maps.Clone(s.leaves), nil
}

func (s *fakeStore) SetLeave(_ context.Context, l bot.Leave) error {
	s.leaves[l.Post] = l
	if l.Absence.Until.IsZero() {
		delete(s.leaves, l.Post)
	}
	return nil
}

func (s *fakeStore) Actions(_ context.Context, reference string) ([]bot.Action, error) {
	about := slices.DeleteFunc(slices.Clone(s.actions), func(a bot.Action) bool { return a.Reference != reference })
	return about, s.fault
}

func (s *fakeStore) OpenByOwner(context.Context) (map[string]int, error) {
	open := map[string]int{}
	for _, rec := range s.records {
		if rec.Status.Open() {
			open[rec.Owner]++
		}
	}
	return open, s.fault
}

// List lists records by reference, latest first. Its cursor is the number of records before the
// page.
func (s *fakeStore) List(_ context.Context, q bot.Query) ([]*intake.Record, string, error) {
	s.asked = append(s.asked, q)
	if s.fault != nil {
		return nil, "", s.fault
	}
	var found []*intake.Record
	for _, reference := range slices.Backward(slices.Sorted(maps.Keys(s.records))) {
		if rec := s.records[reference]; answers(&rec, q) {
			found = append(found, &rec)
		}
	}
	from, _ := strconv.Atoi(q.Cursor) // 0 if empty
	found = found[min(from, len(found)):]
	if q.Limit > 0 && len(found) > q.Limit {
		return found[:q.Limit], strconv.Itoa(from + q.Limit), nil
	}
	return found, "", nil
}

func answers(rec *intake.Record, q bot.Query) bool {
	request := intake.Request{}
	if rec.Request != nil {
		request = *rec.Request
	}
	text := strings.ToLower(strings.Join([]string{rec.Reference, request.Institution, request.Summary, rec.Origin.Subject}, " "))
	for _, w := range q.Words {
		if !strings.Contains(text, strings.ToLower(w)) {
			return false
		}
	}
	person := strings.ToLower(request.Requester.Name + " " + rec.Origin.From.Address)
	return (q.Status == "" || rec.Status == q.Status) && (!q.Open || rec.Status.Open()) &&
		(q.Owner == "" || rec.Owner == q.Owner) && (q.Country == "" || slices.Contains(request.Countries, q.Country)) &&
		(q.Division == "" || rec.Routing != nil && rec.Routing.Division == q.Division) &&
		(!q.Asks || len(rec.Doubts)+len(rec.Similar) > 0) && strings.Contains(person, strings.ToLower(q.Person)) &&
		!rec.ReceivedAt.Before(q.Since) && (q.Until.IsZero() || rec.ReceivedAt.Before(q.Until))
}

// parkedOf is a list of parked actions.
type parkedOf []bot.Action

func (p parkedOf) Parked(context.Context, int) ([]bot.Action, error) { return p, nil }

// called maps the IDs of colleagues to their names.
type called map[string]string

func (c called) Name(_ context.Context, id string) string {
	if name, ok := c[id]; ok {
		return name
	}
	return id
}

// after returns the time the given number of hours after noon of the test's day.
func after(hours int) time.Time { return noon.Add(time.Duration(hours) * time.Hour) }

// An appointment is a bot.Appointment with its record.
type appointment struct {
	reference string
	at        time.Time
}

// appointments lists the appointments of the given people, earliest first.
func (s *fakeStore) appointments(whose ...string) (all []appointment) {
	for reference, rec := range s.records {
		for _, a := range bot.Appointments(&rec) {
			if slices.Contains(whose, a.Whose) {
				all = append(all, appointment{reference, a.At})
			}
		}
	}
	slices.SortFunc(all, func(a, b appointment) int {
		return cmp.Or(a.at.Compare(b.at), strings.Compare(a.reference, b.reference))
	})
	return all
}

// Due implements bot.Agenda on the current records.
func (s *fakeStore) Due(_ context.Context, whose string, from, until time.Time, limit int) ([]string, int, error) {
	var references []string
	for _, d := range s.appointments(whose) {
		if !d.at.Before(from) && (until.IsZero() || d.at.Before(until)) {
			references = append(references, d.reference)
		}
	}
	return references[:min(limit, len(references))], len(references), s.fault
}

// Owed examines at most as many appointments as the limit of the query. Its cursor is the number
// of appointments examined.
func (s *fakeStore) Owed(_ context.Context, whose []string, before time.Time, q bot.Query) (found []*intake.Record, cursor string, err error) {
	from := 0
	if q.Cursor != "" {
		if from, err = strconv.Atoi(q.Cursor); err != nil {
			return nil, "", err
		}
	}
	all := slices.DeleteFunc(s.appointments(whose...), func(o appointment) bool { return !o.at.Before(before) })
	end := min(from+q.Limit, len(all))
	for _, o := range all[from:end] {
		if rec := s.records[o.reference]; answers(&rec, q) {
			found = append(found, &rec)
		}
	}
	if end < len(all) {
		cursor = strconv.Itoa(end)
	}
	return found, cursor, s.fault
}

func (s *fakeStore) SetDue(context.Context, string, []bot.Appointment) error { return s.fault }
