package bottest

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"

	"verbale/bot"
	"verbale/intake"
)

// A Memory is a Store in memory. As Commit requires, it checks a change in the order of the
// contract, and writes nothing if it refuses one.
type Memory struct {
	Next      int // number of the next reference
	Records   map[string]intake.Record
	Letters   map[string]bot.Letter
	Histories map[string][]intake.HistoryEntry
	Written   map[string]bot.Action // by key
	Threads   map[string]string     // message id to reference
	Aside     []intake.SetAside
	Drawn     map[string]map[string]bot.CardPlace // by reference and room
	Away      map[string]bot.Leave
	Loads     int // number of records loaded
	// ActionLoads is how often the actions of a record were loaded.
	ActionLoads int
	Batches     []int // number of changes of each CommitAll

	Fault       func(c bot.Change) error // if set, called before each commit
	LoadFault   error
	NumberFault error
	CountFault  error
	ThreadFault error

	mu   sync.Mutex               // of Loads and ActionLoads: mails of a batch are loaded concurrently
	seen map[string]bot.Committed // by fingerprint, or by order ID
}

// Sign signs a text with the key of the test office.
func Sign(text string) string { return bot.ShortHash("known to the office alone" + text) }

// NewMemory returns an empty Memory.
func NewMemory() *Memory {
	return &Memory{
		Next: 42, seen: map[string]bot.Committed{}, Records: map[string]intake.Record{},
		Letters: map[string]bot.Letter{}, Histories: map[string][]intake.HistoryEntry{},
		Written: map[string]bot.Action{}, Threads: map[string]string{},
		Drawn: map[string]map[string]bot.CardPlace{}, Away: map[string]bot.Leave{},
	}
}

func (m *Memory) Commit(_ context.Context, c bot.Change) (bot.Committed, error) {
	if m.Fault != nil {
		if err := m.Fault(c); err != nil {
			return bot.Committed{}, err
		}
	}
	name := nameOf(c)
	if before, ok := m.seen[name]; ok && name != "" {
		before.Seen = true
		return before, nil
	}
	done := bot.Committed{}
	if c.Arrival != nil {
		done.Outcome = c.Arrival.Outcome
	}
	if err := m.take(c.Taken); err != nil {
		return bot.Committed{}, err
	}
	if c.Record != nil {
		if err := m.refuse(c.Record); err != nil {
			return bot.Committed{}, err
		}
		done.Reference, done.Revision = c.Record.Reference, m.keep(c)
	}
	m.keepActions(c.Actions)
	if c.SetAside != nil {
		m.Aside = append(m.Aside, *c.SetAside)
	}
	for i := range m.Aside {
		if bot.IsAside(c.Dismissed, bot.NameOfAside(m.Aside[i].Origin)) {
			m.Aside[i].Doubts = nil
		}
	}
	if name != "" {
		m.seen[name] = done
	}
	return done, nil
}

// CommitAll implements bot.Store. Batches records how many changes it gets.
func (m *Memory) CommitAll(ctx context.Context, changes []bot.Change) (done []bot.Committed, err error) {
	m.Batches = append(m.Batches, len(changes))
	unwritten := false
	for _, c := range changes {
		if _, seen := m.seen[nameOf(c)]; unwritten && !seen {
			return done, bot.ErrStale
		}
		one, err := m.Commit(ctx, c)
		if err != nil {
			return done, err
		}
		done, unwritten = append(done, one), unwritten || one.Seen && c.Record != nil
	}
	return done, nil
}

// nameOf returns what identifies a change when it is repeated.
func nameOf(c bot.Change) string {
	if c.Arrival != nil {
		return c.Arrival.Fingerprint
	}
	if c.Once == "" {
		return ""
	}
	return orderName + c.Once
}

const orderName = "order "

// WeekPasses forgets the IDs of orders, as a Store may after a week (bot.Change).
func (m *Memory) WeekPasses() {
	maps.DeleteFunc(m.seen, func(name string, _ bot.Committed) bool { return strings.HasPrefix(name, orderName) })
}

// take removes a message from those set aside.
func (m *Memory) take(identity string) error {
	if identity == "" {
		return nil
	}
	at := slices.IndexFunc(m.Aside, func(a intake.SetAside) bool { return bot.IsAside(identity, bot.NameOfAside(a.Origin)) })
	if at < 0 {
		return bot.ErrNotFound
	}
	m.Aside = slices.Delete(m.Aside, at, at+1)
	return nil
}

func (m *Memory) refuse(rec *intake.Record) error {
	stored, exists := m.Records[rec.Reference]
	switch {
	case rec.Revision == 0 && (exists || !strings.HasSuffix(rec.Reference, fmt.Sprintf("-%05d", m.Next))):
		return bot.ErrRenumber
	case rec.Revision != stored.Revision:
		return bot.ErrStale
	}
	return nil
}

func (m *Memory) keep(c bot.Change) int64 {
	rec := *c.Record
	if rec.Revision == 0 {
		m.Next++
	}
	if c.Letter != nil {
		m.Letters[rec.Reference] = *c.Letter
	}
	rec.Revision++
	m.Records[rec.Reference] = rec
	m.Histories[rec.Reference] = append(m.Histories[rec.Reference], c.History...)
	if c.Arrival != nil {
		m.Threads[c.Arrival.MessageID] = rec.Reference
	}
	return rec.Revision
}

func (m *Memory) keepActions(actions []bot.Action) {
	for _, a := range actions {
		if _, exists := m.Written[a.Key]; exists {
			continue
		}
		m.Written[a.Key] = a
		if a.Mail != nil {
			m.Threads[a.Mail.MessageID] = a.Reference
		}
	}
}

func (m *Memory) NextReference(_ context.Context, year int) (string, error) {
	return intake.FormatReference("TC", year, m.Next), m.NumberFault
}

func (m *Memory) Load(_ context.Context, reference string) (*intake.Record, error) {
	m.mu.Lock()
	m.Loads++
	m.mu.Unlock()
	if m.LoadFault != nil {
		return nil, m.LoadFault
	}
	rec, ok := m.Records[reference]
	if !ok {
		return nil, fmt.Errorf("record %s: %w", reference, bot.ErrNotFound)
	}
	return &rec, nil
}

func (m *Memory) Letter(_ context.Context, reference string) (*bot.Letter, error) {
	l := m.Letters[reference]
	return &l, nil
}

func (m *Memory) History(_ context.Context, reference string) ([]intake.HistoryEntry, error) {
	return m.Histories[reference], nil
}

func (m *Memory) Actions(_ context.Context, reference string) ([]bot.Action, error) {
	m.mu.Lock()
	m.ActionLoads++
	m.mu.Unlock()
	var found []bot.Action
	for _, key := range slices.Sorted(maps.Keys(m.Written)) {
		if m.Written[key].Reference == reference {
			found = append(found, m.Written[key])
		}
	}
	return found, nil
}

func (m *Memory) ByMessageID(_ context.Context, ids ...string) (string, error) {
	for _, id := range ids {
		if reference := m.Threads[id]; reference != "" {
			return reference, m.ThreadFault
		}
	}
	return "", m.ThreadFault
}

func (m *Memory) OpenByOwner(context.Context) (map[string]int, error) {
	open := map[string]int{}
	for _, rec := range m.Records {
		if rec.Status.Open() {
			open[rec.Owner]++
		}
	}
	return open, m.CountFault
}

func (m *Memory) List(_ context.Context, q bot.Query) ([]*intake.Record, string, error) {
	limit := min(cmp.Or(q.Limit, 50), 1000)
	var found []*intake.Record
	for _, reference := range slices.Backward(slices.Sorted(maps.Keys(m.Records))) {
		if rec := m.Records[reference]; selected(q, &rec) && (q.Cursor == "" || reference < q.Cursor) {
			if found = append(found, &rec); len(found) == limit {
				return found, reference, nil
			}
		}
	}
	return found, "", nil
}

// selected reports whether a record matches those conditions of a query that the service uses.
func selected(q bot.Query, rec *intake.Record) bool {
	switch {
	case q.Country != "" && (rec.Request == nil || !slices.Contains(rec.Request.Countries, q.Country)),
		q.Division != "" && (rec.Routing == nil || rec.Routing.Division != q.Division),
		q.Owner != "" && rec.Owner != q.Owner,
		q.Status != "" && rec.Status != q.Status,
		q.Asks && len(rec.Doubts) == 0 && len(rec.Similar) == 0,
		q.Open && !rec.Status.Open():
		return false
	}
	for _, word := range strings.FieldsFunc(strings.Join(q.Words, " "), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if rec.Request == nil || !strings.Contains(rec.Request.OfficialRef, word) {
			return false
		}
	}
	return !rec.ReceivedAt.Before(q.Since)
}

func (m *Memory) SetAside(context.Context, int, string) ([]intake.SetAside, string, error) {
	return m.Aside, "", nil
}

// ToConfirm implements bot.Store. Messages are listed in the order in which they were set aside.
func (m *Memory) ToConfirm(context.Context, int, string) ([]intake.SetAside, string, error) {
	return slices.DeleteFunc(slices.Clone(m.Aside), func(a intake.SetAside) bool { return !bot.AsksToJoin(a) }), "", nil
}

func (m *Memory) CountToConfirm(ctx context.Context) (int, error) {
	waiting, _, err := m.ToConfirm(ctx, 0, "")
	return len(waiting), err
}

func (m *Memory) SetAsideMessage(_ context.Context, identity string) (*intake.SetAside, *bot.Letter, error) {
	for _, a := range m.Aside {
		if bot.IsAside(identity, bot.NameOfAside(a.Origin)) {
			return &a, nil, nil
		}
	}
	return nil, nil, bot.ErrNotFound
}

func (m *Memory) Cards(_ context.Context, reference string) (map[string]bot.CardPlace, error) {
	return maps.Clone(m.Drawn[reference]), nil
}

func (m *Memory) SetCard(_ context.Context, reference, room string, place bot.CardPlace) error {
	if m.Drawn[reference] == nil {
		m.Drawn[reference] = map[string]bot.CardPlace{}
	}
	m.Drawn[reference][room] = place
	return nil
}

func (m *Memory) Leaves(context.Context) (map[string]bot.Leave, error) {
	return maps.Clone(m.Away), nil
}

func (m *Memory) SetLeave(_ context.Context, l bot.Leave) error {
	m.Away[l.Post] = l
	return nil
}
