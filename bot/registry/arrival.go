package registry

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"verbale/bot"
	"verbale/intake"
)

// An arrival is everything known about an incoming mail when the service decides what it
// means.
type arrival struct {
	bot.MailArrived
	occasion
	reading intake.Reading
	found   *intake.Record     // the record that the mail belongs to or mentions; nil if there is none
	merged  *intake.Record     // that the mail mentions, if it has been merged into found
	told    time.Time          // when that record's owner was last told of incoming mail; zero for never
	next    string             // the reference for a new record
	alike   [][]*intake.Record // earlier records that may be the same request, by query, newest first
	number  string             // of the sender's earlier letter, by which the record was found
	cites   []intake.Likeness  // records whose letters the mail cites without joining them
	numbers []string           // numbers of earlier letters cited in the mail, for which records were searched
	earlier earlierCues        // what it says about an earlier request
	unsure  bool               // it is about an earlier request, but it is not certain which
	lost    bool               // it is about an earlier letter that did not arrive here
	wentOut bool               // it reports on a mail that was indeed sent for that record
}

func (s *Service) load(ctx context.Context, mail bot.MailArrived) (*arrival, error) {
	a := &arrival{MailArrived: mail, occasion: occasion{now: s.Now(), quiet: mail.Backfilled}, reading: *mail.Reading}
	if a.ReceivedAt.IsZero() {
		a.ReceivedAt = a.now
	}
	var err error
	if a.reading.Kind == intake.KindBounce {
		if a.Message, err = s.plainReport(ctx, a.Message); err != nil {
			return nil, err
		}
	}
	a.found, err = s.find(ctx, a)
	switch {
	case err != nil || a.found != nil:
	case a.reading.Kind == intake.KindBounce:
		a.found, err = s.findBySubject(ctx, a.Message)
	default:
		err = s.findEarlierLetter(ctx, a)
	}
	switch {
	case err != nil || a.found == nil:
	case a.reading.Kind == intake.KindBounce: // a report concerns one mail, even if its record was merged since
		a.wentOut, err = s.wentOut(ctx, a)
	case a.found.MergedInto != "":
		a.merged = a.found
		a.found, err = s.remaining(ctx, a.found)
	}
	if err != nil {
		return nil, err
	}
	if a.found != nil {
		a.rooms, a.told = a.found.Rooms, a.found.OwnerTold
	}
	if a.next, err = s.Store.NextReference(ctx, a.now.In(s.Office.Zone).Year()); err != nil {
		return nil, fmt.Errorf("ask for the next reference: %w", err)
	}
	if err = s.loadContext(ctx, &a.occasion); err != nil {
		return nil, err
	}
	if err = s.loadBackground(ctx, a); err != nil {
		return nil, err
	}
	return a, s.loadSimilar(ctx, a)
}

// loadContext loads the number of open records of each owner, and the current absences.
func (s *Service) loadContext(ctx context.Context, o *occasion) (err error) {
	if o.open, err = s.Store.OpenByOwner(ctx); err != nil {
		return fmt.Errorf("count open records: %w", err)
	}
	leaves, err := s.Store.Leaves(ctx)
	if err != nil {
		return fmt.Errorf("ask who is away: %w", err)
	}
	o.leaves = leavesOf(leaves).Ended(s.today(o.now))
	return nil
}

// find searches for the record that a mail belongs to: by our reference, by a Message-ID of
// ours, or by one that a record received. For a delivery report, only the Message-IDs count:
// anybody can write such a report, so it is only believed if it names a mail known here.
func (s *Service) find(ctx context.Context, a *arrival) (*intake.Record, error) {
	for _, reference := range s.namedBy(a) {
		if rec, err := s.lookUp(ctx, reference); rec != nil || err != nil {
			return rec, err
		}
	}
	thread := threadOf(a.Message)
	if len(thread) == 0 {
		return nil, nil
	}
	reference, err := s.Store.ByMessageID(ctx, thread...)
	if err != nil {
		return nil, fmt.Errorf("look for the thread of a mail: %w", err)
	}
	return s.lookUp(ctx, reference)
}

// findBySubject searches by the reference in the subject for the record of a mail that is only
// recognised as a delivery failure by its words: a known correspondent may use such words too.
func (s *Service) findBySubject(ctx context.Context, m *intake.Message) (*intake.Record, error) {
	if s.unanswerable(m) != "" {
		return nil, nil
	}
	rec, err := s.lookUp(ctx, strings.ToUpper(s.reference.FindString(m.Subject)))
	if rec == nil || !s.knownTo(rec, m.From.Address) {
		return nil, err
	}
	return rec, nil
}

// namedBy lists our references in a mail, from its text and its thread headers.
func (s *Service) namedBy(a *arrival) (references []string) {
	if a.reading.Kind == intake.KindBounce {
		return nil
	}
	references = append(references, a.reading.Reference)
	for _, id := range threadOf(a.Message) {
		references = append(references, s.referenceIn(id))
	}
	return slices.DeleteFunc(references, func(reference string) bool { return reference == "" })
}

// lookUp loads a record; nil if it does not exist.
func (s *Service) lookUp(ctx context.Context, reference string) (*intake.Record, error) {
	if reference == "" {
		return nil, nil
	}
	rec, err := s.Store.Load(ctx, reference)
	if errors.Is(err, bot.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("load %s: %w", reference, err)
	}
	return rec, nil
}

// decide decides what a mail means. It depends only on its argument and the configuration.
func (s *Service) decide(a *arrival) bot.Change {
	ours, own := s.ourOwnMail(a.Message)
	switch {
	case a.reading.Kind == intake.KindBounce && !a.mayBeLetter():
		return s.bounced(a) // first, since the reporting server may have an address in our domain
	case own:
		return s.setAside(a, ours)
	case a.byMachine():
		if change, away := s.requesterAway(a); away {
			return change
		}
		if s.readsLikeMachine(a) {
			return s.maybeMachine(a)
		}
		if a.found != nil && machineMade(a.Message) == "" && s.fromColleague(a.Message) {
			return s.replied(a) // an out-of-office reply may say more than that
		}
		return s.setAside(a, a.reading.KindReason)
	case s.fromColleague(a.Message):
		return s.fromStaff(a)
	case a.newRequestInOldThread():
		return s.recorded(a)
	case a.unsure && a.found != nil:
		return s.aboutEarlier(a)
	case a.found != nil && s.knownTo(a.found, a.Message.From.Address) && !forged(a.Message):
		return s.joined(a)
	case a.found != nil && a.reading.Kind != intake.KindRequest && s.Directory.Internal(a.Message.From.Address):
		return s.notBelieved(a)
	case a.found != nil && a.reading.Kind != intake.KindRequest:
		return s.fromStranger(a)
	case a.worthANumber():
		return s.recorded(a)
	}
	return s.setAside(a, a.reading.KindReason)
}

// byMachine reports whether the mail was certainly generated automatically, or is spam.
func (a *arrival) byMachine() bool {
	switch {
	case a.reading.Doubtful(intake.FieldKind):
		return false
	case a.unreadable():
		return machineMade(a.Message) != ""
	}
	return a.reading.Kind == intake.KindAutoReply || a.reading.Kind == intake.KindSpam
}

// mayBeLetter reports whether a mail that reads like a delivery failure, but mentions no mail
// of ours, may be an ordinary letter.
func (a *arrival) mayBeLetter() bool { return a.found == nil && a.reading.Doubtful(intake.FieldKind) }

func (a *arrival) unreadable() bool { return a.reading.KindReason.Is(intake.ReasonUnreadable) }

// worthANumber reports whether the mail is, or may be, something that the desk has to deal
// with.
func (a *arrival) worthANumber() bool {
	kind := a.reading.Kind
	return kind == intake.KindRequest || kind == intake.KindFollowUp ||
		a.unreadable() || a.reading.Doubtful(intake.FieldKind)
}

// newRequestInOldThread reports whether a new request was written as a reply to mail of a
// closed record. If it were added there, nobody would see it.
func (a *arrival) newRequestInOldThread() bool {
	return a.found != nil && !a.found.Status.Open() && a.reading.Kind == intake.KindRequest
}

// arrived records that the mail was handled, with its outcome.
func (a *arrival) arrived(outcome bot.ArrivalOutcome) *bot.Arrival {
	return &bot.Arrival{
		MessageID: a.Message.MessageID, Fingerprint: a.Message.Fingerprint,
		Place: a.Place, Outcome: outcome, ReceivedAt: a.ReceivedAt,
	}
}
