package desk

import (
	"context"
	"log/slog"

	"verbale/bot"
	"verbale/bot/registry"
	"verbale/intake"
)

// Options configure a Desk.
type Options struct {
	Service  *registry.Service
	People   People
	Agenda   bot.Agenda
	Parked   Parked   // nil if the state of the office is not shown
	Reporter Reporter // nil if there are no reports
	Log      *slog.Logger
}

// A Reporter reports on the requests of a period.
type Reporter interface {
	// Report covers the days from the first to the last, both included, as plain text in a
	// language and as charts. Of confidential requests it reports only their number.
	Report(ctx context.Context, from, until intake.Date, lang string) (text string, charts []File, err error)
}

// People resolves the names of colleagues.
type People interface {
	// Name is the name of an actor in a history; the ID itself if it is not known.
	Name(ctx context.Context, id string) string
}

// Parked lists the actions that were given up, oldest first; bot.Queue implements it.
type Parked interface {
	Parked(ctx context.Context, limit int) ([]bot.Action, error)
}

// A Desk shows records and turns button clicks, forms and commands of colleagues into orders.
// It is safe for concurrent use.
type Desk struct {
	service  *registry.Service
	people   People
	agenda   bot.Agenda
	parked   Parked
	reporter Reporter
	log      *slog.Logger

	openers     map[string]opener                                             // by press name
	changes     map[string]submission                                         // by form name
	commands    map[string]commandHandler                                     // by command ID
	submissions map[string]submission                                         // by form name
	pages       map[string]func(context.Context, interaction) (Answer, error) // by press name
}

// New returns a Desk.
func New(o Options) *Desk {
	d := &Desk{service: o.Service, people: o.People, agenda: o.Agenda, parked: o.Parked, reporter: o.Reporter, log: o.Log}
	d.prepare()
	return d
}

// A Quoted is the message on which a shortcut was used.
type Quoted struct {
	Text    string
	Author  string // display name
	Link    string
	Channel string
	TS      string // Slack's timestamp of the message
}
