package app_test

import (
	"bytes"
	"image/png"
	"testing"
	"time"

	"verbale/internal/slackpeer"
)

// charts waits for the charts of a report in a conversation.
func (o *slackOffice) charts(channel string) (found []slackpeer.File) {
	o.t.Helper()
	o.until("charts", func() bool {
		found = nil
		for _, m := range o.peer.Messages(channel) {
			for _, id := range m.Files {
				if f, ok := o.peer.File(id); ok && f.Shared {
					found = append(found, f)
				}
			}
		}
		return len(found) == 3
	})
	return found
}

// The charts of a report are sent to the caller's direct messages, since ephemeral messages cannot
// have files, and to the channel if the report is shared there.
func TestReportComesWithItsCharts(t *testing.T) {
	t.Parallel()
	o := newSlackOffice(t)
	s := o.serve()
	o.deliver(request(1))
	s.settled(1)
	o.card(deskRoom, reference(1))
	o.as(ana).types("report")
	told := o.as(ana).told("Republic of Moldova", "The charts are in your direct messages")
	for _, chart := range o.charts(o.peer.Direct(ana)) {
		if _, err := png.Decode(bytes.NewReader(chart.Content)); err != nil || chart.Title == "" || len(chart.Alt) < 40 {
			t.Errorf("%s, %q, in words %q: %v", chart.Name, chart.Title, chart.Alt, err)
		}
	}
	if n := len(o.peer.Messages(o.peer.Direct(ana))); n != 1 {
		t.Errorf("%d messages carry the charts", n)
	}
	for _, c := range slackpeer.Controls(told) {
		o.as(ana).presses(told, c.Action, c.Value)
	}
	o.charts(deskRoom)
	o.nothingRefused()
}

// Without the OAuth scope for files the report is still sent, and says how to get charts.
func TestReportWithoutTheScopeForFiles(t *testing.T) {
	t.Parallel()
	options := slackOptions()
	for _, scope := range slackpeer.AllScopes {
		if scope != "files:write" {
			options.Scopes = append(options.Scopes, scope)
		}
	}
	o := slackOfficeOn(t, options)
	s := o.serve()
	o.deliver(request(1))
	s.settled(1)
	o.as(ana).types("report " + time.Now().In(zurich).Format("2006"))
	o.as(ana).told("The charts could not be posted")
	o.nothingRefused("missing_scope")
}
