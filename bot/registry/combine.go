package registry

import (
	"slices"
	"strings"

	"verbale/bot"
	"verbale/bot/letters"
)

// Combine makes one action of several of one kind to one address. The outbox performs it in
// their place if they would be too many. Acknowledgements become one letter with a list of
// references; cards, late reminders and questions about messages set aside become one summary
// in Slack; the texts of other mails are concatenated. It is a pure function; an empty list
// gives the zero Action. Key and Message-ID derive from all keys: the same set gives the same
// mail, another set another one.
func (s *Service) Combine(actions []bot.Action) bot.Action {
	if len(actions) == 0 {
		return bot.Action{}
	}
	actions = slices.SortedFunc(slices.Values(actions), func(a, b bot.Action) int { return strings.Compare(a.Key, b.Key) })
	switch actions[0].Kind {
	case bot.ActionCard:
		return summary(actions)
	case bot.ActionPost:
		return manyPosts(actions)
	}
	combined, unique := actions[0], bot.ShortHash(joinedKeys(actions))
	combined.Key = string(combined.Kind) + ":combined:" + unique
	m := *actions[0].Mail
	m.MessageID = s.combinedID(actions)
	m.InReplyTo, m.References = "", nil
	for _, a := range actions {
		if id := a.Mail.InReplyTo; id != "" {
			m.References = append(m.References, id)
		}
	}
	if combined.Kind == bot.ActionAcknowledge {
		written := s.letters.Registered(m.Language, registered(actions))
		m.Subject, m.Text = written.Subject, written.Text
	} else {
		m.Text = s.letters.Beside(m.Language, textsOf(actions)...)
	}
	combined.Mail = &m
	return combined
}

// combinedID is the Message-ID of one mail sent in place of several. Earlier versions used a
// guessable one; a mail that may have been sent with that one keeps it.
func (s *Service) combinedID(actions []bot.Action) string {
	first, keys := actions[0], joinedKeys(actions)
	if unsealed := s.messageID(first.Kind, first.Reference, bot.ShortHash(keys)); first.Result == unsealed {
		return unsealed
	}
	return s.messageID(first.Kind, first.Reference, s.Sign(keys))
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

// manyPosts is one message to a room that stands for all reminders missed while the program
// was down, or for all messages waiting to be confirmed. Which of them still apply is
// determined when it is drawn.
func manyPosts(actions []bot.Action) bot.Action {
	combined := summary(actions)
	combined.Post = &bot.Post{Language: actions[0].Post.Language}
	if actions[0].Post.Identity != "" {
		combined.Post.Identity, combined.Post.Detail = bot.AsidesToConfirm, marksOf(actions)
	} else {
		combined.Post.Reminder = bot.LateReminders
	}
	return combined
}

// marksOf are the marks of the messages set aside that the questions are about.
func marksOf(actions []bot.Action) string {
	marks := make([]string, len(actions))
	for i, a := range actions {
		marks[i] = bot.MarkOfAside(a.Post.Identity)
	}
	return strings.Join(marks, " ")
}

func joinedKeys(actions []bot.Action) string {
	keys := make([]string, len(actions))
	for i, a := range actions {
		keys[i] = a.Key
	}
	return strings.Join(keys, " ")
}

// registered are the mails acknowledged by several acknowledgements.
func registered(actions []bot.Action) []letters.Registered {
	mails := make([]letters.Registered, len(actions))
	for i, a := range actions {
		mails[i] = letters.Registered{Reference: a.Reference, Subject: a.Mail.Subject, Unreadable: strings.HasSuffix(a.Key, unreadableSuffix)}
	}
	return mails
}

func textsOf(actions []bot.Action) []string {
	texts := make([]string, len(actions))
	for i, a := range actions {
		texts[i] = a.Mail.Text
	}
	return texts
}
