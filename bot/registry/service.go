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

// A Reader interprets messages; reading.Reader implements it.
type Reader interface {
	Read(m *intake.Message) intake.Reading
	// ReadRequest reads a message that a person has found to be a request.
	ReadRequest(m *intake.Message) intake.Reading
	// KindOf tells the kind that Read would find, in less time.
	KindOf(m *intake.Message) intake.Kind
}

// A Router decides who handles a request; routing.Table implements it.
type Router interface {
	Route(q routing.Question) intake.Routing
}

// A Policy determines what is due on a record and when, and which reminders are sent;
// followup.Policy implements it.
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

// Office is the configuration of the office.
type Office struct {
	Name   string         // signature of internal mails
	Prefix string         // of references: "TC"
	Desk   intake.Address // sender of outgoing mail
	Domain string         // of our own Message-IDs
	Zone   *time.Location // in which days are counted; nil is UTC
	Send   bool           // false: outgoing messages are stored but withheld
	Slack  bool           // cards are drawn, and colleagues on Slack are told there
}

// Options configure a Service. All are required except Habits and Days, which default to the
// embedded files.
type Options struct {
	Store      bot.Store
	Digests    bot.Digests // nil: digests are not corrected when a record becomes confidential
	Reader     Reader
	Router     Router
	Policy     Policy
	Directory  *routing.Directory
	Vocabulary *lexicon.Vocabulary
	Phrases    *phrases.Catalogue
	Habits     *mailtext.Habits
	Days       *dates.Words // vocabulary of dates in mails
	Office     Office
	// Sign derives from a text a string of letters and digits that only the processes of this
	// office can compute, so that nobody can guess the Message-ID of a mail they have not
	// seen. It is required if there is a Store.
	Sign  func(text string) string
	Token func() string // unguessable, of letters and digits, as allowed in a Message-ID
	Now   func() time.Time
	// Zones returns the time zone of somebody in the directory for whom the directory has
	// none. If Zones or its result is nil, the office's zone applies. It is called while
	// planning and must not block.
	Zones func(id string) *time.Location
	// Languages returns the language in which somebody uses Slack; "" if it is not known, and
	// the directory decides. It may be nil, and is called while deciding, so it must not block.
	Languages func(id string) string
	Nudge     func() // called after each commit that may have added actions; may be nil
	Log       *slog.Logger
}

// embeddedDays is the date vocabulary embedded in the program.
var embeddedDays = sync.OnceValues(func() (*dates.Words, error) { return dates.Load(reading.Embedded()) })

// A Service handles events and commits what they mean. It is stateless and safe for concurrent
// use.
type Service struct {
	Options
	cues         *mailtext.CueReader
	letters      *letters.Writer
	reference    *regexp.Regexp // matches our references in any text
	ownID        *regexp.Regexp // matches our Message-IDs in any text
	sharedDomain bool           // colleagues have addresses in the desk's domain
}

// New returns a Service.
func New(o Options) (*Service, error) {
	if o.Store != nil && o.Sign == nil {
		return nil, errors.New("an office with a store needs a Sign function")
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
	ear := &mailtext.CueReader{Habits: o.Habits, Days: o.Days}
	writer := &letters.Writer{
		Phrases: o.Phrases, Directory: o.Directory, Vocabulary: o.Vocabulary, Policy: o.Policy, Habits: o.Habits,
		Office: o.Office.Name, Desk: o.Office.Desk.Address, Zone: o.Office.Zone, Languages: o.Languages,
	}
	return &Service{
		Options: o, cues: ear, letters: writer,
		reference: bot.ReferencesOf(o.Office.Prefix), ownID: ownID, sharedDomain: sharesDomain(o.Directory, o.Office.Domain),
	}, nil
}

// Read interprets a message, for MailArrived.Reading. It may be called before the mail's turn.
func (s *Service) Read(m *intake.Message) intake.Reading { return s.Reader.Read(m) }

// LanguageOf is the language in which a post, a division or a colleague is written to.
func (s *Service) LanguageOf(id string) string { return s.letters.LanguageOf(id) }

// InWords is a value of a field in words.
func (s *Service) InWords(field intake.Field, value, lang string) string {
	return s.letters.Value(field, value, lang)
}

// Remark says in a language why something was extracted or decided.
func (s *Service) Remark(r intake.Remark, lang string) string { return s.letters.Remark(r, lang) }

// Remarks words several remarks, in order.
func (s *Service) Remarks(remarks []intake.Remark, lang string) []string {
	return s.letters.Remarks(remarks, lang)
}

// inHistory is a remark as used in histories.
func (s *Service) inHistory(r intake.Remark) string { return s.letters.Remark(r, phrases.English) }

// Handle decides what an event means and commits it as one Change. Handling an event again has
// no effect, and the result says so. Errors are those of the Store, with what was attempted;
// repeated conflicts with other processes are temporary errors. If an order cannot be carried
// out, the error is a *Refusal.
func (s *Service) Handle(ctx context.Context, e bot.Event) (bot.Committed, error) {
	switch e := e.(type) {
	case bot.MailArrived:
		return s.receive(ctx, e)
	case bot.Order:
		return s.executeOrder(ctx, e)
	case bot.Parked:
		return s.parked(ctx, e.Action)
	case bot.Missed:
		return s.missed(ctx, e)
	}
	return bot.Committed{}, fmt.Errorf("event of type %T is not handled", e)
}

// receive handles a mail, which thereby has its outcome.
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

// changeBy is everything that a mail changes.
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
