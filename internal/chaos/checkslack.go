package chaos

import (
	"encoding/json"
	"strings"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/slackpeer"
)

// checkMessages checks that no message of the bot stands twice in a conversation.
// Messages are told apart by their marks.
func (r *run) checkMessages(b *observations, f *findings) {
	for channel, messages := range b.messages {
		seen := map[string]int{}
		for _, m := range messages {
			if k, marked := readTag(m); marked && m.User == slackpeer.BotUser {
				name, _ := json.Marshal(k) // strings alone
				seen[string(name)]++
			}
		}
		for name, times := range seen {
			if times > 1 {
				f.add("in %s stands %d times: %s", channel, times, name)
			}
		}
	}
}

// ofCards is in the text of summaries that replace cards; other summaries replace
// reminders.
const ofCards = "faster than Slack takes cards"

// checkCards checks that each record has its card in the desk's channel or is named in one
// summary.
func (r *run) checkCards(b *observations, f *findings) {
	cards, summaries := map[string]int{}, map[string]int{}
	for _, m := range b.messages[deskRoom] {
		if k, marked := readTag(m); marked && k.Type == "verbale_"+string(bot.ActionSummary) && strings.Contains(words(m), ofCards) {
			for reference := range referencesIn(words(m)) {
				summaries[reference]++
			}
		}
		if reference := referenceOf(m); reference != "" {
			cards[reference]++
		}
	}
	for _, e := range b.records {
		if summaries[e.Reference] > 1 {
			f.add("%s stands in %d summaries: %q", e.Reference, summaries[e.Reference], summariesOf(b, e.Reference))
		}
		if cards[e.Reference] == 0 && summaries[e.Reference] == 0 && !inSummary(b, e) {
			f.add("%s has no card, and stands in no summary", e.Reference)
		}
	}
}

// summariesOf returns the keys of the summaries that name a record.
func summariesOf(b *observations, reference string) (keys []string) {
	for _, m := range b.messages[deskRoom] {
		if k, marked := readTag(m); marked && k.Payload["key"] != "" && referencesIn(words(m))[reference] {
			keys = append(keys, k.Payload["key"]+" at "+m.TS)
		}
	}
	return keys
}

// inSummary reports whether the card of a record was replaced by a summary. A long summary
// does not name all of its records, so the action of the card is asked where it went.
func inSummary(b *observations, e *entry) bool {
	for _, a := range e.actions {
		if a.Kind != bot.ActionCard || a.State != bot.ActionDone {
			continue
		}
		for _, m := range b.messages[deskRoom] {
			if a.Result == deskRoom+"/"+m.TS {
				return true
			}
		}
	}
	return false
}

// inHand is how long after a user action a process may still be at work on it, so that it is
// lost if the process is killed.
const inHand = 35 * time.Second

// checkUserActions checks that what colleagues did had its effect once or not at all, and that it
// had it if they were told so.
func (r *run) checkUserActions(b *observations, f *findings) {
	for _, d := range r.userActions.all {
		effects := b.effectsOf(d)
		switch {
		case effects > 1:
			f.add("%s %s of %s on %s happened %d times", d.what, d.mark, d.who, d.reference, effects)
		case effects == 0 && d.told:
			f.add("%s %s of %s on %s was told to be done, and is not", d.what, d.mark, d.who, d.reference)
		case effects == 0 && d.acked && !d.answered && !refused(b, d) && len(r.journal.between(d.at.Add(-reach), d.at.Add(inHand))) == 0:
			f.add("%s %s of %s on %s was lost, and nothing had broken", d.what, d.mark, d.who, d.reference)
		}
	}
}

// effectsOf counts the effects of a user action.
func (b *observations) effectsOf(d userAction) (n int) {
	e := b.of(d.reference)
	if e == nil {
		return 0
	}
	switch d.what {
	case actNote, actAccept:
		for _, h := range e.history {
			if d.what == actNote && h.What == bot.WhatNote && strings.Contains(h.Reason, d.mark+".") || d.what == actAccept && h.What == actAccept {
				n++
			}
		}
	case actAsk:
		for _, copies := range copiesOf(b.mails) {
			if strings.Contains(copies[0].Text, "("+d.mark+")") {
				n++
			}
		}
	}
	return n
}

// refused reports whether a user action came too late, because its record was no longer assigned.
func refused(b *observations, d userAction) bool {
	e := b.of(d.reference)
	return d.what != actNote && e != nil && e.Status != intake.StatusAssigned
}
