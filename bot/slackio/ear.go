package slackio

import (
	"context"
	"errors"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"verbale/bot"
	"verbale/bot/desk"
	"verbale/internal/phrases"
	"verbale/internal/secret"
)

// EarOptions are what an Ear is made of. Zero numbers take the defaults.
type EarOptions struct {
	Workspace     *Workspace
	People        *People
	Desk          Desk
	Phrases       *phrases.Catalogue // nil for the default
	SigningSecret secret.Value       // for HTTP alone
	Now           func() time.Time
	Log           *slog.Logger
	Broken        func() // hears of each line of Socket Mode that could not be opened, or failed; nil for nobody

	Workers  int           // jobs done at the same time; default 16
	Waiting  int           // jobs in hand at most; beyond that Slack is left to try again; default 1000
	Patience time.Duration // after which a person is told that it takes longer; default 1.8 s
	Within   time.Duration // for the work behind one act; default 30 s
	Lines    int           // of Socket Mode, so that one can be renewed while others hear; default 2
}

func (o EarOptions) withDefaults() EarOptions {
	for number, standard := range map[*int]int{&o.Workers: 16, &o.Waiting: 1000, &o.Lines: 2} {
		if *number == 0 {
			*number = standard
		}
	}
	if o.Broken == nil {
		o.Broken = func() {}
	}
	if o.Patience == 0 {
		o.Patience = 1800 * time.Millisecond // Slack waits 3 s; the rest is for the way
	}
	if o.Within == 0 {
		o.Within = 30 * time.Second
	}
	return o
}

// An Ear hears what people do in Slack and has the desk answer them.
type Ear struct {
	EarOptions
	pool  *pool
	begun *begun
	homes *homes
}

// NewEar makes an Ear; it hears nothing before Run, or before its Handler is served.
func NewEar(o EarOptions) *Ear {
	o = o.withDefaults()
	return &Ear{EarOptions: o, pool: newPool(o.Workers, o.Waiting), begun: newBegun(o.Now), homes: newHomes(o.Now)}
}

// Wait returns when nothing is in hand any more. It is for the end of a program that
// served the Handler; Run waits by itself.
func (e *Ear) Wait() { e.pool.wait() }

// An envelope is something that Slack brought, over whichever line: exactly one of
// the three contents is set.
type envelope struct {
	request     string // names it in the log
	event       *slackevents.EventsAPIEvent
	interaction *slack.InteractionCallback
	command     *slack.SlashCommand
	reply       *reply
}

// take hands an envelope to those who deal with it. It never waits: whoever calls it
// has the next envelope to take.
func (e *Ear) take(env envelope) {
	switch {
	case env.event != nil:
		e.takeEvent(env)
	case env.command != nil:
		e.takeCommand(env)
	case env.interaction != nil:
		e.takeInteraction(env)
	}
}

func (e *Ear) takeInteraction(env envelope) {
	switch env.interaction.Type {
	case slack.InteractionTypeBlockActions:
		e.takeClicks(env)
	case slack.InteractionTypeViewSubmission:
		e.takeSubmission(env)
	case slack.InteractionTypeBlockSuggestion:
		e.takeSuggestion(env)
	case slack.InteractionTypeMessageAction, slack.InteractionTypeShortcut:
		e.takeShortcut(env)
	default: // a window was closed, or something that we show nowhere
		env.reply.with(nil)
	}
}

// A task is work behind an act, with the person who acted.
type task func(ctx context.Context, by bot.Colleague) (desk.Answer, error)

// work lets the desk do a task, in order with what else the person does there, and
// shows its answer. It is acknowledged once it is done: where the process ends before,
// Slack tells the person that nothing came of it. Only what takes longer than Slack
// waits is acknowledged before. What was begun before is left alone.
func (e *Ear) work(v *visit, t task) {
	if !e.begun.first(v.order) {
		v.reply.with(nil)
		return
	}
	v.begin()
	late := time.AfterFunc(e.Patience, func() { v.reply.with(nil) })
	if e.pool.do(v.key(), func() { e.serve(v, t) }) {
		return
	}
	late.Stop()
	v.window.settle()
	e.begun.forget(v.order)
	v.log.Error("too much is in hand; an act is left to be delivered again")
}

// serve does a task from beginning to end.
func (e *Ear) serve(v *visit, t task) {
	ctx, cancel := v.context()
	defer cancel()
	answer, err := e.perform(ctx, v, t)
	v.reply.with(nil)
	if err == nil {
		err = v.show(ctx, answer)
	}
	if err != nil {
		v.fail(ctx, err)
	}
	v.finish(ctx)
}

// perform finds who acts and does the task. A panic in it is a failure of this act.
func (e *Ear) perform(ctx context.Context, v *visit, t task) (answer desk.Answer, err error) {
	defer func() {
		if p := recover(); p != nil {
			v.log.Error("an act panicked", "panic", typeOf(p), "stack", string(debug.Stack()))
			err = errPanicked
		}
	}()
	by, err := e.People.Colleague(ctx, v.user)
	if err != nil {
		return desk.Answer{}, err
	}
	v.by.Store(&by)
	return t(ctx, by)
}

var errPanicked = errors.New("the program has a fault here")
