package slackio_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"verbale/bot"
	"verbale/bot/desk"
	"verbale/bot/slackio"
	"verbale/internal/slackpeer"
)

// A mouthFixture is a Mouth with a fake desk and fake card places.
type mouthFixture struct {
	*fixture
	*fakeCards
	mouth *slackio.Mouth
	text  string // text of the cards
}

func mouth(t *testing.T, o slackpeer.Options) *mouthFixture {
	t.Helper()
	d := &mouthFixture{fixture: open(t, o), fakeCards: newFakeCards(), text: "assigned"}
	d.desk.card = func(reference, room string) (desk.Page, error) {
		return desk.Page{Title: reference, Blocks: []desk.Block{desk.Paragraph{Text: d.text + " for " + room}}}, nil
	}
	d.mouth = slackio.NewMouth(d.mouthOptions(d.fakeCards))
	return d
}

// card returns an action that draws the card of a record at a revision.
func card(revision int64) bot.Action {
	return bot.Action{Key: "card", Kind: bot.ActionCard, Reference: "TC-2026-00042", Room: bot.RoomDesk, Revision: revision}
}

// note returns an action that posts below the card.
func note(room string) bot.Action {
	return bot.Action{
		Key: "post:TC-2026-00042:" + room + ":1", Kind: bot.ActionPost, Reference: "TC-2026-00042", Room: room,
		Post: &bot.Post{Title: "Mail from the ministry", Body: "We thank you. <!channel>"},
	}
}

func (d *mouthFixture) perform(t *testing.T, a bot.Action) string {
	t.Helper()
	result, err := d.mouth.Perform(within(t), a)
	if err != nil {
		t.Fatalf("%s: %v", a.Key, err)
	}
	return result
}

// pictures draws the messages of a channel as text.
func (d *mouthFixture) pictures(channel string) (all []string) {
	for _, m := range d.Messages(channel) {
		all = append(all, slackpeer.Picture(m))
	}
	return all
}

func TestACardIsRedrawnInItsPlace(t *testing.T) {
	d := mouth(t, slackpeer.Options{})
	first := d.perform(t, card(1))
	d.text = "accepted"
	d.revise("TC-2026-00042", 5)
	if again := d.perform(t, card(3)); again != first {
		t.Errorf("drawn at %s, then at %s", first, again)
	}
	if got := d.pictures(deskRoom); len(got) != 1 || !strings.Contains(got[0], "accepted for desk") {
		t.Errorf("the channel shows %q", got)
	}
	_, err := d.mouth.Perform(within(t), card(4)) // the call before drew revision 5
	if _, skipped := errors.AsType[bot.NothingToDo](err); !skipped {
		t.Errorf("an older card: %v", err)
	}
}

// Home tabs are drawn from the agenda. It is updated before a card is drawn in the desk's
// channel, and before a summary of several records.
func TestTheAgendaFollowsTheCards(t *testing.T) {
	d := mouth(t, slackpeer.Options{})
	d.perform(t, card(1))
	elsewhere := card(1)
	elsewhere.Reference, elsewhere.Room = "TC-2026-00043", boss
	d.perform(t, elsewhere)
	d.perform(t, bot.Action{Key: "summary", Kind: bot.ActionSummary, Room: bot.RoomDesk, Records: []string{"TC-2026-00044", "TC-2026-00045"}})
	if got := slices.Sorted(maps.Keys(d.due)); !slices.Equal(got, []string{"TC-2026-00042", "TC-2026-00044", "TC-2026-00045"}) {
		t.Errorf("noted of %v", got)
	}
}

func TestACardThatIsGoneIsPostedAnew(t *testing.T) {
	d := mouth(t, slackpeer.Options{})
	first := d.perform(t, card(1))
	client := slack.New(slackpeer.BotToken, slack.OptionAPIURL(d.URL()))
	if _, _, err := client.DeleteMessage(deskRoom, strings.TrimPrefix(first, deskRoom+"/")); err != nil {
		t.Fatal(err)
	}
	d.revise("TC-2026-00042", 2)
	if again := d.perform(t, card(2)); again == first || len(d.Messages(deskRoom)) != 1 {
		t.Errorf("drawn at %s, then at %s", first, again)
	}
}

func TestACardMovesWithTheDesk(t *testing.T) {
	d := mouth(t, slackpeer.Options{})
	d.perform(t, card(1))
	const other = "C0000OTHER"
	d.AddChannel(slackpeer.Channel{ID: other, Name: "tc-other", Members: []string{slackpeer.BotUser}})
	d.rooms = slackio.NewRooms(d.workspace, d.people, directory(), other, time.Now)
	d.mouth = slackio.NewMouth(d.mouthOptions(d.fakeCards))
	if at := d.perform(t, card(1)); !strings.HasPrefix(at, other+"/") {
		t.Errorf("drawn at %s", at)
	}
}

func TestPostsStandBelowTheCard(t *testing.T) {
	d := mouth(t, slackpeer.Options{})
	d.perform(t, card(1))
	d.perform(t, note(bot.RoomDesk))
	root := d.Messages(deskRoom)[0]
	if thread := d.Thread(deskRoom, root.TS); len(thread) != 2 || thread[1].ThreadTS != root.TS {
		t.Errorf("the thread has %d messages", len(thread))
	}
}

func TestAMissingCardIsDrawnBeforeThePost(t *testing.T) {
	d := mouth(t, slackpeer.Options{})
	d.perform(t, note(boss))
	direct := d.Direct(boris)
	got := d.Messages(direct)
	if len(got) != 2 || got[1].ThreadTS != got[0].TS || !strings.Contains(slackpeer.Picture(got[0]), "for "+boss) {
		t.Errorf("the direct message shows %q", d.pictures(direct))
	}
	if places, _ := d.Cards(within(t), "TC-2026-00042"); places[boss].Channel != direct {
		t.Errorf("cards stand at %v", places)
	}
}

func TestASummaryStandsForManyCards(t *testing.T) {
	d := mouth(t, slackpeer.Options{})
	d.perform(t, bot.Action{Key: "summary:1", Kind: bot.ActionSummary, Room: bot.RoomDesk, Records: []string{"TC-2026-00001", "TC-2026-00002"}})
	if got := d.pictures(deskRoom); len(got) != 1 || !strings.Contains(got[0], "2 requests came in") {
		t.Errorf("the channel shows %q", got)
	}
}

func TestARoomIsWhomTheDirectoryNames(t *testing.T) {
	d := mouth(t, slackpeer.Options{})
	dir := directory()
	for id, slackID := range map[string]string{"by-user": boris, "by-group": "S0000TRIAGE", "by-channel": deskRoom, "by-none": ""} {
		p := dir.Posts[0]
		p.ID, p.Slack = id, slackID
		dir.Posts = append(dir.Posts, p)
	}
	rooms := slackio.NewRooms(d.workspace, d.people, dir, "tc-desk", time.Now)
	for room, want := range map[string]string{
		bot.RoomDesk: deskRoom, "by-user": d.Direct(boris), "by-group": d.Direct(alice), "by-channel": deskRoom,
		alice: d.Direct(alice), // holds no post
	} {
		if got, err := rooms.Conversation(within(t), room); got != want || err != nil {
			t.Errorf("%s is %s, %v; want %s", room, got, err, want)
		}
	}
	for _, room := range []string{"by-none", "unheard-of"} {
		_, err := rooms.Conversation(within(t), room)
		if refused, ok := errors.AsType[*slackio.Error](err); !ok || refused.Mend == "" {
			t.Errorf("%s: %v", room, err)
		}
	}
}

func TestARecordThatIsForgottenHasNoCard(t *testing.T) {
	d := mouth(t, slackpeer.Options{})
	d.revise("TC-2026-00042", -1)
	_, err := d.mouth.Perform(within(t), card(1))
	if _, skipped := errors.AsType[bot.NothingToDo](err); !skipped || len(d.Messages(deskRoom)) != 0 {
		t.Errorf("%v", err)
	}
}

func TestNothingInAMessageIsUnfoldedOrParsed(t *testing.T) {
	d := mouth(t, slackpeer.Options{})
	d.perform(t, card(1))
	d.revise("TC-2026-00042", 2)
	d.perform(t, card(2))
	d.perform(t, note(bot.RoomDesk))
	for _, c := range slices.Concat(d.Calls("chat.postMessage"), d.Calls("chat.update")) {
		for name, want := range map[string]string{"parse": "none", "unfurl_links": "false", "unfurl_media": "false"} {
			if c.Args[name] != want {
				t.Errorf("%s with %s=%q", c.Method, name, c.Args[name])
			}
		}
	}
}
