package redisstore

import (
	"slices"
	"sync"

	"verbale/intake"
)

// mostDecoded is the capacity of the cache per kind of document. Every incoming mail looks at
// the records of the same country, and every drawing of a home tab at the records on it. The
// size allows for about a dozen records for each country that writes; at half of it, each
// mail finds about three of its country's records missing.
const mostDecoded = 512

// decoded caches decoded documents together with the stored text that they were decoded from;
// decoding takes about ten times as long as loading. An entry is used only if the stored text
// is unchanged, so it can never be out of date.
type decoded[T any] struct {
	mu    sync.Mutex
	known map[string]decodedText[T] // by reference or action key
}

type decodedText[T any] struct {
	text     string
	document T
}

// find returns the cached document for a text; false if there is none.
func (d *decoded[T]) find(name, text string) (document T, found bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if known, found := d.known[name]; found && known.text == text {
		return known.document, true
	}
	return document, false
}

// keep adds a document. If the cache is full, it evicts an arbitrary entry.
func (d *decoded[T]) keep(name, text string, document T) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.known == nil {
		d.known = make(map[string]decodedText[T], mostDecoded)
	}
	if _, known := d.known[name]; !known && len(d.known) >= mostDecoded {
		for other := range d.known {
			delete(d.known, other)
			break
		}
	}
	d.known[name] = decodedText[T]{text, document}
}

func (d *decoded[T]) drop(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.known, name)
}

// readRecord decodes a stored record or takes it from the cache. What the record points to is
// shared by all readers: they change a record by assigning new slices to their copy, as
// bot.Store requires.
func (s *Store) readRecord(reference, value string) (*intake.Record, error) {
	r, found := s.records.find(reference, value)
	if !found {
		var err error
		if r, err = readRecord(reference, value); err != nil {
			return nil, err
		}
		s.keepRecord(value, r)
	}
	own := *r
	return &own, nil
}

func (s *Store) keepRecord(value string, r *intake.Record) {
	clip(r)
	s.records.keep(r.Reference, value, r)
}

// clip removes the spare capacity of slices that come straight from JSON, so that an append
// never writes into an array that other readers share.
func clip(r *intake.Record) {
	r.Children, r.Corrected, r.Distinct = slices.Clip(r.Children), slices.Clip(r.Corrected), slices.Clip(r.Distinct)
	r.Rooms, r.Unreachable, r.Correspondents = slices.Clip(r.Rooms), slices.Clip(r.Unreachable), slices.Clip(r.Correspondents)
	r.FollowUp.Stopped = slices.Clip(r.FollowUp.Stopped)
	r.Origin.References, r.Origin.Attachments, r.Origin.Problems = slices.Clip(r.Origin.References), slices.Clip(r.Origin.Attachments), slices.Clip(r.Origin.Problems)
	if q := r.Request; q != nil {
		q.Countries, q.Services, q.Themes = slices.Clip(q.Countries), slices.Clip(q.Services), slices.Clip(q.Themes)
		q.Instruments, q.Partners, q.Funding = slices.Clip(q.Instruments), slices.Clip(q.Partners), slices.Clip(q.Funding)
	}
}
