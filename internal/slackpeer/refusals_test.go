package slackpeer_test

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"verbale/internal/slackpeer"
)

// post posts a text and returns the error.
func post(api *slack.Client, channel string, options ...slack.MsgOption) error {
	_, _, err := api.PostMessage(channel, options...)
	return err
}

func text(s string) slack.MsgOption { return slack.MsgOptionText(s, false) }

func blocksOf(b ...slack.Block) slack.MsgOption { return slack.MsgOptionBlocks(b...) }

// A refusal is the error of an attempt and the error code it must have.
type refusal struct {
	what string
	err  error
	want string
}

func check(t *testing.T, refusals []refusal) {
	t.Helper()
	for _, r := range refusals {
		if got := code(r.err); got != r.want {
			t.Errorf("%s: %q, want %q", r.what, got, r.want)
		}
	}
}

func TestMessagesAreRefused(t *testing.T) {
	peer := start(t, slackpeer.Options{Unlimited: true})
	api := client(peer)
	whisper := func(channel, user string) error { _, err := api.PostEphemeral(channel, user, text("psst")); return err }
	schedule := func(at time.Time) error {
		_, _, err := api.ScheduleMessage(desk, strconv.FormatInt(at.Unix(), 10), text("later"))
		return err
	}
	untyped := slack.MsgOptionMetadata(slack.SlackMetadata{EventPayload: map[string]any{"a": 1}})
	twins := slack.NewActionBlock("", slack.NewButtonBlockElement("go", "1", plainText("Go")), slack.NewButtonBlockElement("go", "2", plainText("Go")))
	divider := slack.NewDividerBlock()
	divider.BlockID = "same"
	now := newClock().now
	check(t, []refusal{
		{"a channel that is not there", post(api, "C0000NONE", text("hello")), "channel_not_found"},
		{"a private channel that the app is not in", post(api, room, text("hello")), "channel_not_found"},
		{"a channel that the app is not in", post(api, aside, text("hello")), "not_in_channel"},
		{"an archived channel", post(api, attic, text("hello")), "is_archived"},
		{"nothing to say", post(api, desk), "no_text"},
		{"a text that is too long", post(api, desk, text(strings.Repeat("ж", 40_001))), "msg_too_long"},
		{"blocks with the same action id", post(api, desk, blocksOf(twins)), "invalid_blocks"},
		{"blocks with the same block id", post(api, desk, blocksOf(divider, divider)), "invalid_blocks"},
		{"a header that is too long", post(api, desk, blocksOf(slack.NewHeaderBlock(plainText(strings.Repeat("h", 151))))), "invalid_blocks"},
		{"a thread that is no timestamp", post(api, desk, text("hello"), slack.MsgOptionTS("0")), "invalid_thread_ts"},
		{"metadata without a type", post(api, desk, text("hello"), untyped), "invalid_metadata_format"},
		{"markdown beside text", post(api, desk, text("hello"), slack.MsgOptionMarkdownText("hello")), "markdown_text_conflict"},
		{"a whisper to someone outside", whisper(desk, "U000GONE"), "user_not_in_channel"},
		{"a whisper from outside", whisper(aside, alice), "not_in_channel"},
		{"scheduling at no time", schedule(time.Unix(0, 0)), "invalid_time"},
		{"scheduling in the past", schedule(now), "time_in_past"},
		{"scheduling far ahead", schedule(now.AddDate(0, 0, 121)), "time_too_far"},
	})
}

func TestChangesOfMessagesAreRefused(t *testing.T) {
	peer := start(t, slackpeer.Options{AckWithin: time.Millisecond})
	api := client(peer)
	_, mine, err := api.PostMessage(desk, text("mine"))
	if err != nil {
		t.Fatal(err)
	}
	said, err := peer.Person(alice).Post(desk, "theirs")
	if err != nil {
		t.Fatal(err)
	}
	whisper, err := api.PostEphemeral(desk, alice, text("psst"))
	if err != nil {
		t.Fatal(err)
	}
	update := func(ts, words string) error { _, _, _, err := api.UpdateMessage(desk, ts, text(words)); return err }
	remove := func(ts string) error { _, _, err := api.DeleteMessage(desk, ts); return err }
	link := func(ts string) error {
		_, err := api.GetPermalink(&slack.PermalinkParameters{Channel: desk, Ts: ts})
		return err
	}
	react := func(ts, name string) error { return api.AddReaction(name, slack.NewRefToMessage(desk, ts)) }
	const nothing = "1000000000.000001"
	theirs := said.Posted.TS
	check(t, []refusal{
		{"an update of nothing", update(nothing, "new"), "message_not_found"},
		{"an update of a whisper", update(whisper, "new"), "message_not_found"},
		{"an update of another's message", update(theirs, "new"), "cant_update_message"},
		{"an update that is too long", update(mine, strings.Repeat("u", 4_001)), "msg_too_long"},
		{"deleting nothing", remove(nothing), "message_not_found"},
		{"deleting another's message", remove(theirs), "cant_delete_message"},
		{"a link to nothing", link(nothing), "message_not_found"},
		{"a reaction that is no emoji", react(mine, "No Such"), "invalid_name"},
		{"a reaction", react(mine, "eyes"), ""},
		{"the same reaction again", react(mine, "eyes"), "already_reacted"},
	})
	peer.AddChannel(slackpeer.Channel{ID: desk, Members: []string{slackpeer.BotUser}, Archived: true})
	check(t, []refusal{
		{"an update in an archived channel", update(mine, "new"), "is_inactive"},
		{"a reaction in an archived channel", react(mine, "tada"), "is_archived"},
	})
}

func TestPeopleAndConversationsAreRefused(t *testing.T) {
	peer := start(t, slackpeer.Options{})
	api := client(peer)
	open := func(users ...string) error {
		_, _, _, err := api.OpenConversation(&slack.OpenConversationParameters{Users: users})
		return err
	}
	history := func(channel string) error {
		_, err := api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: channel})
		return err
	}
	replies := func(ts string) error {
		_, _, _, err := api.GetConversationReplies(&slack.GetConversationRepliesParameters{ChannelID: desk, Timestamp: ts})
		return err
	}
	join := func(channel string) error { _, _, _, err := api.JoinConversation(channel); return err }
	info := func(user string) error { _, err := api.GetUserInfo(user); return err }
	lookup := func(address string) error { _, err := api.GetUserByEmail(address); return err }
	members := func(group string) error { _, err := api.GetUserGroupMembers(group); return err }
	page := func(cursor string) error {
		_, _, err := api.GetUsersInConversation(&slack.GetUsersInConversationParameters{ChannelID: desk, Cursor: cursor})
		return err
	}
	check(t, []refusal{
		{"opening with no one", open(), "users_list_not_supplied"},
		{"opening with a stranger", open("U0000NONE"), "user_not_found"},
		{"opening with a deactivated user", open("U000GONE"), "user_disabled"},
		{"opening with nine", open(strings.Split(strings.Repeat(alice+",", 8)+boris, ",")...), "too_many_users"},
		{"the history of a channel from outside", history(aside), "not_in_channel"},
		{"the history of a hidden channel", history(room), "channel_not_found"},
		{"the thread of nothing", replies("1000000000.000001"), "thread_not_found"},
		{"joining a private channel", join(room), "channel_not_found"},
		{"joining an archived channel", join(attic), "is_archived"},
		{"joining a direct conversation", join(peer.Direct(alice)), "method_not_supported_for_channel_type"},
		{"a stranger", info("U0000NONE"), "user_not_found"},
		{"a stranger's address", lookup("nobody@desk.example"), "users_not_found"},
		{"a deactivated user's address", lookup("gone@desk.example"), "users_not_found"},
		{"a group that is not there", members("S0000NONE"), "no_such_subteam"},
		{"a page that is not there", page("soon"), "invalid_cursor"},
	})
}

func TestTokensAreChecked(t *testing.T) {
	peer := start(t, slackpeer.Options{})
	auth := func(token string) error {
		_, err := slack.New(token, slack.OptionAPIURL(peer.URL())).AuthTest()
		return err
	}
	open := func(token string) error {
		_, _, err := slack.New("", slack.OptionAppLevelToken(token), slack.OptionAPIURL(peer.URL())).StartSocketModeContext(t.Context())
		return err
	}
	check(t, []refusal{
		{"the bot's token", auth(slackpeer.BotToken), ""},
		{"no token", auth(""), "not_authed"},
		{"a wrong token", auth("xoxb-wrong"), "invalid_auth"},
		{"the app's token for the bot", auth(slackpeer.AppToken), "not_allowed_token_type"},
		{"the app's token", open(slackpeer.AppToken), ""},
		{"the bot's token for the app", open(slackpeer.BotToken), "not_allowed_token_type"},
	})
}

func TestWhatTheTokenLacksIsNamed(t *testing.T) {
	peer := start(t, slackpeer.Options{Scopes: []string{"users:read", "channels:read"}})
	api := client(peer)
	tests := []struct {
		err    error
		needed string
	}{
		{post(api, desk, text("hello")), "chat:write"},
		{api.AddReaction("eyes", slack.NewRefToMessage(desk, "1000000000.000001")), "reactions:write"},
		{func() error { _, err := api.GetUserByEmail("alice@desk.example"); return err }(), "users:read.email"},
		{func() error { _, err := api.GetUserGroups(); return err }(), "usergroups:read"},
		{func() error {
			_, err := api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: desk})
			return err
		}(), "channels:history"},
		{func() error {
			_, err := api.GetConversationInfo(&slack.GetConversationInfoInput{ChannelID: peer.Direct(alice)})
			return err
		}(), "im:read"},
		{func() error {
			_, _, _, err := api.OpenConversation(&slack.OpenConversationParameters{Users: []string{alice}})
			return err
		}(), "im:write"},
	}
	for _, test := range tests {
		var refused slack.SlackErrorResponse
		if !errors.As(test.err, &refused) || refused.Err != "missing_scope" || refused.Needed != test.needed || refused.Provided != "users:read,channels:read" {
			t.Errorf("without %s: %+v", test.needed, test.err)
		}
	}
	user, err := api.GetUserInfo(alice)
	if err != nil || user.Profile.Email != "" {
		t.Errorf("without users:read.email the address is %q (%v)", user.Profile.Email, err)
	}
	auth, err := api.AuthTest()
	if err != nil || auth.Header.Get("X-OAuth-Scopes") != "users:read,channels:read" {
		t.Errorf("the scopes in the header are %q (%v)", auth.Header.Get("X-OAuth-Scopes"), err)
	}
}

func TestBadRequestsAreRefused(t *testing.T) {
	peer := start(t, slackpeer.Options{})
	tests := []struct{ method, kind, body, want string }{
		{"chat.postMessage", "application/json", "{", "invalid_json"},
		{"chat.postMessage", "application/json", "[]", "json_not_object"},
		{"chat.postMessage", "application/json", `{"text":"hello"}`, "invalid_arguments"},
		{"chat.postMessage", "application/x-www-form-urlencoded", "a=%zz", "invalid_form_data"},
		{"chat.postMessage", "application/json", `{"channel":"#tc-desk","blocks":[]}`, "no_text"},
		{"chat.postMessage", "application/json", `{"channel":"#tc-desk","blocks":{"type":"divider"}}`, "invalid_blocks_format"},
		{"chat.postMessage", "application/json", `{"channel":"#tc-desk","blocks":[7]}`, "invalid_blocks"},
		{"chat.postMessage", "application/json", `{"channel":"#tc-desk","blocks":"[{"}`, "invalid_blocks_format"},
		{"views.publish", "application/json", `{"user_id":"U0000ALICE","view":[]}`, "invalid_arguments"},
		{"views.publish", "application/json", `{"user_id":"U0000ALICE","view":null}`, "invalid_arguments"},
		{"chat.sing", "application/json", `{}`, "unknown_method"},
	}
	for _, test := range tests {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, peer.URL()+test.method, strings.NewReader(test.body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", test.kind)
		req.Header.Set("Authorization", "Bearer "+slackpeer.BotToken)
		if got := bodyOf(t, req); !strings.Contains(got, `"error":"`+test.want+`"`) {
			t.Errorf("%s with %s: %s, want %s", test.method, test.body, got, test.want)
		}
	}
}

func TestWhatComesTooOftenIsPutOff(t *testing.T) {
	clock := newClock()
	peer := start(t, slackpeer.Options{Now: clock.Now})
	api := client(peer)
	var limited *slack.RateLimitedError
	for n := range 6 {
		err := post(api, desk, text("card"))
		if n < 5 && err != nil || n == 5 && !errors.As(err, &limited) {
			t.Fatalf("message %d: %v", n+1, err)
		}
	}
	if limited.RetryAfter != time.Second {
		t.Errorf("it may be tried again after %v", limited.RetryAfter)
	}
	if err := post(api, "#tc-desk", text("card")); !errors.As(err, &limited) {
		t.Errorf("under another name the channel takes more: %v", err)
	}
	if err := post(api, alice, text("card")); err != nil {
		t.Errorf("another channel is held up too: %v", err)
	}
	clock.advance(time.Second)
	if err := post(api, desk, text("card")); err != nil {
		t.Errorf("a second later: %v", err)
	}
	peer.Limit("auth.test", slackpeer.Rate{PerMinute: 6, Burst: 1})
	_, _ = api.AuthTest() // the one call that is allowed
	if _, err := api.AuthTest(); !errors.As(err, &limited) || limited.RetryAfter != 10*time.Second {
		t.Errorf("past a limit of its own: %v", err)
	}
}

func TestAWorkspaceWithoutLimits(t *testing.T) {
	peer := start(t, slackpeer.Options{Unlimited: true})
	api := client(peer)
	for range 30 {
		if err := post(api, desk, text("card")); err != nil {
			t.Fatal(err)
		}
	}
}

func TestFaultsHappenOnDemand(t *testing.T) {
	peer := start(t, slackpeer.Options{})
	api := client(peer)
	tests := []struct {
		fault slackpeer.Fault
		want  func(error) bool
		posts int
	}{
		{slackpeer.Fault{Status: 503}, func(err error) bool { return errors.As(err, new(slack.StatusCodeError)) }, 0},
		{slackpeer.Fault{Status: 500, AfterEffect: true}, func(err error) bool { return errors.As(err, new(slack.StatusCodeError)) }, 1},
		{slackpeer.Fault{Status: 429, RetryAfter: 7}, func(err error) bool {
			var limited *slack.RateLimitedError
			return errors.As(err, &limited) && limited.RetryAfter == 7*time.Second
		}, 0},
		{slackpeer.Fault{Code: "fatal_error"}, func(err error) bool { return code(err) == "fatal_error" }, 0},
		{slackpeer.Fault{Cut: true}, func(err error) bool { return err != nil }, 0},
		{slackpeer.Fault{Cut: true, AfterEffect: true}, func(err error) bool { return err != nil }, 1},
		{slackpeer.Fault{Delay: time.Millisecond}, func(err error) bool { return err == nil }, 1},
	}
	for _, test := range tests {
		before := len(peer.Messages(desk))
		peer.Fail("chat.postMessage", 1, test.fault)
		if err := post(api, desk, text("card")); !test.want(err) {
			t.Errorf("%+v gave %v", test.fault, err)
		}
		if got := len(peer.Messages(desk)) - before; got != test.posts {
			t.Errorf("%+v posted %d messages, want %d", test.fault, got, test.posts)
		}
	}
	if err := post(api, alice, text("card")); err != nil {
		t.Errorf("after the faults: %v", err)
	}
	if calls := peer.Calls("chat.postMessage"); len(calls) != len(tests)+1 || calls[0].Error != "http_503" || calls[3].Error != "fatal_error" {
		t.Errorf("the calls were kept as %+v", calls)
	}
}
