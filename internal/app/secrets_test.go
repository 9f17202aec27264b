package app_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"

	"verbale/internal/app"
	"verbale/internal/mailtest"
	"verbale/internal/slackpeer"
)

// TestLogsTellNoSecretAndNoName runs a story while each component fails in turn. Neither the log
// at its lowest level nor the output of the commands doctor, check and audit may contain tokens,
// passwords, addresses, names or text of letters.
func TestLogsTellNoSecretAndNoName(t *testing.T) {
	t.Parallel()
	o := newSlackOffice(t)
	o.level = slog.LevelDebug
	told := runningStory{story: stories[0], slackOffice: o, ref: reference(1), service: o.serve()}
	told.arrives()
	told.isCorrectedAndAssigned()
	o.peer.Fail("chat.update", 2, slackpeer.Fault{Status: http.StatusServiceUnavailable})
	o.peer.Fail("chat.postMessage", 1, slackpeer.Fault{Code: "fatal_error"})
	told.isAccepted()
	told.isAnsweredByMail(told.asks())
	told.replies()
	told.closes()

	o.smtp.Fail(mailtest.Fault{Rcpt: func(to string) error {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user: <" + to + ">, says Igor Secretov"}
	}})
	o.deliver(
		letter{from: "Pyotr Otherson <p.otherson@energy.gov.example>", subject: "Confidential dam survey", id: "dam@energy.gov.example", body: stories[0].letter.body}.raw(),
		letter{from: "Bela Stranger <b.stranger@spa.example>", subject: "Re: " + told.ref, id: "odd@spa.example", body: "About " + told.ref + ": my telephone is +33 1 23 45 67 89."}.raw(),
		plain("\x00\x01 not a mail", "From: Un Reader <unreader@broken.example>", "Content-Type: application/pkcs7-mime; smime-type=enveloped-data"),
	)
	o.await("a mail that is given up", func() bool { return strings.Contains(o.logs.String(), "parked") })
	o.smtp.Fail(mailtest.Fault{})
	o.commandsSay(t)

	o.lacks("the log", o.logs.String(), append(told.spoken(), append([]string{
		o.imap.Password, slackpeer.BotToken, slackpeer.AppToken, "p.otherson", "Otherson", "Confidential dam", "b.stranger", "Bela", "+33 1 23",
		"unreader", "energy.gov.example", "spa.example", "broken.example",
		ana, "ana@unece.example", "ra-environment@unece.example", "Omar Adviser",
	}, tokensOf(o)...)...))
}

// commandsSay runs the commands doctor, check and audit with an invalid Slack token. Neither it
// nor personal data may be in their output.
func (o *slackOffice) commandsSay(t *testing.T) {
	t.Helper()
	o.write(filepath.Join(o.folder, "bot_token"), "xoxb-wrong-token")
	var out bytes.Buffer
	_, errDoctor := app.Doctor(t.Context(), app.DoctorOptions{Config: o.file, Out: &out, Log: o.log()})
	_, errCheck := app.Check(app.CheckOptions{Config: o.file, Out: &out})
	_, errAudit := app.Audit(t.Context(), app.AuditOptions{Config: o.file, Out: &out, Log: o.log()})
	if err := errors.Join(errDoctor, errCheck); err != nil {
		t.Fatal(err)
	}
	said := fmt.Sprint(out.String(), errAudit)
	if !strings.Contains(said, "problem") {
		t.Errorf("the doctor finds nothing wrong:\n%s", said)
	}
	o.lacks("what commands say", said, []string{"xoxb-wrong", o.imap.Password, "p.otherson@", "Otherson", "Secretov"})
}

// tokensOf returns the tokens in the Message-IDs of assignment mails, which authenticate an
// answer.
func tokensOf(o *slackOffice) (tokens []string) {
	for _, m := range o.sent() {
		if id, _, _ := strings.Cut(m.MessageID, "@"); strings.HasPrefix(id, "assign.") {
			tokens = append(tokens, id[strings.LastIndexByte(id, '.')+1:])
		}
	}
	return tokens
}

// TestListenersAskWhoCalls checks that all pages require the token if they are served on more than
// the loopback interface. Slack's request URLs, the only other listener, require a signature.
func TestListenersAskWhoCalls(t *testing.T) {
	t.Parallel()
	s := newDesk(t).serveOn("0.0.0.0", "open-sesame", "")
	for _, path := range []string{"/metrics", "/healthz", "/readyz", "/"} {
		for token, want := range map[string]bool{"": false, "wrong": false, "open-sesame": true} {
			s.token = token
			if status, _ := s.get(path); (status != http.StatusUnauthorized) != want {
				t.Errorf("%s with the token %q answers %d", path, token, status)
			}
		}
	}
}
