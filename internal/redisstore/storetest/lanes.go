package storetest

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"verbale/bot"
	"verbale/intake"
)

var laneTests = map[string]func(*testing.T, Store){
	"each mouth claims its own":                       mouthsApart,
	"an unknown mouth is an error":                    unknownMouth,
	"a lane gives out one action after the other":     laneOrder,
	"a later time holds up the rest of its lane":      laneWaitsForItsFirst,
	"a failed attempt keeps its place":                laneRetried,
	"a deferred one keeps its place":                  laneDeferred,
	"an ended lease keeps its place":                  laneRecovered,
	"what is parked or skipped lets the lane go on":   laneGoesOn,
	"what is unparked comes last":                     laneUnparked,
	"what is withheld or skipped enters no lane":      laneWithheld,
	"lanes do not wait for each other":                lanesApart,
	"a group takes nothing that waits in a lane":      laneInGroup,
	"a lane may lead from one mouth to another":       laneAcrossMouths,
	"drawing writes no history, but giving up does":   drawnHistory,
	"an action without a record belongs to nobody":    actionWithoutRecord,
	"of a lane one action is in hand, whoever claims": raceLane,
}

// card is the redrawing of the n-th record's card in the desk's room.
func card(n, revision int) bot.Action {
	return bot.Action{
		Key: cardKey(n, revision), Kind: bot.ActionCard, Reference: Reference(n), State: bot.ActionPending, Due: Start,
		Room: bot.RoomDesk, Revision: int64(revision), Lane: "slack:" + Reference(n) + ":desk",
	}
}

func cardKey(n, revision int) string { return fmt.Sprintf("card:%s:desk:%d", Reference(n), revision) }

// drawn commits the n-th record with the cards of revisions 1 to the given one.
func drawn(t *testing.T, s Store, n, revisions int) {
	t.Helper()
	var cards []bot.Action
	for r := 1; r <= revisions; r++ {
		cards = append(cards, card(n, r))
	}
	withActions(t, s, n, cards...)
}

// expectCards claims all that the Slack mouth may have.
func expectCards(t *testing.T, s Store, now time.Time, want ...string) {
	t.Helper()
	got := keysOf(must[[]bot.Action](t)(s.Claim(t.Context(), bot.MouthSlack, "a", now, lease, 9)))
	if !slices.Equal(got, want) {
		t.Fatalf("claimed %v, want %v", got, want)
	}
}

func settled(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func mouthsApart(t *testing.T, s Store) {
	house := bot.Action{Key: "absorb:1", Kind: bot.ActionAbsorb, Reference: Reference(1), Due: Start, Source: Reference(2)}
	withActions(t, s, 1, NewAction(1), card(1, 1), house)
	for _, c := range []struct {
		mouth bot.Mouth
		want  string
	}{{bot.MouthInternal, house.Key}, {bot.MouthSlack, cardKey(1, 1)}, {bot.MouthMail, NewAction(1).Key}} {
		got := must[[]bot.Action](t)(s.Claim(t.Context(), c.mouth, "a", Start, lease, 9))
		if len(got) != 1 || got[0].Key != c.want {
			t.Errorf("%s claims %v, want %s", c.mouth, keysOf(got), c.want)
		}
	}
}

func unknownMouth(t *testing.T, s Store) {
	if _, err := s.Claim(t.Context(), "telegram", "a", Start, lease, 9); err == nil {
		t.Error("no error")
	}
}

func laneOrder(t *testing.T, s Store) {
	drawn(t, s, 1, 3)
	for r := 1; r <= 3; r++ {
		expectCards(t, s, Start, cardKey(1, r))
		expectCards(t, s, Start) // one is in hand
		settled(t, s.Complete(t.Context(), "a", cardKey(1, r), "", Start))
	}
	expectCards(t, s, Start.Add(1000*time.Hour))
	drawn(t, s, 2, 1) // a lane that was empty begins anew
	expectCards(t, s, Start, cardKey(2, 1))
}

func laneWaitsForItsFirst(t *testing.T, s Store) {
	first, second := card(1, 1), card(1, 2)
	first.Due = Start.Add(time.Hour)
	withActions(t, s, 1, first, second)
	expectCards(t, s, Start)
	expectCards(t, s, Start.Add(time.Hour), first.Key)
}

func laneRetried(t *testing.T, s Store) {
	drawn(t, s, 1, 2)
	expectCards(t, s, Start, cardKey(1, 1))
	settled(t, s.Retry(t.Context(), "a", cardKey(1, 1), "ratelimited", Start.Add(time.Minute)))
	expectCards(t, s, Start)
	expectCards(t, s, Start.Add(time.Minute), cardKey(1, 1))
}

func laneDeferred(t *testing.T, s Store) {
	drawn(t, s, 1, 2)
	expectCards(t, s, Start, cardKey(1, 1))
	settled(t, s.Defer(t.Context(), "a", cardKey(1, 1), "share used up", Start.Add(time.Minute)))
	expectCards(t, s, Start)
	expectCards(t, s, Start.Add(time.Minute), cardKey(1, 1))
}

func laneRecovered(t *testing.T, s Store) {
	drawn(t, s, 1, 2)
	expectCards(t, s, Start, cardKey(1, 1))
	later := Start.Add(2 * lease)
	if n := must[int](t)(s.Recover(t.Context(), later)); n != 1 {
		t.Fatalf("recovered %d", n)
	}
	expectCards(t, s, later, cardKey(1, 1))
	settled(t, s.Complete(t.Context(), "a", cardKey(1, 1), "", later))
	expectCards(t, s, later, cardKey(1, 2))
}

func laneGoesOn(t *testing.T, s Store) {
	drawn(t, s, 1, 3)
	expectCards(t, s, Start, cardKey(1, 1))
	settled(t, s.Park(t.Context(), "a", cardKey(1, 1), "channel_not_found", Start))
	expectCards(t, s, Start, cardKey(1, 2))
	settled(t, s.Skip(t.Context(), "a", cardKey(1, 2), "drawn already", Start))
	expectCards(t, s, Start, cardKey(1, 3))
}

func laneUnparked(t *testing.T, s Store) {
	drawn(t, s, 1, 3)
	expectCards(t, s, Start, cardKey(1, 1))
	settled(t, s.Park(t.Context(), "a", cardKey(1, 1), "channel_not_found", Start))
	settled(t, s.Unpark(t.Context(), cardKey(1, 1), Start))
	for _, r := range []int{2, 3, 1} {
		expectCards(t, s, Start, cardKey(1, r))
		settled(t, s.Complete(t.Context(), "a", cardKey(1, r), "", Start))
	}
}

func laneWithheld(t *testing.T, s Store) {
	withheld, skipped := card(1, 1), card(1, 2)
	withheld.State, skipped.State = bot.ActionWithheld, bot.ActionSkipped
	withActions(t, s, 1, withheld, skipped, card(1, 3))
	expectCards(t, s, Start, cardKey(1, 3))
}

func lanesApart(t *testing.T, s Store) {
	drawn(t, s, 1, 2)
	drawn(t, s, 2, 2)
	expectCards(t, s, Start, cardKey(1, 1), cardKey(2, 1))
}

func laneInGroup(t *testing.T, s Store) {
	var cards []bot.Action
	for r := 1; r <= 2; r++ {
		c := card(1, r)
		c.RateGroup, c.Deferred = "cards:desk", true
		cards = append(cards, c)
	}
	withActions(t, s, 1, cards...)
	got := must[[]bot.Action](t)(s.ClaimGroup(t.Context(), "a", "cards:desk", Start, lease, 9))
	if want := []string{cardKey(1, 1)}; !slices.Equal(keysOf(got), want) {
		t.Errorf("claimed %v, want %v", keysOf(got), want)
	}
}

func laneAcrossMouths(t *testing.T, s Store) {
	mail := NewAction(1)
	mail.Lane = card(1, 1).Lane
	withActions(t, s, 1, mail, card(1, 1))
	expectCards(t, s, Start)
	expectKeys(t, claim(t, s, "a", Start, 9), 1)
	settled(t, s.Complete(t.Context(), "a", mail.Key, "x", Start))
	expectCards(t, s, Start, cardKey(1, 1))
}

func drawnHistory(t *testing.T, s Store) {
	drawn(t, s, 1, 3)
	expectCards(t, s, Start, cardKey(1, 1))
	settled(t, s.Complete(t.Context(), "a", cardKey(1, 1), "1772442000.000100", Start))
	expectCards(t, s, Start, cardKey(1, 2))
	settled(t, s.Skip(t.Context(), "a", cardKey(1, 2), "drawn already", Start))
	if history := must[[]intake.HistoryEntry](t)(s.History(t.Context(), Reference(1))); len(history) != 1 {
		t.Errorf("history has %d entries, want mail_in alone", len(history))
	}
	if got := must[string](t)(s.ByMessageID(t.Context(), "1772442000.000100")); got != "" {
		t.Errorf("a card counts as mail of %s", got)
	}
	expectCards(t, s, Start, cardKey(1, 3))
	settled(t, s.Park(t.Context(), "a", cardKey(1, 3), "channel_not_found", Start))
	expectLast(t, s, intake.HistoryEntry{At: Start, Actor: intake.ActorBot, What: "parked", Reason: "channel_not_found", Detail: cardKey(1, 3)})
}

func actionWithoutRecord(t *testing.T, s Store) {
	post := bot.Action{Key: "post:aside:1", Kind: bot.ActionPost, Due: Start, Post: &bot.Post{Title: "To confirm", Identity: MessageID(1)}}
	c := newSetAside(1)
	c.Actions = []bot.Action{post}
	commit(t, s, c)
	expectCards(t, s, Start, post.Key)
	settled(t, s.Park(t.Context(), "a", post.Key, "channel_not_found", Start))
	if got := must[[]bot.Action](t)(s.Parked(t.Context(), 9)); len(got) != 1 || got[0].Post == nil || got[0].Post.Identity != MessageID(1) {
		t.Errorf("parked %+v", got)
	}
	if got := must[[]bot.Action](t)(s.Actions(t.Context(), "")); len(got) != 0 {
		t.Errorf("listed under no reference: %v", keysOf(got))
	}
}

func raceLane(t *testing.T, s Store) {
	const cards = 20
	drawn(t, s, 1, cards)
	order := make(chan string, cards)
	errs := race(func(i int) error {
		owner := fmt.Sprint("owner-", i)
		for len(order) < cards {
			actions, err := s.Claim(t.Context(), bot.MouthSlack, owner, Start, lease, 3)
			if err != nil {
				return err
			}
			for _, a := range actions {
				order <- a.Key // before the next one can be claimed
				if err := s.Complete(t.Context(), owner, a.Key, "", Start); err != nil {
					return err
				}
			}
		}
		return nil
	})
	settled(t, errors.Join(errs...))
	close(order)
	n := 0
	for key := range order {
		if n++; key != cardKey(1, n) {
			t.Errorf("%s came as number %d", key, n)
		}
	}
}
