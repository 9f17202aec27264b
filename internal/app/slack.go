package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"time"

	"golang.org/x/sync/errgroup"

	"verbale/bot/desk"
	"verbale/bot/slackio"
	"verbale/internal/config"
	"verbale/internal/telemetry"
	"verbale/internal/wait"
)

// A slackDesk is the desk in Slack: input, output, and what both need.
type slackDesk struct {
	workspace *slackio.Workspace
	people    *slackio.People
	rooms     *slackio.Rooms
	ear       *slackio.Ear
	mouth     *slackio.Mouth
	agenda    filler
	log       *slog.Logger
	broken    func() // counts a failure of Slack
	listen    string // host:port for requests from Slack; "" in Socket Mode
}

func (s *Server) newSlack() (*slackDesk, error) {
	slack := openWorkspace(s.config, s.office, s.timing.Now, s.log)
	slack.agenda, slack.log, slack.broken = s.store, s.log, func() { s.metrics.Failed(telemetry.PartSlack) }
	d := desk.New(desk.Options{Service: s.service, People: slack.people, Agenda: s.store, Parked: s.store, Reporter: reporter{s}, Log: s.log})
	slack.ear = slackio.NewEar(slackio.EarOptions{
		Workspace: slack.workspace, People: slack.people, Desk: d, Phrases: s.office.phrases,
		SigningSecret: s.config.Slack.SigningSecret, Now: s.timing.Now, Log: s.log, Patience: s.timing.Answer, Within: s.timing.Interaction,
		Broken: slack.broken,
	})
	slack.mouth = slackio.NewMouth(slackio.MouthOptions{
		Workspace: slack.workspace, Rooms: slack.rooms, Desk: d, Cards: s.store, Office: s.config.Office, Every: s.timing.Messages, Now: s.timing.Now, Log: s.log,
	})
	return slack, nil
}

// zone is the time zone of somebody in the directory according to their Slack profile; nil if
// it is not known.
func (s *Server) zone(id string) *time.Location {
	if s.slack == nil {
		return nil
	}
	return s.slack.people.Zone(id)
}

// language is the language in which somebody in the directory uses Slack; "" if it is not
// known.
func (s *Server) language(id string) string {
	if s.slack == nil {
		return ""
	}
	return s.slack.people.Language(id)
}

// openWorkspace sets up the Slack client only, without Ear and Mouth.
func openWorkspace(c *config.Config, o *office, now func() time.Time, log *slog.Logger) *slackDesk {
	w := slackio.NewWorkspace(slackio.Access{
		BotToken: c.Slack.BotToken, AppToken: c.Slack.AppToken, APIURL: c.Slack.APIURL, Log: log,
	})
	people := slackio.NewPeople(w, o.directory, now)
	s := &slackDesk{workspace: w, people: people, rooms: slackio.NewRooms(w, people, o.directory, o.directory.Desk.Channel, now)}
	if c.Slack.Mode == config.SlackHTTP {
		s.listen = c.Slack.Listen
	}
	return s
}

// A filler adds records written by older versions to the agenda; redisstore.Store implements
// it.
type filler interface {
	FillAgenda(ctx context.Context) error
}

// fillAgain is the pause before filling the agenda is retried.
const fillAgain = time.Minute

// fillAgenda makes sure that home tabs show what is due on all records.
func (s *slackDesk) fillAgenda(ctx context.Context) error {
	for {
		err := s.agenda.FillAgenda(ctx)
		if err == nil || ctx.Err() != nil {
			return nil
		}
		s.log.Error("the agenda could not be filled: home tabs may not show what is due on older records", "error", err)
		if err := wait.For(ctx, fillAgain); err != nil {
			return nil
		}
	}
}

// run receives from Slack until ctx ends; then it finishes the work in progress.
func (s *slackDesk) run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return s.fillAgenda(ctx) })
	group.Go(func() error { return s.people.LearnProfiles(ctx) })
	group.Go(func() error { return s.tryToken(ctx) })
	group.Go(func() error { return s.hear(ctx) })
	return group.Wait()
}

// tryAgain is the pause before a refused bot token is tried again.
const tryAgain = 5 * time.Minute

// tryToken says in the log, as long as that is so, that Slack refuses the bot token: mail is
// received all the same, but nothing can be shown to anybody in Slack.
func (s *slackDesk) tryToken(ctx context.Context) error {
	for {
		_, err := s.workspace.Identity(ctx)
		refused, ok := errors.AsType[*slackio.Error](err)
		if err == nil || ctx.Err() != nil {
			return nil
		}
		if ok {
			s.log.Error("Slack does not work: nothing can be shown there", "error", refused)
			s.broken()
		}
		if wait.For(ctx, tryAgain) != nil {
			return nil
		}
	}
}

func (s *slackDesk) hear(ctx context.Context) error {
	if s.listen == "" {
		return s.ear.Run(ctx)
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", s.listen)
	if err != nil {
		return fmt.Errorf("listen for Slack: %w", err)
	}
	if err := serveHTTP(ctx, listener, s.ear.Handler()); err != nil { // Slack redelivers interrupted requests
		return err
	}
	s.ear.Wait()
	return nil
}
