package slackpeer_test

import (
	"encoding/json"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack/socketmode"

	"verbale/internal/slackpeer"
)

// soon are options with short pauses before a missed delivery is retried.
var soon = slackpeer.Options{AckWithin: patience, RetryPauses: []time.Duration{0, time.Millisecond, time.Millisecond}}

// missed is the time to wait for an acknowledgement that does not come.
const missed = 100 * time.Millisecond

// attempts returns the delivery attempts of a kind with their results.
func attempts(peer *slackpeer.Peer, kind string) (list []string) {
	for _, d := range peer.Deliveries() {
		if d.Kind == kind {
			list = append(list, string(rune('0'+d.Attempt))+d.Missed)
		}
	}
	return list
}

func TestAnEventThatIsNotAcknowledgedComesAgain(t *testing.T) {
	t.Parallel()
	peer := start(t, soon)
	peer.WaitForAcks(missed)
	var reasons []string
	runApp(t, peer, map[string]func(socketmode.Event) any{
		"message": func(e socketmode.Event) any {
			reasons = append(reasons, e.Request.RetryReason)
			if e.Request.RetryAttempt == 1 {
				peer.WaitForAcks(patience) // for the third delivery
			}
			if e.Request.RetryAttempt < 2 {
				return silence
			}
			return nil
		},
	})
	seen, err := peer.Person(alice).Post(desk, "anyone?")
	if err != nil || seen.Acked || seen.Notice != "" {
		t.Fatalf("posting gave %+v, %v", seen, err)
	}
	if err := peer.Settle(within(t)); err != nil {
		t.Fatal(err)
	}
	if got, want := attempts(peer, "events_api"), []string{"0timeout", "1timeout", "2"}; !slices.Equal(got, want) {
		t.Errorf("the attempts were %q, want %q", got, want)
	}
	if want := []string{"", "timeout", "timeout"}; !slices.Equal(reasons, want) {
		t.Errorf("the reasons were %q, want %q", reasons, want)
	}
}

func TestAnEventThatIsNeverAcknowledgedIsLost(t *testing.T) {
	peer := start(t, slackpeer.Options{AckWithin: time.Millisecond, RetryPauses: []time.Duration{0, 0, 0}})
	if _, err := peer.Person(alice).Post(desk, "anyone?"); err != nil {
		t.Fatal(err)
	}
	if err := peer.Settle(within(t)); err != nil {
		t.Fatal(err)
	}
	if got := attempts(peer, "events_api"); len(got) != 4 {
		t.Errorf("the attempts were %q", got)
	}
	changes, _ := peer.Changes(0)
	if last := changes[len(changes)-1]; last.Kind != slackpeer.Lost {
		t.Errorf("the last change is %+v", last)
	}
}

func TestAnInteractionThatIsNotAcknowledgedIsShownToThePerson(t *testing.T) {
	t.Parallel()
	peer := start(t, soon)
	peer.WaitForAcks(missed)
	runApp(t, peer, map[string]func(socketmode.Event) any{
		"shortcut": func(socketmode.Event) any { return silence },
	})
	seen, err := peer.Person(alice).Shortcut("new_request")
	if err != nil || seen.Acked || seen.Notice != "Verbale did not respond" {
		t.Fatalf("the shortcut gave %+v, %v", seen, err)
	}
	if got := attempts(peer, "interactive"); len(got) != 1 {
		t.Errorf("it was delivered %q", got)
	}
}

func TestLinesTakeEnvelopesInTurn(t *testing.T) {
	peer := start(t, slackpeer.Options{})
	var first, second atomic.Int32
	count := func(n *atomic.Int32) map[string]func(socketmode.Event) any {
		return map[string]func(socketmode.Event) any{"/tc": func(socketmode.Event) any { n.Add(1); return nil }}
	}
	runApp(t, peer, count(&first))
	runApp(t, peer, count(&second))
	for range 6 {
		if seen, err := peer.Person(alice).Command(desk, "/tc help"); err != nil || !seen.Acked {
			t.Fatalf("the command gave %+v, %v", seen, err)
		}
	}
	if first.Load() != 3 || second.Load() != 3 {
		t.Errorf("the lines took %d and %d", first.Load(), second.Load())
	}
}

func TestADroppedLineComesUpAgain(t *testing.T) {
	for name, break_ := range map[string]func(*slackpeer.Peer){
		"cut":     (*slackpeer.Peer).DropConnections,
		"refresh": func(p *slackpeer.Peer) { p.Disconnect("refresh_requested") },
		"warning": func(p *slackpeer.Peer) { p.Disconnect("warning") },
	} {
		t.Run(name, func(t *testing.T) {
			peer := start(t, slackpeer.Options{AckWithin: patience})
			runApp(t, peer, nil)
			break_(peer)
			seen, err := peer.Person(alice).Command(desk, "/tc help") // waits for the new connection
			if err != nil || !seen.Acked {
				t.Fatalf("after that the command gave %+v, %v", seen, err)
			}
			if calls := peer.Calls("apps.connections.open"); len(calls) != 2 {
				t.Errorf("the line was opened %d times", len(calls))
			}
		})
	}
}

func TestWhatWasUnderWayOnADroppedLineIsMissed(t *testing.T) {
	peer := start(t, slackpeer.Options{AckWithin: patience, RetryPauses: []time.Duration{0}})
	dropped := false
	a := runApp(t, peer, map[string]func(socketmode.Event) any{
		"message": func(socketmode.Event) any {
			if dropped {
				return nil
			}
			dropped = true
			peer.DropConnections()
			return silence
		},
	})
	if seen, err := peer.Person(alice).Post(desk, "one"); err != nil || seen.Acked {
		t.Fatalf("posting gave %+v, %v", seen, err)
	}
	if err := peer.Settle(within(t)); err != nil {
		t.Fatal(err)
	}
	if got, want := attempts(peer, "events_api"), []string{"0connection_failed", "1"}; !slices.Equal(got, want) {
		t.Errorf("the attempts were %q, want %q", got, want)
	}
	if got := a.received(); len(got) != 2 {
		t.Errorf("the app received %q", got)
	}
}

func TestADeliveryMayComeTwice(t *testing.T) {
	peer := start(t, slackpeer.Options{})
	a := runApp(t, peer, nil)
	peer.Duplicate(1)
	person := peer.Person(alice)
	for range 2 {
		if seen, err := person.Command(desk, "/tc help"); err != nil || !seen.Acked {
			t.Fatalf("the command gave %+v, %v", seen, err)
		}
	}
	if err := peer.Settle(within(t)); err != nil {
		t.Fatal(err)
	}
	if got := a.received(); len(got) != 3 {
		t.Errorf("the app received %q", got)
	}
	if a.got[0].Request.EnvelopeID == a.got[1].Request.EnvelopeID {
		t.Error("both came in the same envelope")
	}
}

func TestALineBeginsWithHelloAndItsTicketIsGoodOnce(t *testing.T) {
	peer := start(t, slackpeer.Options{})
	_, address, err := client(peer).StartSocketModeContext(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	line, _, err := websocket.DefaultDialer.DialContext(t.Context(), address, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = line.Close() }()
	var hello struct {
		Type        string
		Connections int `json:"num_connections"`
	}
	if err := line.ReadJSON(&hello); err != nil || hello.Type != "hello" || hello.Connections != 1 {
		t.Errorf("the line began with %+v, %v", hello, err)
	}
	if _, _, err := websocket.DefaultDialer.DialContext(t.Context(), address, nil); err == nil {
		t.Error("the ticket was taken twice")
	}
}

func TestTheAppHearsItself(t *testing.T) {
	peer := start(t, slackpeer.Options{})
	var heard []string
	a := runApp(t, peer, map[string]func(socketmode.Event) any{
		"message": func(e socketmode.Event) any {
			var payload struct {
				Event struct {
					BotID   string `json:"bot_id"`
					Subtype string
				}
			}
			if err := json.Unmarshal(e.Request.Payload, &payload); err != nil {
				t.Error(err)
			}
			heard = append(heard, payload.Event.BotID+payload.Event.Subtype)
			return nil
		},
	})
	steps := []func(ts string) error{
		func(ts string) error { _, _, _, err := a.UpdateMessage(desk, ts, text("new")); return err },
		func(ts string) error { _, _, err := a.DeleteMessage(desk, ts); return err },
	}
	_, ts, err := a.PostMessage(desk, text("old"))
	for _, step := range steps {
		if err != nil {
			t.Fatal(err)
		}
		if err := peer.Settle(within(t)); err != nil {
			t.Fatal(err)
		}
		err = step(ts)
	}
	if err := peer.Settle(within(t)); err != nil {
		t.Fatal(err)
	}
	if want := []string{slackpeer.BotID, "message_changed", "message_deleted"}; !slices.Equal(heard, want) {
		t.Errorf("the app heard %q, want %q", heard, want)
	}
}

func TestTheAppHearsOnlyWhatItMay(t *testing.T) {
	peer := start(t, slackpeer.Options{Scopes: []string{"chat:write"}})
	if seen, err := peer.Person(alice).Post(desk, "hello <@"+slackpeer.BotUser+">"); err != nil || !seen.Acked {
		t.Fatalf("posting gave %+v, %v", seen, err)
	}
	if got := peer.Deliveries(); len(got) != 0 {
		t.Errorf("it heard %+v", got)
	}
}
