package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
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
	d := desk.New(desk.Options{Service: h.service, People: s.people, Parked: h.store, Log: h.log})
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

// Limits of Slack's own calls to us; their bodies are bounded by the ear.
const (
	headersWithin = 5 * time.Second
	callWithin    = 30 * time.Second
	farewell      = 5 * time.Second
)

// run hears Slack until ctx ends; then it finishes what is in hand.
func (s *slackDesk) run(ctx context.Context) error {
	if s.listen == "" {
		return s.ear.Run(ctx)
	}
	server := &http.Server{
		Addr: s.listen, Handler: s.ear.Handler(), ReadHeaderTimeout: headersWithin, ReadTimeout: callWithin, WriteTimeout: callWithin,
	}
	stopped := context.AfterFunc(ctx, func() {
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewell)
		defer cancel()
		_ = server.Shutdown(last) // what is cut short, Slack delivers again
	})
	defer stopped()
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("listen for Slack on %s: %w", s.listen, err)
	}
	s.ear.Wait()
	return nil
}
