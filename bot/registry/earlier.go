package registry

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"verbale/bot"
	"verbale/bot/mailtext"
	"verbale/intake"
	"verbale/intake/lexicon"
)

// What a mail says about an earlier request of its sender's.
type earlierCues struct {
	heard    mailtext.Cues
	chases   bool // asks what became of it
	withdraw bool
	dates    bool // proposes other dates
	besides  bool // asks for something else too, as a request of its own
}

// any reports whether the mail says anything about an earlier request.
func (e earlierCues) any() bool { return e.chases || e.withdraw || e.dates }

// alone reports whether the mail speaks of an earlier request and asks for nothing else.
func (e earlierCues) alone() bool { return e.any() && !e.besides }

// ofEarlier are the cues whose sentences speak of an earlier request.
var ofEarlier = []string{mailtext.CueChaser, mailtext.CueOutcome, mailtext.CueTold, mailtext.CueWithdraw}

// readEarlierCues finds what a mail says about an earlier request. Asking for the outcome of the
// consideration is a chaser only if nothing else is asked for, since new requests end with it.
func (s *Service) readEarlierCues(a *arrival) earlierCues {
	e := earlierCues{heard: s.cues.Find(s.Habits.NewText(a.Message))}
	_, e.chases = e.heard.First(mailtext.CueChaser)
	_, e.withdraw = e.heard.First(mailtext.CueWithdraw)
	_, _, _, e.dates = e.heard.OtherDays(intake.DateOf(a.ReceivedAt.In(s.Office.Zone)))
	_, outcome := e.heard.First(mailtext.CueOutcome)
	if a.reading.Kind == intake.KindRequest && (e.any() || outcome) {
		e.besides = s.asksBesides(a.Message)
	}
	e.chases = e.chases || outcome && !e.besides
	return e
}

// asksBesides reports whether a mail is a request even without the sentences that speak of an
// earlier one.
func (s *Service) asksBesides(m *intake.Message) bool {
	rest := s.byItself(m)
	rest.Fingerprint = "" // another text
	rest.Text = intake.Text{Content: s.cues.Find(m.Body()).Without(ofEarlier...)}
	rest.Subject = "" // it names the matter of the earlier request
	return s.Reader.KindOf(rest) == intake.KindRequest
}

// findEarlier searches for the request that a mail chases, withdraws or reschedules without
// naming it: an open request of its sender's. A mail that asks for something else too is a
// request of its own; the earlier one is shown to the desk. If it is not certain which request
// is meant, the desk is asked. If the sender has none, the earlier letter may be lost.
func (s *Service) findEarlier(ctx context.Context, a *arrival) error {
	e := a.earlier
	if !e.any() || a.unreadable() || forged(a.Message) {
		return nil
	}
	of, err := s.openOf(ctx, a)
	if err != nil {
		return err
	}
	request := a.reading.Kind == intake.KindRequest
	switch {
	case e.alone() && len(of) == 1 && (!request || s.plainlyMeant(a, of[0])):
		a.found, a.unsure = of[0], !s.plainlyMeant(a, of[0])
		a.readAsFollowUp()
	case len(of) > 0 && (e.chases || e.withdraw):
		for _, rec := range of[:min(len(of), s.Habits.Likeness.Offer)] {
			a.cites = append(a.cites, likenessTo(rec, intake.Remark{ID: "alike.earlier"}))
		}
		if a.unsure = e.alone(); a.unsure {
			a.readAsFollowUp()
		}
	case len(of) == 0 && e.alone() && e.chases:
		if a.lost = s.mayBeLost(a); a.lost && !request {
			a.readAsFollowUp()
		}
	}
	return nil
}

// readAsFollowUp takes a mail for one that speaks of an earlier request, whatever kind it was
// read to be.
func (a *arrival) readAsFollowUp() {
	a.reading.Kind, a.reading.KindReason = intake.KindFollowUp, intake.Remark{ID: "kind.of_earlier"}
	a.reading.Doubts = withoutDoubt(a.reading.Doubts, intake.FieldKind)
}

// mayBeLost reports whether a mail that chases no known request speaks of a letter that should
// have arrived. Others write such words too, such as sellers.
func (s *Service) mayBeLost(a *arrival) bool {
	if a.reading.Kind == intake.KindRequest {
		return true
	}
	_, government := s.Vocabulary.CountryOfDomain(intake.DomainOf(a.Message.From.Address))
	_, told := a.earlier.heard.First(mailtext.CueTold)
	return government && (told || a.earlier.heard.OwnLetter())
}

// openOf returns the open requests of a mail's sender, or of the sender's institution, the
// newest first; those with its subject or theme alone if there are any.
func (s *Service) openOf(ctx context.Context, a *arrival) (of []*intake.Record, err error) {
	from := lower(a.Message.From.Address)
	person := intake.DomainOf(from)
	if person == "" || s.Vocabulary.IsNeutralDomain(person) {
		person = from
	}
	records, _, err := s.Store.List(ctx, bot.Query{
		Person: person, Open: true, Since: a.now.Add(-s.Habits.Likeness.Within), Limit: s.Habits.Likeness.Look,
	})
	if err != nil {
		return nil, fmt.Errorf("look for open requests of a sender: %w", err)
	}
	for _, rec := range records {
		if rec.Parent == "" && s.knownTo(rec, from) {
			of = append(of, rec)
		}
	}
	near := slices.DeleteFunc(slices.Clone(of), func(rec *intake.Record) bool { return !s.sameMatter(a, rec) })
	if len(near) > 0 {
		return near, nil
	}
	return of, nil
}

// plainlyMeant reports whether a mail certainly speaks of the only open request of its sender:
// it is the sender's own, not a colleague's, and the mail names no other theme.
func (s *Service) plainlyMeant(a *arrival, rec *intake.Record) bool {
	themes := len(themesIn(a)) > 0 && rec.Request != nil && len(rec.Request.Themes) > 0
	return slices.Contains(rec.Correspondents, lower(a.Message.From.Address)) && (!themes || s.sameMatter(a, rec))
}

// themesIn are the themes of a mail, as far as they are certain: a mail that speaks of an
// earlier letter seldom says much about its subject.
func themesIn(a *arrival) []string {
	if a.reading.Request == nil || a.reading.Doubtful(intake.FieldThemes) {
		return nil
	}
	return a.reading.Request.Themes
}

// sameMatter reports whether a mail has the subject of a record, or a theme of the same
// division.
func (s *Service) sameMatter(a *arrival, rec *intake.Record) bool {
	return s.sameSubject(a, rec) || rec.Request != nil && slices.ContainsFunc(themesIn(a), func(mine string) bool {
		return slices.ContainsFunc(rec.Request.Themes, func(theirs string) bool { return s.sameDivision(mine, theirs) })
	})
}

// sameDivision reports whether two themes belong to one division.
func (s *Service) sameDivision(a, b string) bool {
	mine, known := s.Vocabulary.DivisionOf(a)
	theirs, _ := s.Vocabulary.DivisionOf(b)
	return known && mine == theirs
}

// sameSubject reports whether a mail and the letter of a record have the same subject, or one
// contains the other.
func (s *Service) sameSubject(a *arrival, rec *intake.Record) bool {
	mine := lexicon.FoldString(s.Habits.Subject(s.withoutReference(a.Message.Subject)))
	theirs := lexicon.FoldString(s.Habits.Subject(rec.Origin.Subject))
	short, long := mine, theirs
	if len(short) > len(long) {
		short, long = long, short
	}
	return len(strings.Fields(short)) >= wordsOfSubject && mailtext.WordIndex(long, short) >= 0
}

// wordsOfSubject is the minimum number of words of a subject by which letters are compared:
// "Request" says nothing.
const wordsOfSubject = 2

// aboutEarlier asks the desk whether a mail belongs to the only open request of its sender.
func (s *Service) aboutEarlier(a *arrival) bot.Change {
	why := intake.Remark{ID: "kind.of_earlier"}
	return s.toConfirm(a, why, intake.Remark{ID: "doubt.earlier"}, "post.aside_earlier")
}
