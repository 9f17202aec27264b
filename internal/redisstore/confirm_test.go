package redisstore

import (
	"testing"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/redisstore/storetest"
)

// setAsideAbout sets the nth mail aside. If it has a reference, the desk is asked whether it belongs
// to that record.
func setAsideAbout(t *testing.T, s *Store, n int, reference string) {
	t.Helper()
	c := storetest.NewChange(n)
	c.Record, c.Letter, c.History, c.Actions, c.Arrival.Outcome = nil, nil, nil, nil, bot.ArrivalSetAside
	c.SetAside = &intake.SetAside{
		Identity: c.Arrival.MessageID, Kind: intake.KindFollowUp, Reference: reference, ReceivedAt: c.Arrival.ReceivedAt,
		Doubts: []intake.Doubt{{Field: intake.FieldReference}}, Origin: intake.Origin{MessageID: c.Arrival.MessageID, Fingerprint: c.Arrival.Fingerprint},
	}
	if _, err := s.Commit(t.Context(), c); err != nil {
		t.Fatal(err)
	}
}

func wantCount(t *testing.T, s *Store, want int) {
	t.Helper()
	if count, err := s.CountToConfirm(t.Context()); err != nil || count != want {
		t.Errorf("%d are to be confirmed, want %d; %v", count, want, err)
	}
}

// Messages set aside by an older version are listed for confirmation. A message that is dismissed
// while they are being searched must not be listed.
func TestMessagesOfAnOlderVersionAreConfirmed(t *testing.T) {
	onServers(t, func(t *testing.T, s *Store) {
		setAsideAbout(t, s, 1, storetest.Reference(9))
		setAsideAbout(t, s, 2, "")
		setAsideAbout(t, s, 3, storetest.Reference(9))
		if err := s.client.Del(t.Context(), s.keys.toConfirm(), s.keys.toConfirmForm()).Err(); err != nil {
			t.Fatal(err)
		}
		before := s.client.HGetAll(t.Context(), s.keys.setAside()).Val()
		wantCount(t, s, 0)
		if _, err := s.Commit(t.Context(), bot.Change{Dismissed: storetest.MessageID(3)}); err != nil {
			t.Fatal(err)
		}
		var read []string
		for field, packed := range before {
			read = append(read, field, packed)
		}
		if err := s.noteToConfirm(t.Context(), read); err != nil {
			t.Fatal(err)
		}
		wantCount(t, s, 1)
		for range 2 {
			if err := s.fillToConfirm(t.Context()); err != nil {
				t.Fatal(err)
			}
			wantCount(t, s, 1)
		}
		if err := s.DropSetAside(t.Context(), storetest.MessageID(1)); err != nil {
			t.Fatal(err)
		}
		wantCount(t, s, 0)
	})
}
