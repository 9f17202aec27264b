package slackio_test

import (
	"strings"
	"testing"

	"verbale/bot"
	"verbale/bot/desk"
	"verbale/bot/slackio"
	"verbale/internal/slackpeer"
)

// asking returns an action that asks the desk about a mail set aside.
func asking() bot.Action {
	a := note(bot.RoomDesk)
	a.Post = &bot.Post{Title: "Does it belong to TC-2026-00042?", Body: "Any news?", Identity: "a@mail.example"}
	return a
}

// A question to the desk is also sent to the channel. It used to be posted in the thread only,
// where nobody saw it who did not open the thread.
func TestAMailToBeConfirmedShowsInTheChannel(t *testing.T) {
	d := mouth(t, slackpeer.Options{})
	d.perform(t, card(1))
	d.perform(t, note(bot.RoomDesk))
	d.perform(t, asking())
	thread := d.Thread(deskRoom, d.Messages(deskRoom)[0].TS)
	if len(thread) != 3 || thread[1].Broadcast || !thread[2].Broadcast {
		t.Errorf("of the thread of %d messages, the channel shows not the question alone", len(thread))
	}
}

// An answer to one question must not replace a summary that still lists other mails.
func TestAnAnswerDrawsASummaryAnew(t *testing.T) {
	d := mouth(t, slackpeer.Options{})
	place := d.perform(t, bot.Action{
		Key: "summary:1", Kind: bot.ActionSummary, Room: bot.RoomDesk, Records: []string{"TC-2026-00042", "TC-2026-00043"},
		Post: &bot.Post{Identity: bot.AsidesToConfirm, Detail: "1f 2e", Language: "en"},
	})
	answered := *asking().Post
	answered.Identity, answered.What = "", bot.WhatJoined
	d.perform(t, bot.Action{
		Key: "redraw:1", Kind: bot.ActionRedraw, Reference: "TC-2026-00042", Room: bot.RoomDesk, Source: asking().Key,
		Post: &answered, Places: []string{place},
	})
	if got := d.pictures(deskRoom); len(got) != 1 || !strings.Contains(got[0], "2 requests came in") {
		t.Errorf("the channel shows %q", got)
	}
}

// The text of a notification is the page's notice, with the reference and the next step, not its
// title.
func TestANotificationSaysWhatThePageHasForIt(t *testing.T) {
	page := desk.Page{Title: "Kyrgyzstan", Notice: "TC-2026-00042 · Next due: acceptance · Kyrgyzstan"}
	m, err := slackio.Drawer{}.Message(page)
	if err != nil || m.Text != page.Notice {
		t.Errorf("%q, %v", m.Text, err)
	}
}

// A question does not need a card. Without one it is posted in the channel, and its answer
// replaces it there.
func TestAnAnswerStandsWhereItWasAsked(t *testing.T) {
	d := mouth(t, slackpeer.Options{})
	place := d.perform(t, asking())
	answered := *asking().Post
	answered.Title, answered.Identity, answered.What = "Added", "", bot.WhatJoined
	d.perform(t, bot.Action{
		Key: "redraw:1", Kind: bot.ActionRedraw, Reference: "TC-2026-00042", Room: bot.RoomDesk, Source: asking().Key,
		Post: &answered, Places: []string{place},
	})
	if got := d.pictures(deskRoom); len(got) != 1 || !strings.Contains(got[0], "Added") {
		t.Errorf("the channel shows %q", got)
	}
}
