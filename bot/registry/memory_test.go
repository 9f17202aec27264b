package registry_test

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"verbale/bot"
	"verbale/intake"
)

// memory is a Store in a few maps, as honest as Commit's contract asks: it
// refuses in the order of the contract and before it writes anything.
type memory struct {
	next    int
	seen    map[string]bot.Committed // by Message-ID with fingerprint, and by fingerprint
	records map[string]intake.Record
	letters map[string]bot.Letter
	history map[string][]intake.HistoryEntry
	actions map[string]bot.Action
	threads map[string]string // message id to reference
	aside   []intake.SetAside
	cards   map[string]map[string]bot.CardPlace // by reference and room
	leaves  map[string]bot.Leave
	loads   int // records asked for

	fault       func(c bot.Change) error // before a commit, when set
	loadFault   error
	numberFault error
	countFault  error
	threadFault error
	actionFault error
}

func newMemory() *memory {
	return &memory{
		next: 42, seen: map[string]bot.Committed{}, records: map[string]intake.Record{},
		letters: map[string]bot.Letter{}, history: map[string][]intake.HistoryEntry{},
		actions: map[string]bot.Action{}, threads: map[string]string{},
		cards: map[string]map[string]bot.CardPlace{}, leaves: map[string]bot.Leave{},
	}
}

func (m *memory) Commit(_ context.Context, c bot.Change) (bot.Committed, error) {
	if m.fault != nil {
		if err := m.fault(c); err != nil {
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
		m.aside = append(m.aside, *c.SetAside)
	}
	for i := range m.aside {
		if m.aside[i].Identity == c.Dismissed {
			m.aside[i].Doubts = nil
		}
	}
	if name != "" {
		m.seen[name] = done
	}
	return done, nil
}

// nameOf is what a change is recognised by when it comes again.
func nameOf(c bot.Change) string {
	if c.Arrival != nil {
		return c.Arrival.Fingerprint
	}
	return c.Once
}

// take removes a message from those set aside.
func (m *memory) take(identity string) error {
	if identity == "" {
		return nil
	}
	at := slices.IndexFunc(m.aside, func(a intake.SetAside) bool { return a.Identity == identity })
	if at < 0 {
		return bot.ErrNotFound
	}
	m.aside = slices.Delete(m.aside, at, at+1)
	return nil
}

func (m *memory) refuse(rec *intake.Record) error {
	stored, exists := m.records[rec.Reference]
	switch {
	case rec.Revision == 0 && exists:
		return bot.ErrRenumber
	case rec.Revision != stored.Revision:
		return bot.ErrStale
	}
	return nil
}

func (m *memory) keep(c bot.Change) int64 {
	rec := *c.Record
	if rec.Revision == 0 {
		m.next++
	}
	if c.Letter != nil {
		m.letters[rec.Reference] = *c.Letter
	}
	rec.Revision++
	m.records[rec.Reference] = rec
	m.history[rec.Reference] = append(m.history[rec.Reference], c.History...)
	if c.Arrival != nil {
		m.threads[c.Arrival.MessageID] = rec.Reference
	}
	return rec.Revision
}

func (m *memory) keepActions(actions []bot.Action) {
	for _, a := range actions {
		if _, exists := m.actions[a.Key]; exists {
			continue
		}
		m.actions[a.Key] = a
		if a.Mail != nil {
			m.threads[a.Mail.MessageID] = a.Reference
		}
	}
}

func (m *memory) NextReference(_ context.Context, year int) (string, error) {
	return intake.FormatReference("TC", year, m.next), m.numberFault
}

func (m *memory) Load(_ context.Context, reference string) (*intake.Record, error) {
	m.loads++
	if m.loadFault != nil {
		return nil, m.loadFault
	}
	rec, ok := m.records[reference]
	if !ok {
		return nil, fmt.Errorf("record %s: %w", reference, bot.ErrNotFound)
	}
	return &rec, nil
}

func (m *memory) Letter(_ context.Context, reference string) (*bot.Letter, error) {
	l := m.letters[reference]
	return &l, nil
}

func (m *memory) History(_ context.Context, reference string) ([]intake.HistoryEntry, error) {
	return m.history[reference], nil
}

func (m *memory) Actions(_ context.Context, reference string) ([]bot.Action, error) {
	var found []bot.Action
	for _, key := range slices.Sorted(maps.Keys(m.actions)) {
		if m.actions[key].Reference == reference {
			found = append(found, m.actions[key])
		}
	}
	return found, m.actionFault
}

func (m *memory) ByMessageID(_ context.Context, ids ...string) (string, error) {
	for _, id := range ids {
		if reference := m.threads[id]; reference != "" {
			return reference, m.threadFault
		}
	}
	return "", m.threadFault
}

func (m *memory) OpenByOwner(context.Context) (map[string]int, error) {
	open := map[string]int{}
	for _, rec := range m.records {
		if rec.Status.Open() {
			open[rec.Owner]++
		}
	}
	return open, m.countFault
}

func (m *memory) List(_ context.Context, q bot.Query) ([]*intake.Record, string, error) {
	limit := min(cmp.Or(q.Limit, 50), 1000)
	var found []*intake.Record
	for _, reference := range slices.Backward(slices.Sorted(maps.Keys(m.records))) {
		if rec := m.records[reference]; selected(q, &rec) && (q.Cursor == "" || reference < q.Cursor) {
			if found = append(found, &rec); len(found) == limit {
				return found, reference, nil
			}
		}
	}
	return found, "", nil
}

// selected asks a record for what of a query the service uses.
func selected(q bot.Query, rec *intake.Record) bool {
	switch {
	case q.Country != "" && (rec.Request == nil || !slices.Contains(rec.Request.Countries, q.Country)),
		q.Division != "" && (rec.Routing == nil || rec.Routing.Division != q.Division),
		q.Owner != "" && rec.Owner != q.Owner,
		q.Status != "" && rec.Status != q.Status,
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

func (m *memory) SetAside(context.Context, int, string) ([]intake.SetAside, string, error) {
	return m.aside, "", nil
}

func (m *memory) SetAsideMessage(_ context.Context, identity string) (*intake.SetAside, *bot.Letter, error) {
	for _, a := range m.aside {
		if a.Identity == identity {
			return &a, nil, nil
		}
	}
	return nil, nil, bot.ErrNotFound
}

func (m *memory) Cards(_ context.Context, reference string) (map[string]bot.CardPlace, error) {
	return maps.Clone(m.cards[reference]), nil
}

func (m *memory) SetCard(_ context.Context, reference, room string, place bot.CardPlace) error {
	if m.cards[reference] == nil {
		m.cards[reference] = map[string]bot.CardPlace{}
	}
	m.cards[reference][room] = place
	return nil
}

func (m *memory) Leaves(context.Context) (map[string]bot.Leave, error) {
	return maps.Clone(m.leaves), nil
}

func (m *memory) SetLeave(_ context.Context, l bot.Leave) error {
	m.leaves[l.Post] = l
	return nil
}
