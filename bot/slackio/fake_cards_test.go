package slackio_test

import (
	"context"
	"maps"
	"sync"
	"time"

	"verbale/bot"
	"verbale/bot/slackio"
	"verbale/intake"
)

// A fakeCards keeps the places of cards and the revisions of records in memory.
type fakeCards struct {
	mu        sync.Mutex
	revisions map[string]int64
	places    map[string]map[string]bot.CardPlace
	fault     error // returned by the next SetCard
	due       map[string][]bot.Appointment
}

func newFakeCards() *fakeCards {
	return &fakeCards{revisions: map[string]int64{}, places: map[string]map[string]bot.CardPlace{}, due: map[string][]bot.Appointment{}}
}

func (s *fakeCards) Load(_ context.Context, reference string) (*intake.Record, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.revisions[reference] < 0 {
		return nil, bot.ErrNotFound
	}
	return &intake.Record{Reference: reference, Revision: max(1, s.revisions[reference])}, nil
}

func (s *fakeCards) Cards(_ context.Context, reference string) (map[string]bot.CardPlace, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.places[reference]), nil
}

func (s *fakeCards) SetCard(_ context.Context, reference, room string, place bot.CardPlace) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.fault; err != nil {
		s.fault = nil
		return err
	}
	if s.places[reference] == nil {
		s.places[reference] = map[string]bot.CardPlace{}
	}
	s.places[reference][room] = place
	return nil
}

func (s *fakeCards) SetDue(_ context.Context, reference string, due []bot.Appointment) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.due[reference] = due
	return nil
}

// revise sets the revision of a record; a negative one means that the record does not exist.
func (s *fakeCards) revise(reference string, revision int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.revisions[reference] = revision
}

func (h *fixture) mouthOptions(s *fakeCards) slackio.MouthOptions {
	return slackio.MouthOptions{
		Workspace: h.workspace, Rooms: h.rooms, Desk: h.desk, Cards: s, Office: "geneva", Now: time.Now, Log: h.log.logger(),
	}
}
