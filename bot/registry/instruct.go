package registry

import (
	"cmp"
	"errors"
	"iter"
	"maps"
	"slices"
	"strings"

	"verbale/bot"
	"verbale/bot/mailtext"
	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/internal/phrases"
)

// replied notes a colleague's mail to the desk. In the owner's reply to the assignment mail,
// instructions are carried out and confirmed. If they are unclear, the owner is asked.
func (s *Service) replied(a *arrival) bot.Change {
	change := s.noted(a, intake.HistoryEntry{
		Actor: s.actor(a.Message.From.Address), What: bot.WhatNote, Reason: mailtext.Cut(saidIn(a), s.Habits.NoteLength),
	})
	if s.fromOwner(a) && !a.Backfilled {
		asked, unsure := s.Habits.Asked(saidIn(a), a.Message.From)
		lang := s.languageOfReply(a, change.Record.Owner)
		if tellsResults(change.Record, asked) {
			s.resultsByMail(a, &change, lang)
		} else if unsure && a.reading.Kind != intake.KindAutoReply {
			s.writeBack(a, &change, lang, s.Phrases.Text(lang, "step.unsure", phrases.Values{"reference": change.Record.Reference}))
		} else if len(asked) > 0 && !unsure {
			s.follow(a, &change, lang, asked)
		} else if change.Record.Status == intake.StatusAssigned && a.reading.Kind != intake.KindAutoReply {
			// silence would be taken for consent, while reminders and escalations go on
			s.writeBack(a, &change, lang, s.Phrases.Text(lang, "echo.still_open", phrases.Values{"reference": change.Record.Reference}))
		}
	}
	if s.fromFormerOwner(a) && !a.Backfilled {
		s.sayWhoHasIt(a, &change)
	}
	s.voidTokens(a, change.Record)
	return change
}

// saidIn is the new text of a colleague's mail without the lines that hold a token. We ask to
// leave the token in the reply, so it may stand among their words; it is neither a reason for
// a step nor for others to read in the history.
func saidIn(a *arrival) string {
	var said strings.Builder
	for line := range strings.Lines(a.Message.Body()) {
		if !holdsToken(line, a.found.Tokens) {
			said.WriteString(line)
		}
	}
	return strings.TrimSpace(said.String())
}

func holdsToken(line string, tokens map[string]string) bool {
	for _, token := range tokens {
		if token != "" && strings.Contains(line, token) {
			return true
		}
	}
	return false
}

// languageOfReply is the language in which a colleague's mail is answered: that of the mail
// or, if unknown, the one in which the post or division is written to.
func (s *Service) languageOfReply(a *arrival, id string) string {
	if lang := s.Habits.ReplyLanguage(a.Message.Body()); s.Phrases.Speaks(lang) {
		return lang
	}
	if s.Phrases.Speaks(a.reading.Language) && !a.reading.Doubtful(intake.FieldLanguage) {
		return a.reading.Language
	}
	return s.LanguageOf(id)
}

// fromFormerOwner reports whether a mail comes from a colleague who was written to about a
// record that is now with somebody else: it answers the mail with the writer's own token.
func (s *Service) fromFormerOwner(a *arrival) bool {
	if s.fromOwner(a) {
		return false
	}
	if a.merged != nil && s.writtenToAbout(&arrival{MailArrived: a.MailArrived, found: a.merged}, "") {
		return true
	}
	return s.writtenToAbout(a, a.found.Owner)
}

// writtenToAbout reports whether a mail answers one that its writer was sent about a record,
// other than as its owner.
func (s *Service) writtenToAbout(a *arrival, owner string) bool {
	for id, token := range a.found.Tokens {
		if id != owner && s.speaksFor(id, a.Message.From.Address) && s.carriesToken(a, token) {
			return true
		}
	}
	return false
}

// sayWhoHasIt answers a colleague who asks for a step on somebody else's record. Otherwise the
// mail would only become a note, and they would get no answer.
func (s *Service) sayWhoHasIt(a *arrival, change *bot.Change) {
	asked, _ := s.Habits.Asked(saidIn(a), a.Message.From)
	asks := slices.ContainsFunc(asked, func(r mailtext.Reply) bool { return r.What != mailtext.InstructNote })
	if !asks || a.reading.Kind == intake.KindAutoReply {
		return
	}
	rec := change.Record
	lang := s.languageOfReply(a, s.actor(a.Message.From.Address))
	owner := s.Directory.Name(rec.Owner, lang)
	if rec.Owner == "" || rec.Owner == intake.ToDesk {
		owner = s.Phrases.Text(lang, "where.desk", nil)
	}
	problem := s.Phrases.Text(lang, "refused.not_yours", phrases.Values{"reference": rec.Reference, "owner": owner})
	s.writeBack(a, change, lang, s.Phrases.Text(lang, "step.not_carried_out", phrases.Values{"reference": rec.Reference, "problem": problem}))
}

// fromOwner reports whether a mail verifiably comes from the record's owner: it is from the
// owner's address and answers the mail with the owner's token.
func (s *Service) fromOwner(a *arrival) bool {
	owner := a.found.Owner
	token := a.found.Tokens[owner]
	return token != "" && s.speaksFor(owner, a.Message.From.Address) && s.carriesToken(a, token)
}

// speaksFor reports whether an address is that of a post or division. Two posts may share one
// if the same person holds both.
func (s *Service) speaksFor(id, address string) bool {
	if contact, ok := s.Directory.Contact(id); ok && strings.EqualFold(contact.Address, address) {
		return true
	}
	holder, ok := s.Directory.Holder(address)
	return ok && holder == id
}

// carriesToken reports whether a mail quotes a token, or answers the mail that contained it.
func (s *Service) carriesToken(a *arrival, token string) bool {
	return strings.Contains(a.Message.Text.Content, token) || slices.ContainsFunc(threadOf(a.Message), func(id string) bool {
		return strings.EqualFold(id, s.messageID(bot.ActionAssign, a.found.Reference, token)) ||
			strings.EqualFold(id, s.messageID(bot.ActionInform, a.found.Reference, token))
	})
}

// showsToken reports whether whoever receives a mail can read a token in it, including its
// subject and the mails and documents attached to it.
func (s *Service) showsToken(a *arrival, token string) bool {
	return s.carriesToken(a, token) || strings.Contains(a.Message.Subject, token) ||
		slices.ContainsFunc(a.Message.Attachments, func(file intake.Attachment) bool {
			if strings.Contains(file.Text.Content, token) {
				return true
			}
			return file.Message != nil && s.showsToken(&arrival{MailArrived: bot.MailArrived{Message: file.Message}, found: a.found}, token)
		})
}

// voidTokens removes the tokens that a colleague's mail disclosed to somebody outside. They no
// longer prove anything.
func (s *Service) voidTokens(a *arrival, rec *intake.Record) {
	leaves := slices.ContainsFunc(slices.Concat(a.Message.To, a.Message.Cc), func(to intake.Address) bool {
		return !s.own(to.Address) && !s.Directory.Internal(to.Address)
	})
	if !leaves {
		return
	}
	rec.Tokens = maps.Clone(rec.Tokens)
	maps.DeleteFunc(rec.Tokens, func(_, token string) bool { return s.showsToken(a, token) })
}

// follow carries out the instructions in a reply, as far as possible, and answers with what
// was done and what was not.
func (s *Service) follow(a *arrival, change *bot.Change, lang string, asked []mailtext.Reply) {
	var done, problems []string
	for _, r := range asked {
		said, problem := s.carryOut(a, change, lang, r)
		if problem != "" {
			problem = s.Phrases.Text(lang, "step.not_carried_out", phrases.Values{"reference": change.Record.Reference, "problem": problem})
		}
		done, problems = append(done, said), append(problems, problem)
	}
	s.writeBack(a, change, lang, append([]string{s.letters.Done(change.Record, lang, done)}, problems...)...)
}

// carryOut carries out one instruction. It returns what was done, or why nothing was, in the
// owner's language.
func (s *Service) carryOut(a *arrival, change *bot.Change, lang string, r mailtext.Reply) (done, problem string) {
	switch r.What {
	case mailtext.InstructNote:
		return s.Phrases.Text(lang, "echo.note", nil), "" // the whole mail is in the history
	case mailtext.InstructNotBefore, mailtext.InstructRemind:
		return s.wishBy(a, change, lang, r)
	}
	return s.stepBy(a, change, lang, r)
}

// stepBy takes the workflow step that a reply asks for. On a handover, the new owner is
// written to.
func (s *Service) stepBy(a *arrival, change *bot.Change, lang string, r mailtext.Reply) (done, problem string) {
	owner := change.Record.Owner
	step := intake.Step{Actor: owner, OnBehalf: owner, At: a.now, Reason: r.Rest}
	verbs := []intake.Verb{intake.Verb(r.What)}
	switch r.What {
	case mailtext.InstructAccept:
		if !change.Record.FollowUp.AskedAgain.IsZero() {
			verbs = []intake.Verb{intake.VerbAskAgain}
		}
	case mailtext.InstructHandOver:
		if step.Owner = s.namedIn(r.Rest); step.Owner == "" && s.Habits.NamesOwnDivision(r.Rest) {
			step.Owner = cmp.Or(s.divisionAbove(owner), onlySupport(change.Record, owner))
		}
	case mailtext.InstructAnswered:
		if verbs = answerPath[change.Record.Status]; len(verbs) == 0 {
			verbs = []intake.Verb{intake.VerbAnswer} // whose refusal says why not
		}
	}
	for _, step.Verb = range verbs {
		var refused *intake.StepError
		if err := s.step(change, step); errors.As(err, &refused) {
			return "", s.problemOf(refused, lang)
		}
	}
	switch r.What {
	case mailtext.InstructDecline:
		change.Record.Routing = s.proposeAnother(change.Record, change.Record.Routing)
	case mailtext.InstructHandOver:
		s.writeToColleague(a.occasion, change, bot.ActionAssign, step.Owner, s.assignmentTo)
	}
	return s.Phrases.Text(lang, "echo."+string(r.What), phrases.Values{"owner": s.Directory.Name(step.Owner, lang)}), ""
}

// divisionAbove is the division that a post belongs to; "" for a division itself.
func (s *Service) divisionAbove(id string) string {
	if division, ok := s.Directory.DivisionOf(id); ok && division.ID != id {
		return division.ID
	}
	return ""
}

// onlySupport is the division that supports a record, if it is exactly one besides its owner;
// "" otherwise.
func onlySupport(rec *intake.Record, owner string) string {
	if rec.Routing == nil {
		return ""
	}
	others := without(rec.Routing.DivisionsSupport, owner)
	if len(others) != 1 {
		return ""
	}
	return others[0]
}

// wishBy changes the owner's reminders, as an order of theirs would.
func (s *Service) wishBy(a *arrival, change *bot.Change, lang string, r mailtext.Reply) (done, problem string) {
	owner := change.Record.Owner
	at, ok := s.cues.Day(r.Rest, intake.DateOf(a.now.In(s.Office.Zone)))
	if !ok {
		return "", s.Phrases.Text(lang, "step.needs_day", nil)
	}
	var operation bot.Operation = bot.Snooze{Until: at.In(s.Office.Zone)}
	if r.What == mailtext.InstructRemind {
		operation = bot.RemindMe{At: at.In(s.Office.Zone), Text: r.Rest}
	}
	by := bot.Colleague{ID: owner, Posts: []string{owner}}
	wished, err := s.changeReminders(&loadedOrder{
		Order: bot.Order{ID: nameOf(a.Message), By: by, Reference: change.Record.Reference, Do: operation}, occasion: a.occasion, rec: change.Record,
	})
	if refused, is := errors.AsType[*bot.Refusal](err); is {
		return "", s.Phrases.Text(lang, refused.Phrase, nil)
	}
	change.Record, change.History = wished.Record, append(change.History, wished.History...)
	return s.Phrases.Text(lang, "echo."+string(r.What), phrases.Values{"date": at.In(s.Office.Zone)}), ""
}

// namedIn finds the post or division that a text names first as who is to get a request, by ID, address or name in any
// language; "" if there is none.
func (s *Service) namedIn(text string) string {
	text = lexicon.FoldString(text)
	found, at, length := "", len(text), 0
	for id, names := range s.namesOfAll() {
		for _, name := range names {
			i := s.Habits.NamedAt(text, lexicon.FoldString(name))
			if i >= 0 && (i < at || i == at && len(name) > length) {
				found, at, length = id, i, len(name)
			}
		}
	}
	return found
}

// namesOfAll yields every post and division with all its names.
func (s *Service) namesOfAll() iter.Seq2[string, []string] {
	return func(yield func(string, []string) bool) {
		for _, p := range s.Directory.Posts {
			if !yield(p.ID, append(slices.Collect(maps.Values(p.Name)), p.ID, p.Address)) {
				return
			}
		}
		for _, d := range s.Directory.Divisions {
			if !yield(d.ID, append(slices.Collect(maps.Values(d.Name)), d.ID, d.Address)) {
				return
			}
		}
	}
}

// writeBack answers a colleague's mail automatically. The same text is answered only once a
// day, which ends loops with programs whose mail is not marked as automatic.
func (s *Service) writeBack(a *arrival, change *bot.Change, lang string, paragraphs ...string) {
	to := a.Message.From
	if s.noAnswer(a.Message, to) != "" {
		return
	}
	rec := change.Record
	unique := bot.ShortHash(strings.Join([]string{s.today(a.now).String(), lower(to.Address), a.Message.Body()}, " "))
	key := string(bot.ActionInform) + ":" + rec.Reference + ":" + unique
	m := s.mail(bot.ActionInform, rec.Reference, s.Sign(key), to, s.letters.Answer(rec, lang, paragraphs...))
	inThread(m, a.Message.MessageID, a.Message.References)
	s.propose(a.occasion, change, bot.Action{Key: key, Kind: bot.ActionInform, Mail: m, RateGroup: lower(to.Address)})
}

// problemOf says in a user's language what a step lacked, or what can be done instead.
func (s *Service) problemOf(refused *intake.StepError, lang string) string {
	switch refused.Lacks {
	case "":
		possible := make([]string, len(refused.Allowed))
		for i, verb := range refused.Allowed {
			possible[i] = s.Phrases.Text(lang, "verb."+string(verb), nil)
		}
		return s.Phrases.Text(lang, "step.not_now", phrases.Values{
			"status": s.Phrases.Text(lang, "status."+string(refused.Status), nil), "possible": strings.Join(possible, ", "),
		})
	case intake.LackReason:
		return s.Phrases.Text(lang, "step.needs_reason", nil)
	}
	return s.Phrases.Text(lang, "step.needs_owner", nil) // a reply states everything else
}
