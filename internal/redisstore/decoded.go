package redisstore

import (
	"slices"
	"sync"

	"verbale/intake"
)

// mostDecoded is how many documents of a kind are kept as they were read last: the
// records of the same country are looked at with every mail, and those on a home tab
// each time it is drawn. It is as many as a dozen each of all countries that write; of
// half of them, each mail finds three of its country's left out.
const mostDecoded = 512

// decoded keeps documents that were read, each with the text that it was read from: to
// decode one takes ten times as long as to load it. A document is what its text says,
// whoever wrote that, so that none is ever out of date.
type decoded[T any] struct {
	mu    sync.Mutex
	known map[string]decodedText[T] // by where it is kept
}

type decodedText[T any] struct {
	text     string
	document T
}

// find tells what a text was decoded to; false where it was not.
func (d *decoded[T]) find(name, text string) (document T, found bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if known, found := d.known[name]; found && known.text == text {
		return known.document, true
	}
	return document, false
}

// keep makes room by leaving out whichever comes first.
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

// readRecord decodes a stored record, or finds it decoded. What it points to is shared
// by all who read it. They change a record by giving its copy other lists, as a
// bot.Store asks of them.
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

// clip takes the room for further entries from the lists that come from JSON as
// they are, so that nobody appends to one that others have.
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
