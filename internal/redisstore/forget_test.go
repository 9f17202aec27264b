package redisstore

import (
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/redisstore/storetest"
)

// wordless redacts all text, whoever wrote it.
var wordless = bot.Redaction{
	Letter: func(*bot.Letter) (*bot.Letter, error) { return nil, nil },
	Entry: func(e intake.HistoryEntry) (intake.HistoryEntry, error) {
		e.Detail, e.Reason = "", ""
		return e, nil
	},
	Action: func(a bot.Action) (bot.Action, error) {
		a.Mail, a.RateGroup = &bot.Mail{Subject: bot.ForgottenMark}, ""
		if a.State == bot.ActionPending {
			a.State, a.DoneAt = bot.ActionSkipped, storetest.Start
		}
		return a, nil
	},
	Incoming: true,
}

// forgetFirst commits two records of one person and forgets the first.
func forgetFirst(t *testing.T, s *Store) {
	t.Helper()
	commitOne(t, s, 1)
	commitOne(t, s, 2)
	rec := storetest.NewRecord(1)
	rec.Revision, rec.Status, rec.Outcome = 1, intake.StatusClosed, intake.OutcomeAgreed
	rec.Request.Requester, rec.Request.Summary = intake.Requester{}, ""
	rec.Origin = intake.Origin{Subject: bot.ForgottenMark, Place: rec.Origin.Place}
	rec.Evidence, rec.Doubts, rec.Correspondents, rec.KindReason, rec.Forgotten = nil, nil, nil, intake.Remark{}, storetest.Start
	if _, err := s.Commit(t.Context(), bot.Change{Record: rec}); err != nil {
		t.Fatal(err)
	}
	if err := s.Erase(t.Context(), rec.Reference, wordless); err != nil {
		t.Fatal(err)
	}
}

func TestOneOfTwoRecordsOfAPersonIsForgotten(t *testing.T) {
	onServers(t, func(t *testing.T, s *Store) {
		forgetFirst(t, s)
		find := func(q bot.Query) string {
			found, _, err := s.List(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			return strings.Join(each(found, func(r *intake.Record) string { return r.Reference }), " ")
		}
		for _, q := range []bot.Query{{Person: "aida@stat.example"}, {Words: []string{"sample"}}, {Words: []string{"indicators"}}} {
			if got := find(q); got != storetest.Reference(2) {
				t.Errorf("%+v finds %q", q, got)
			}
		}
		if got := find(bot.Query{Country: "KG"}); got != storetest.Reference(2)+" "+storetest.Reference(1) {
			t.Errorf("by country: %q", got)
		}
		if n := s.client.StrLen(t.Context(), s.keys.word("aida")).Val(); n != entrySize {
			t.Errorf("the list of the name has %d bytes, want one entry", n)
		}
		if _, err := s.Letter(t.Context(), storetest.Reference(1)); err == nil {
			t.Error("the letter is there")
		}
	})
}

func TestAForgottenMailIsKnownStill(t *testing.T) {
	onServers(t, func(t *testing.T, s *Store) {
		forgetFirst(t, s)
		if ref, err := s.ByMessageID(t.Context(), storetest.MessageID(1)); err != nil || ref != "" {
			t.Errorf("its Message-ID leads to %q, %v", ref, err)
		}
		again := storetest.NewChange(1)
		again.Arrival.Place = storetest.At(99)
		done, err := s.Commit(t.Context(), again)
		if err != nil || !done.Seen || done.Reference != storetest.Reference(1) || done.Outcome != bot.ArrivalRecorded {
			t.Errorf("the same mail again: %+v, %v", done, err)
		}
		other := storetest.NewChange(3)
		other.Arrival.MessageID = storetest.MessageID(1)
		if done, err := s.Commit(t.Context(), other); err != nil || done.Seen {
			t.Errorf("another mail of the same Message-ID: %+v, %v", done, err)
		}
	})
}

func TestWhatWasStillToBeSaidLeavesItsQueue(t *testing.T) {
	onServers(t, func(t *testing.T, s *Store) {
		forgetFirst(t, s)
		claimed, err := s.Claim(t.Context(), bot.MouthMail, "me", storetest.Start.Add(time.Hour), time.Minute, 10)
		if err != nil || len(claimed) != 1 || claimed[0].Reference != storetest.Reference(2) {
			t.Errorf("claimed %+v, %v", claimed, err)
		}
		actions, err := s.Actions(t.Context(), storetest.Reference(1))
		if err != nil || len(actions) != 1 || actions[0].State != bot.ActionSkipped || actions[0].Mail.Text != "" {
			t.Errorf("%+v, %v", actions, err)
		}
	})
}

func TestAnActionInHandIsWaitedFor(t *testing.T) {
	s := openAt(t, servers["miniredis"](t), "")
	commitOne(t, s, 1)
	if _, err := s.Claim(t.Context(), bot.MouthMail, "me", storetest.Start, time.Minute, 1); err != nil {
		t.Fatal(err)
	}
	err := s.Erase(t.Context(), storetest.Reference(1), wordless)
	if _, temporary := bot.IsTemporary(err); !temporary {
		t.Errorf("error %v, want one that passes", err)
	}
	if err := s.Complete(t.Context(), "me", "acknowledge:"+storetest.Reference(1), "ack-1@desk.unece.example", storetest.Start); err != nil {
		t.Fatal(err)
	}
	if err := s.Erase(t.Context(), storetest.Reference(1), wordless); err != nil {
		t.Error(err)
	}
}

func TestMentionsAreFoundWhereverTheyStand(t *testing.T) {
	onServers(t, func(t *testing.T, s *Store) {
		commitOne(t, s, 1)
		aside := storetest.NewArrival(2)
		aside.Outcome = bot.ArrivalSetAside
		_, err := s.Commit(t.Context(), bot.Change{
			Arrival: aside, SetAside: &intake.SetAside{Identity: aside.MessageID, ReceivedAt: storetest.Start},
			Letter: &bot.Letter{Parts: []bot.LetterPart{{Source: "body", Text: intake.Text{Content: "Call Boris Nobody"}}}},
		})
		if err != nil {
			t.Fatal(err)
		}
		record, message := bot.Mention{Reference: storetest.Reference(1)}, bot.Mention{Identity: aside.MessageID}
		for word, want := range map[string][]bot.Mention{
			"AIDA@stat.example": {record}, "dear colleagues": {record}, "Re: Request for training": {record}, "boris nobody": {message}, "nowhere": nil,
		} {
			var got []bot.Mention
			if err := s.Mentions(t.Context(), []string{word}, func(m bot.Mention) { got = append(got, m) }); err != nil {
				t.Fatal(err)
			}
			if len(got) != len(want) || len(want) == 1 && got[0] != want[0] {
				t.Errorf("%q stands in %+v, want %+v", word, got, want)
			}
		}
		for range 2 { // the second time there is nothing left to drop
			if err := s.DropSetAside(t.Context(), aside.MessageID); err != nil {
				t.Fatal(err)
			}
		}
		for key, value := range lying(t, s) {
			if strings.Contains(key+value, "Boris") || strings.Contains(key+value, aside.MessageID) {
				t.Errorf("%s holds %s", key, value)
			}
		}
	})
}
