package slackpeer_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"verbale/internal/slackpeer"
)

func TestPeopleAreFound(t *testing.T) {
	peer := start(t, slackpeer.Options{})
	api := client(peer)
	user, err := api.GetUserByEmail("ALICE@desk.example")
	if err != nil || user.ID != alice || user.RealName != "Alice Arnaud" || user.TZ != "Europe/Zurich" || user.TZOffset != 3600 {
		t.Errorf("by address: %+v, %v", user, err)
	}
	presence, err := api.GetUserPresence(boris)
	if err != nil || presence.Presence != "away" {
		t.Errorf("the presence is %+v, %v", presence, err)
	}
	users, err := api.GetUsers(slack.GetUsersOptionLimit(1)) // one user per page
	if err != nil || len(users) != 4 {
		t.Errorf("%d users, %v", len(users), err)
	}
	groups, err := api.GetUserGroups(slack.GetUserGroupsOptionIncludeUsers(true))
	if err != nil || len(groups) != 1 || groups[0].Handle != "triage" || !slices.Equal(groups[0].Users, []string{alice}) {
		t.Errorf("the groups are %+v, %v", groups, err)
	}
	members, err := api.GetUserGroupMembers("S0000TRIAGE")
	if err != nil || !slices.Equal(members, []string{alice}) {
		t.Errorf("the members are %v, %v", members, err)
	}
}

func TestConversationsAreFoundAndJoined(t *testing.T) {
	peer := start(t, slackpeer.Options{})
	api := client(peer)
	channel, _, _, err := api.OpenConversation(&slack.OpenConversationParameters{Users: []string{alice}, ReturnIM: true})
	if err != nil || !channel.IsIM || channel.ID != peer.Direct(alice) {
		t.Fatalf("the direct conversation is %+v, %v", channel, err)
	}
	if _, _, err := api.PostMessage(alice, text("hello")); err != nil || len(peer.Messages(channel.ID)) != 1 {
		t.Errorf("a message to a user: %v", err)
	}
	members, next, err := api.GetUsersInConversation(&slack.GetUsersInConversationParameters{ChannelID: desk, Limit: 2})
	if err != nil || len(members) != 2 || next == "" {
		t.Errorf("the members are %v, then %q, %v", members, next, err)
	}
	list, _, err := api.GetConversations(&slack.GetConversationsParameters{Types: []string{"public_channel", "private_channel"}, ExcludeArchived: true})
	if err != nil || len(list) != 2 {
		t.Errorf("the channels are %+v, %v", list, err)
	}
	if _, _, _, err := api.JoinConversation(aside); err != nil {
		t.Error(err)
	}
	info, err := api.GetConversationInfo(&slack.GetConversationInfoInput{ChannelID: aside, IncludeNumMembers: true})
	if err != nil || !info.IsMember || info.NumMembers != 2 {
		t.Errorf("after joining: %+v, %v", info, err)
	}
}

func TestSeveralShareADirectConversation(t *testing.T) {
	peer := start(t, slackpeer.Options{AckWithin: time.Millisecond})
	api := client(peer)
	both, _, _, err := api.OpenConversation(&slack.OpenConversationParameters{Users: []string{alice, boris}})
	if err != nil {
		t.Fatal(err)
	}
	again, _, _, err := api.OpenConversation(&slack.OpenConversationParameters{ChannelID: both.ID, ReturnIM: true})
	if err != nil || again.ID != both.ID || !again.IsMpIM || again.IsIM {
		t.Errorf("it is %+v, %v", again, err)
	}
	if _, _, _, err := api.OpenConversation(&slack.OpenConversationParameters{ChannelID: desk}); code(err) != "method_not_supported_for_channel_type" {
		t.Errorf("opening a channel: %v", err)
	}
	if seen, err := peer.Person(boris).Post(peer.Direct(boris), "hello"); err != nil || seen.Posted.Channel == both.ID {
		t.Errorf("a direct message went to %+v, %v", seen, err)
	}
}

func TestReactionsAreSeen(t *testing.T) {
	peer := start(t, slackpeer.Options{AckWithin: time.Millisecond})
	api := client(peer)
	seen, err := peer.Person(alice).Post(desk, "news")
	if err != nil {
		t.Fatal(err)
	}
	if err := api.AddReaction("eyes", slack.NewRefToMessage(desk, seen.Posted.TS)); err != nil {
		t.Fatal(err)
	}
	if _, err := peer.Person(boris).React(seen.Posted, "eyes"); err != nil {
		t.Fatal(err)
	}
	page, err := api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: desk})
	if err != nil || len(page.Messages) != 1 || len(page.Messages[0].Reactions) != 1 || page.Messages[0].Reactions[0].Count != 2 {
		t.Errorf("the history is %+v, %v", page, err)
	}
}

func TestHistoryComesInPages(t *testing.T) {
	peer := start(t, slackpeer.Options{Unlimited: true})
	api := client(peer)
	var first string
	for n := range 5 {
		metadata := slack.SlackMetadata{EventType: "card", EventPayload: map[string]any{"n": n}}
		_, ts, err := api.PostMessage(desk, text(strconv.Itoa(n)), slack.MsgOptionMetadata(metadata))
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			first = ts
		}
	}
	for _, options := range [][]slack.MsgOption{{}, {slack.MsgOptionBroadcast()}} {
		if err := post(api, desk, append(options, text("reply"), slack.MsgOptionTS(first))...); err != nil {
			t.Fatal(err)
		}
	}
	var texts []string
	for cursor := ""; ; {
		page, err := api.GetConversationHistory(&slack.GetConversationHistoryParameters{
			ChannelID: desk, Limit: 2, Cursor: cursor, IncludeAllMetadata: true,
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range page.Messages {
			texts = append(texts, m.Text+m.Metadata.EventType)
		}
		if cursor = page.ResponseMetaData.NextCursor; !page.HasMore {
			break
		}
	}
	if want := []string{"reply", "4card", "3card", "2card", "1card", "0card"}; !slices.Equal(texts, want) {
		t.Errorf("the history is %q, want %q", texts, want)
	}
	thread, _, _, err := api.GetConversationReplies(&slack.GetConversationRepliesParameters{ChannelID: desk, Timestamp: first})
	if err != nil || len(thread) != 3 || thread[0].ReplyCount != 2 || thread[1].ThreadTimestamp != first {
		t.Errorf("the thread is %+v, %v", thread, err)
	}
	later, err := api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: desk, Oldest: first, Inclusive: false})
	if err != nil || len(later.Messages) != 5 {
		t.Errorf("later than the first are %d, %v", len(later.Messages), err)
	}
}

func TestAnUpdateKeepsWhatItDoesNotGive(t *testing.T) {
	peer := start(t, slackpeer.Options{})
	api := client(peer)
	metadata := slack.MsgOptionMetadata(slack.SlackMetadata{EventType: "card", EventPayload: map[string]any{}})
	_, ts, err := api.PostMessage(desk, text("one"), blocksOf(card("one")...), metadata)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := api.UpdateMessage(desk, ts, blocksOf(card("two")...)); err != nil {
		t.Fatal(err)
	}
	m, _ := peer.Message(desk, ts)
	if m.Text != "one" || m.Edited || len(m.Metadata) == 0 || !strings.Contains(string(m.Blocks), "two") {
		t.Errorf("after new blocks it is %+v", m)
	}
	if _, _, _, err := api.UpdateMessage(desk, ts, text("three")); err != nil {
		t.Fatal(err)
	}
	if m, _ = peer.Message(desk, ts); m.Text != "three" || !m.Edited || m.Blocks != nil {
		t.Errorf("after a new text it is %+v", m)
	}
	link, err := api.GetPermalink(&slack.PermalinkParameters{Channel: desk, Ts: ts})
	if err != nil || !strings.HasSuffix(link, "/archives/"+desk+"/p"+strings.Replace(ts, ".", "", 1)) {
		t.Errorf("the link is %q, %v", link, err)
	}
}

func TestAScheduledMessageComesInItsTime(t *testing.T) {
	clock := newClock()
	peer := start(t, slackpeer.Options{Now: clock.Now})
	at := strconv.FormatInt(clock.Now().Add(time.Hour).Unix(), 10)
	if _, _, err := client(peer).ScheduleMessage(desk, at, text("later")); err != nil {
		t.Fatal(err)
	}
	clock.advance(time.Hour - time.Second)
	if got := peer.Messages(desk); len(got) != 0 {
		t.Errorf("too early there is %+v", got)
	}
	clock.advance(time.Second)
	if got := peer.Messages(desk); len(got) != 1 || got[0].Text != "later" {
		t.Errorf("in its time there is %+v", got)
	}
}

func TestFilesAreUploadedAndShared(t *testing.T) {
	peer := start(t, slackpeer.Options{})
	api := client(peer)
	_, parent, err := api.PostMessage(desk, text("card"))
	if err != nil {
		t.Fatal(err)
	}
	letter := "Dear colleagues"
	file, err := api.UploadFileContext(t.Context(), slack.UploadFileParameters{
		Filename: "letter.txt", Title: "The letter", FileSize: len(letter), Reader: strings.NewReader(letter),
		Channel: desk, ThreadTimestamp: parent, InitialComment: "as it came",
	})
	if err != nil {
		t.Fatal(err)
	}
	if f, _ := peer.File(file.ID); string(f.Content) != letter || f.Title != "The letter" || !f.Shared {
		t.Errorf("the file is %+v", f)
	}
	if thread := peer.Thread(desk, parent); len(thread) != 2 || !slices.Equal(thread[1].Files, []string{file.ID}) || thread[1].Text != "as it came" {
		t.Errorf("the thread is %+v", thread)
	}
	short, err := api.GetUploadURLExternalContext(t.Context(), slack.GetUploadURLExternalParameters{FileName: "a.txt", FileSize: 5})
	if err != nil {
		t.Fatal(err)
	}
	if err := api.UploadToURL(t.Context(), slack.UploadToURLParameters{UploadURL: short.UploadURL, Content: "1234", Filename: "a.txt"}); err == nil {
		t.Error("fewer bytes than announced were taken")
	}
	complete := func(channel string) error {
		_, err := api.CompleteUploadExternalContext(t.Context(), slack.CompleteUploadExternalParameters{
			Channel: channel, Files: []slack.FileSummary{{ID: short.FileID}},
		})
		return err
	}
	if err := complete(desk); code(err) != "file_not_found" {
		t.Errorf("completing what was not uploaded: %v", err)
	}
}

func TestAPageCanFollowTheWorkspace(t *testing.T) {
	peer := start(t, slackpeer.Options{})
	changes := make(chan slackpeer.Change, 10)
	stop := peer.Watch(func(c slackpeer.Change) { changes <- c })
	defer stop()
	_, ts, err := client(peer).PostMessage(desk, text("card"))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := <-changes, (slackpeer.Change{Kind: slackpeer.Posted, Channel: desk, TS: ts, User: slackpeer.BotUser}); got != want {
		t.Errorf("the change is %+v, want %+v", got, want)
	}
}
