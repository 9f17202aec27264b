package registry

import (
	"slices"
	"strings"

	"verbale/bot"
	"verbale/internal/phrases"
)

// Combine makes one action of several of one kind to one address, which the
// outbox performs in their place where they would be too many. Acknowledgements
// become one letter with a list of references, cards and late reminders in Slack one
// summary; other mails are put one below the other. It is pure; an empty list gives the zero Action. Key and
// Message-ID derive from all keys, so that the same set gives the same mail, and
// another set another one.
func (s *Service) Combine(actions []bot.Action) bot.Action {
	if len(actions) == 0 {
		return bot.Action{}
	}
	actions = slices.SortedFunc(slices.Values(actions), func(a, b bot.Action) int { return strings.Compare(a.Key, b.Key) })
	switch actions[0].Kind {
	case bot.ActionCard:
		return summary(actions)
	case bot.ActionPost:
		return lateReminders(actions)
	}
	combined, unique := actions[0], bot.ShortHash(joinedKeys(actions))
	combined.Key = string(combined.Kind) + ":combined:" + unique
	m := *actions[0].Mail
	m.MessageID = s.messageID(combined.Kind, combined.Reference, unique)
	m.InReplyTo, m.References = "", nil
	for _, a := range actions {
		if id := a.Mail.InReplyTo; id != "" {
			m.References = append(m.References, id)
		}
	}
	if combined.Kind == bot.ActionAcknowledge {
		s.combineLetters(&m, actions)
	} else {
		m.Text = s.oneBelowTheOther(m.Language, actions)
	}
	combined.Mail = &m
	return combined
}

// summary is one message that stands for the first cards of many records.
func summary(actions []bot.Action) bot.Action {
	combined := bot.Action{
		Key:  string(bot.ActionSummary) + ":" + actions[0].Room + ":" + bot.ShortHash(joinedKeys(actions)),
		Kind: bot.ActionSummary, Reference: actions[0].Reference, Room: actions[0].Room, Attempts: actions[0].Attempts,
	}
	for _, a := range actions {
		if !slices.Contains(combined.Records, a.Reference) {
			combined.Records = append(combined.Records, a.Reference)
		}
	}
	return combined
}

// lateReminders is one message to somebody about all that could not be said while the
// house was down. What is due on each record is told as it is then.
func lateReminders(actions []bot.Action) bot.Action {
	combined := summary(actions)
	combined.Post = &bot.Post{Reminder: bot.LateReminders, Language: actions[0].Post.Language}
	return combined
}

func joinedKeys(actions []bot.Action) string {
	keys := make([]string, len(actions))
	for i, a := range actions {
		keys[i] = a.Key
	}
	return strings.Join(keys, " ")
}

func (s *Service) oneBelowTheOther(lang string, actions []bot.Action) string {
	text := actions[0].Mail.Text
	for _, a := range actions[1:] {
		text = s.Phrases.Text(lang, "letter.beside", phrases.Values{"first": text, "second": a.Mail.Text})
	}
	return text
}

func (s *Service) combineLetters(m *bot.Mail, actions []bot.Action) {
	languages := strings.Split(m.Language, languageSeparator)
	m.Subject = s.Phrases.Text(languages[0], "combined.subject", phrases.Values{
		"count": len(actions), "reference": actions[0].Reference,
	})
	m.Text = s.inEach(languages, func(lang string) string { return s.combinedIn(actions, lang) })
}

// combinedIn tells apart what was registered and what has to be sent again.
func (s *Service) combinedIn(actions []bot.Action, lang string) string {
	var read, unreadable []bot.Action
	for _, a := range actions {
		if strings.HasSuffix(a.Key, unreadableSuffix) {
			unreadable = append(unreadable, a)
		} else {
			read = append(read, a)
		}
	}
	return s.letter(lang, sections(
		s.combinedList("combined.received", read, lang),
		s.combinedList("combined.unreadable", unreadable, lang),
		s.Phrases.Text(lang, "acknowledge.automatic", nil),
	)...)
}

func (s *Service) combinedList(key string, actions []bot.Action, lang string) string {
	if len(actions) == 0 {
		return ""
	}
	items := make([]string, len(actions))
	for i, a := range actions {
		subject := strings.TrimSuffix(s.Habits.Subject(a.Mail.Subject), " ["+a.Reference+"]")
		items[i] = s.Phrases.Text(lang, "combined.item", phrases.Values{"reference": a.Reference, "subject": subject})
	}
	return s.Phrases.Text(lang, key, phrases.Values{"count": len(actions), "list": strings.Join(items, "\n")})
}
