package app

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"time"

	"verbale/bot/desk"
	"verbale/bot/slackio"
	"verbale/internal/config"
)

// A slackDesk is the desk in Slack: what hears, what speaks, and what stands
// behind both.
type slackDesk struct {
	workspace *slackio.Workspace
	people    *slackio.People
	rooms     *slackio.Rooms
	ear       *slackio.Ear
	mouth     *slackio.Mouth
	listen    string // host:port, where Slack calls; "" in Socket Mode
}

func (h *House) newSlack() (*slackDesk, error) {
	s := openWorkspace(h.config, h.office, h.pace.Now, h.log)
	d := desk.New(desk.Options{Service: h.service, People: s.people, Parked: h.store, Reporter: reporter{h}, Log: h.log})
	s.ear = slackio.NewEar(slackio.EarOptions{
		Workspace: s.workspace, People: s.people, Desk: d, Phrases: h.office.phrases,
		SigningSecret: h.config.Slack.SigningSecret, Now: h.pace.Now, Log: h.log,
	})
	s.mouth = slackio.NewMouth(slackio.MouthOptions{
		Workspace: s.workspace, Rooms: s.rooms, Desk: d, Cards: h.store, Office: h.config.Office, Every: h.pace.Messages, Now: h.pace.Now, Log: h.log,
	})
	return s, nil
}

// openWorkspace is the line to Slack, without anybody who hears or speaks.
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

// run hears Slack until ctx ends; then it finishes what is in hand.
func (s *slackDesk) run(ctx context.Context) error {
	if s.listen == "" {
		return s.ear.Run(ctx)
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", s.listen)
	if err != nil {
		return fmt.Errorf("listen for Slack: %w", err)
	}
	if err := serveHTTP(ctx, listener, s.ear.Handler()); err != nil { // what is cut short, Slack delivers again
		return err
	}
	s.ear.Wait()
	return nil
}
