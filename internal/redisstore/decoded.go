package redisstore

import (
	"slices"
	"sync"

	"verbale/intake"
)

// mostDecoded is how many records are kept as they were read last: those of the
// same country are looked at with every mail, and those on a home tab each time
// it is drawn. It is as many as a dozen each of all countries that write; of half
// of them, each mail finds three of its country's left out.
const mostDecoded = 512

// decoded keeps records that were read, each with the value that it was read
// from: to decode one takes ten times as long as to load it. A record is what
// its value says, whoever wrote that, so that none is ever out of date.
//
// What a record points to is shared by all who read it. They change a record
// by giving its copy other lists, as a bot.Store asks of them.
type decoded struct {
	mu      sync.Mutex
	records map[string]decodedRecord // by reference
}

type decodedRecord struct {
	value  string
	record *intake.Record
}

// read decodes a stored value, or finds it decoded.
func (d *decoded) read(reference, value string) (*intake.Record, error) {
	if known, found := d.find(reference); found && known.value == value {
		r := *known.record
		return &r, nil
	}
	r, err := readRecord(reference, value)
	if err != nil {
		return nil, err
	}
	clip(r)
	d.keep(reference, decodedRecord{value, r})
	own := *r
	return &own, nil
}

func (d *decoded) find(reference string) (decodedRecord, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	known, found := d.records[reference]
	return known, found
}

// keep makes room by leaving out whichever comes first.
func (d *decoded) keep(reference string, r decodedRecord) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.records == nil {
		d.records = make(map[string]decodedRecord, mostDecoded)
	}
	if _, known := d.records[reference]; !known && len(d.records) >= mostDecoded {
		for other := range d.records {
			delete(d.records, other)
			break
		}
	}
	d.records[reference] = r
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
