package desk

import (
	"context"
	"log/slog"

	"verbale/bot"
	"verbale/bot/registry"
	"verbale/intake"
)

// Options are what a Desk is made of.
type Options struct {
	Service  *registry.Service
	People   People
	Agenda   bot.Agenda
	Parked   Parked   // nil where nobody asks for the state of the office
	Reporter Reporter // nil where there are no reports
	Log      *slog.Logger
}

// A Reporter reports on the requests of a period.
type Reporter interface {
	// Report covers the days from the first to the last, both included, as plain
	// text in a language and as charts. It says nothing of confidential requests but
	// how many there are.
	Report(ctx context.Context, from, until intake.Date, lang string) (text string, charts []File, err error)
}

// People knows how colleagues are called.
type People interface {
	// Name is the name of an actor of a history; the id itself where it is not known.
	Name(ctx context.Context, id string) string
}

// Parked lists the actions that were given up, oldest first; bot.Queue does.
type Parked interface {
	Parked(ctx context.Context, limit int) ([]bot.Action, error)
}

// A Desk shows records and turns what colleagues press, fill in and type into
// orders. It may be used by several goroutines at once.
type Desk struct {
	service  *registry.Service
	people   People
	agenda   bot.Agenda
	parked   Parked
	reporter Reporter
	log      *slog.Logger

	openers     map[string]opener                                       // by the name of the press
	changes     map[string]submission                                   // by the name of the form
	commands    map[string]runner                                       // by the id of the command
	submissions map[string]submission                                   // by the name of the form
	pages       map[string]func(context.Context, visit) (Answer, error) // by the name of the press
}

// New returns a Desk.
func New(o Options) *Desk {
	d := &Desk{service: o.Service, people: o.People, agenda: o.Agenda, parked: o.Parked, reporter: o.Reporter, log: o.Log}
	d.prepare()
	return d
}

// A Quoted is a message of the conversation from which a shortcut was called.
type Quoted struct {
	Text    string
	Author  string // as others read it
	Link    string
	Channel string
	TS      string // Slack's time stamp of the message
}
