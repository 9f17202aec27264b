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

// EarOptions configure an Ear. Zero numbers mean the defaults given here.
type EarOptions struct {
	Workspace     *Workspace
	People        *People
	Desk          Desk
	Phrases       *phrases.Catalogue // nil for the default
	SigningSecret secret.Value       // only for HTTP
	Now           func() time.Time
	Log           *slog.Logger
	Broken        func() // called when a Socket Mode connection could not be opened, or failed; may be nil

	Workers  int           // jobs processed concurrently; default 16
	Waiting  int           // limit of queued and running jobs, beyond which Slack has to redeliver; default 1000
	Patience time.Duration // after which the user is told that it takes longer; default 1.8 s
	Within   time.Duration // time limit for one interaction; default 30 s
	Lines    int           // Socket Mode connections, so that one can be renewed while others receive; default 2
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
		o.Patience = 1800 * time.Millisecond // Slack waits 3 s; the rest is for network latency
	}
	if o.Within == 0 {
		o.Within = 30 * time.Second
	}
	return o
}

// An Ear receives what users do in Slack and passes it to the desk.
type Ear struct {
	EarOptions
	pool         *pool
	deduplicator *deduplicator
	homes        *homeTabs
}

// NewEar makes an Ear; it receives nothing before Run, or before its Handler is served.
func NewEar(o EarOptions) *Ear {
	o = o.withDefaults()
	return &Ear{EarOptions: o, pool: newPool(o.Workers, o.Waiting), deduplicator: newDeduplicator(o.Now), homes: newHomeTabs(o.Now)}
}

// Wait returns when all jobs are done. It is for shutting down a program that served the
// Handler; Run waits by itself.
func (e *Ear) Wait() { e.pool.wait() }

// An envelope is one delivery from Slack, over Socket Mode or HTTP. Exactly one of event,
// interaction and command is set.
type envelope struct {
	request     string // identifies it in the log
	event       *slackevents.EventsAPIEvent
	interaction *slack.InteractionCallback
	command     *slack.SlashCommand
	reply       *reply
}

// dispatch dispatches an envelope. It never blocks, since its caller has to read the next one.
func (e *Ear) dispatch(env envelope) {
	switch {
	case env.event != nil:
		e.handleEvent(env)
	case env.command != nil:
		e.handleCommand(env)
	case env.interaction != nil:
		e.handleInteraction(env)
	}
}

func (e *Ear) handleInteraction(env envelope) {
	switch env.interaction.Type {
	case slack.InteractionTypeBlockActions:
		e.handleClicks(env)
	case slack.InteractionTypeViewSubmission:
		e.handleSubmission(env)
	case slack.InteractionTypeBlockSuggestion:
		e.handleSuggestion(env)
	case slack.InteractionTypeMessageAction, slack.InteractionTypeShortcut:
		e.handleShortcut(env)
	default: // a modal was closed, or something we do not use
		env.reply.with(nil)
	}
}

// A task handles one interaction, on behalf of the user who caused it.
type task func(ctx context.Context, by bot.Colleague) (desk.Answer, error)

// work runs a task, in order with the other interactions of the user in the same place, and
// shows its answer. The interaction is acknowledged when the task is done, so that Slack shows
// the user an error if the process ends before. Only a task that takes longer than Slack waits
// is acknowledged earlier. An interaction already begun is not begun again.
func (e *Ear) work(v *interaction, t task) {
	if !e.deduplicator.first(v.order) {
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
	e.deduplicator.forget(v.order)
	v.log.Error("too much is in hand; an act is left to be delivered again")
}

// serve runs a task from beginning to end. What is said of a failure has a time limit of its
// own, since the failure may be that the time was up.
func (e *Ear) serve(v *interaction, t task) {
	err := e.answer(v, t)
	ctx, cancel := v.context()
	defer cancel()
	if err != nil {
		v.fail(ctx, err)
	}
	v.finish(ctx)
}

// answer runs a task and shows its answer.
func (e *Ear) answer(v *interaction, t task) error {
	ctx, cancel := v.context()
	defer cancel()
	answer, err := e.perform(ctx, v, t)
	v.reply.with(nil)
	if err != nil {
		return err
	}
	return v.show(ctx, answer)
}

// perform identifies the user and runs the task. A panic becomes an error of this interaction.
func (e *Ear) perform(ctx context.Context, v *interaction, t task) (answer desk.Answer, err error) {
	defer func() {
		if p := recover(); p != nil {
			v.log.Error("an interaction panicked", "panic", typeOf(p), "stack", string(debug.Stack()))
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

var errPanicked = errors.New("the handling of the interaction panicked")
