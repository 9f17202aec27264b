package registry

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"sync"
	"time"

	"verbale/bot"
	"verbale/bot/letters"
	"verbale/bot/mailtext"
	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading"
	"verbale/intake/reading/dates"
	"verbale/internal/phrases"
	"verbale/routing"
	"verbale/routing/followup"
)

// A Reader understands messages; reading.Reader is the one that serves.
type Reader interface {
	Read(m *intake.Message) intake.Reading
}

// A Router decides who carries a request out; routing.Table is the one that serves.
type Router interface {
	Route(q routing.Question) intake.Routing
}

// A Policy says what is due on a record and when, and what is said about it;
// followup.Policy is the one that serves.
type Policy interface {
	letters.Policy
	Plan(rec *intake.Record) []intake.PlanStep
	Clock(before intake.Status, after *intake.Record, at time.Time)
	Reminders(rec *intake.Record, zones followup.Zones) []intake.Reminder
	Soonest(r intake.Reminder, zones followup.Zones, now time.Time) time.Time
	Late(r intake.Reminder, now time.Time) bool
	DigestDay(now time.Time, zone *time.Location, daily bool) (day intake.Date, due bool)
	DigestSince(now time.Time, zone *time.Location, daily bool) time.Time
}

// Office is what a Service knows of the house it works for.
type Office struct {
	Name   string         // as internal mails are signed
	Prefix string         // of references: "TC"
	Desk   intake.Address // from which mail goes out
	Domain string         // of our own Message-IDs
	Zone   *time.Location // in which days are counted; nil is UTC
	Send   bool           // false: what would go out is written down and withheld
	Slack  bool           // cards are drawn and colleagues on Slack are told there
}

// Options are what a Service is made of. All are needed but Habits and Days,
// which default to the embedded files.
type Options struct {
	Store      bot.Store
	Digests    bot.Digests // nil: what was said there of a record that has become confidential stays
	Reader     Reader
	Router     Router
	Policy     Policy
	Directory  *routing.Directory
	Vocabulary *lexicon.Vocabulary
	Phrases    *phrases.Catalogue
	Habits     *mailtext.Habits
	Days       *dates.Words // of which the days in mails are made
	Office     Office
	// Sign makes of a text letters and digits that only this office can make of it, and
	// each of its processes: nobody can name a mail of ours that they have not seen.
	// Needed where there is a Store.
	Sign  func(text string) string
	Token func() string // unguessable, of letters and digits, as a Message-ID may hold them
	Now   func() time.Time
	// Zones tells where somebody of the directory works, where that does not say; nil,
	// and where it gives nil: the office's zone. It is asked while planning, and answers
	// from what it has learned already.
	Zones func(id string) *time.Location
	Nudge func() // called after each commit that may have added actions; nil: nobody waits for them
	Log   *slog.Logger
}

// embeddedDays are the words of dates that come with the program.
var embeddedDays = sync.OnceValues(func() (*dates.Words, error) { return dates.Load(reading.Embedded()) })

// A Service takes events and commits what they mean. It keeps no state of its
// own and may be used by several goroutines at once.
type Service struct {
	Options
	ear          *mailtext.Ear
	letters      *letters.Writer
	reference    *regexp.Regexp // our references, in whatever text
	ownID        *regexp.Regexp // our Message-IDs, likewise
	sharedDomain bool           // colleagues have addresses in the desk's domain
}

// New returns a Service.
func New(o Options) (*Service, error) {
	if o.Store != nil && o.Sign == nil {
		return nil, errors.New("an office that keeps records cannot sign")
	}
	if o.Habits == nil {
		habits, err := mailtext.Load(nil)
		if err != nil {
			return nil, err
		}
		o.Habits = habits
	}
	if o.Days == nil {
		days, err := embeddedDays()
		if err != nil {
			return nil, fmt.Errorf("load words of dates: %w", err)
		}
		o.Days = days
	}
	if o.Office.Zone == nil {
		o.Office.Zone = time.UTC
	}
	ownID := regexp.MustCompile(`(?i)\b[a-z_]+\.` + regexp.QuoteMeta(o.Office.Prefix) + `-\d{4}-\d{5,}\.[a-z0-9]+@` + regexp.QuoteMeta(o.Office.Domain))
	ear := &mailtext.Ear{Habits: o.Habits, Days: o.Days}
	writer := &letters.Writer{
		Phrases: o.Phrases, Directory: o.Directory, Vocabulary: o.Vocabulary, Policy: o.Policy, Habits: o.Habits,
		Office: o.Office.Name, Desk: o.Office.Desk.Address, Zone: o.Office.Zone,
	}
	return &Service{
		Options: o, ear: ear, letters: writer,
		reference: bot.ReferencesOf(o.Office.Prefix), ownID: ownID, sharedDomain: sharesDomain(o.Directory, o.Office.Domain),
	}, nil
}

// Read understands a message, for MailArrived.Reading. It may be called ahead of
// the mail's turn.
func (s *Service) Read(m *intake.Message) intake.Reading { return s.Reader.Read(m) }

// LanguageOf is the language in which a post or division is written to.
func (s *Service) LanguageOf(id string) string { return s.letters.LanguageOf(id) }

// InWords writes one value of a field in words.
func (s *Service) InWords(field intake.Field, value, lang string) string {
	return s.letters.Value(field, value, lang)
}

// Remark says in a language why something was read or decided as it was.
func (s *Service) Remark(r intake.Remark, lang string) string { return s.letters.Remark(r, lang) }

// Remarks says several, in their order.
func (s *Service) Remarks(remarks []intake.Remark, lang string) []string {
	return s.letters.Remarks(remarks, lang)
}

// inHistory is a remark as histories have it.
func (s *Service) inHistory(r intake.Remark) string { return s.letters.Remark(r, phrases.English) }

// Handle decides what an event means and commits it as one Change. Handling an
// event again does nothing and says so. Errors are those of the Store, with
// what was attempted; losing every race against other processes is temporary.
// An order that cannot be carried out is a *Refusal.
func (s *Service) Handle(ctx context.Context, e bot.Event) (bot.Committed, error) {
	switch e := e.(type) {
	case bot.MailArrived:
		return s.receive(ctx, e)
	case bot.Order:
		return s.carry(ctx, e)
	case bot.Parked:
		return s.parked(ctx, e.Action)
	case bot.Missed:
		return s.missed(ctx, e)
	}
	return bot.Committed{}, fmt.Errorf("event of type %T is not handled", e)
}

// receive gives a mail its outcome.
func (s *Service) receive(ctx context.Context, mail bot.MailArrived) (bot.Committed, error) {
	if mail.Reading == nil {
		reading := s.Read(mail.Message)
		mail.Reading = &reading
	}
	done, err := s.commit(ctx, fmt.Sprintf("mail %d of %s", mail.Place.UID, mail.Place.Folder), func() (bot.Change, error) {
		a, err := s.load(ctx, mail)
		if err != nil {
			return bot.Change{}, err
		}
		return s.changeBy(a), nil
	})
	if err == nil {
		s.report(ctx, mail, done)
	}
	return done, err
}

// changeBy is all that a mail changes.
func (s *Service) changeBy(a *arrival) bot.Change {
	change := s.decide(a)
	s.mirror(a, &change)
	s.finish(a.occasion, &change)
	return change
}

func (s *Service) report(ctx context.Context, mail bot.MailArrived, done bot.Committed) {
	s.Log.InfoContext(ctx, "mail handled", "folder", mail.Place.Folder, "uid", mail.Place.UID,
		"outcome", done.Outcome, "reference", done.Reference, "seen", done.Seen)
}
