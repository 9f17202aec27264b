package mailout_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"verbale/bot"
	"verbale/bot/mailout"
	"verbale/intake"
	"verbale/internal/mailauth"
	"verbale/internal/mailtest"
	"verbale/internal/secret"
)

const relayPassword = "relay-password-value"

// relay starts an SMTP server and a Sender that uses it.
func relay(t testing.TB, o mailtest.SMTPOptions, change func(*mailout.Options)) (*mailtest.SMTPServer, *mailout.Sender) {
	t.Helper()
	server, err := mailtest.StartSMTP(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	options := mailout.Options{Server: mailauth.Server{Address: server.Address(), TLS: mailauth.NoTLS}, From: desk,
		Own: []string{"requests@desk.unece.example"}, Loop: "geneva/tc", Now: func() time.Time { return sent },
		Log: slog.New(slog.DiscardHandler)}
	if change != nil {
		change(&options)
	}
	sender, err := mailout.New(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(sender.Close)
	return server, sender
}

func acknowledge(m *bot.Mail) bot.Action {
	return bot.Action{Key: "acknowledge:TC-2026-00042", Kind: bot.ActionAcknowledge, Mail: m}
}

func assign(m *bot.Mail) bot.Action {
	return bot.Action{Key: "assign:TC-2026-00042", Kind: bot.ActionAssign, Mail: m}
}

func to(addresses ...string) (list []intake.Address) {
	for _, a := range addresses {
		list = append(list, intake.Address{Address: a})
	}
	return list
}

func TestPerformHandsTheMailOver(t *testing.T) {
	server, sender := relay(t, mailtest.SMTPOptions{}, nil)
	m := acknowledgement()
	m.Cc = to("copy@economy.example", strings.ToUpper(guest.Address))
	result, err := sender.Perform(t.Context(), acknowledge(m))
	if err != nil || result != m.MessageID {
		t.Fatalf("result %q, %v", result, err)
	}
	got := server.Received()[0]
	want, _ := mailout.Compose(m, desk, sent, "geneva/tc")
	if got.From != "" || !slices.Equal(got.To, []string{guest.Address, "copy@economy.example"}) || !bytes.Equal(got.Raw, want) {
		t.Errorf("received from %q for %q:\n%s", got.From, got.To, got.Raw)
	}
}

func TestReturnPath(t *testing.T) {
	person := acknowledgement()
	person.Automatic = false
	for name, c := range map[string]struct {
		action bot.Action
		want   string
	}{
		"acknowledgement":            {acknowledge(acknowledgement()), ""},
		"assignment":                 {assign(acknowledgement()), desk.Address},
		"answer that a person wrote": {acknowledge(person), desk.Address},
	} {
		t.Run(name, func(t *testing.T) {
			server, sender := relay(t, mailtest.SMTPOptions{}, nil)
			if _, err := sender.Perform(t.Context(), c.action); err != nil {
				t.Fatal(err)
			}
			if got := server.Received()[0].From; got != c.want {
				t.Errorf("return path %q, want %q", got, c.want)
			}
		})
	}
}

func TestRelayThatRefusesTheNullReturnPath(t *testing.T) {
	server, sender := relay(t, mailtest.SMTPOptions{}, nil)
	var asked []string
	server.Fail(mailtest.Fault{Mail: func(from string) error {
		asked = append(asked, from)
		if from == "" {
			return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 7, 60}, Message: "not permitted to send as this sender"}
		}
		return nil
	}})
	for range 2 {
		if _, err := sender.Perform(t.Context(), acknowledge(acknowledgement())); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(asked, []string{"", desk.Address, desk.Address}) {
		t.Errorf("asked for %q", asked)
	}
}

func TestMailThatIsRefusedUnderAnyReturnPath(t *testing.T) {
	server, sender := relay(t, mailtest.SMTPOptions{}, nil)
	server.Fail(mailtest.Fault{Mail: func(string) error { return refuse(552, smtp.EnhancedCode{5, 3, 4}, "too big") }})
	if _, err := sender.Perform(t.Context(), acknowledge(acknowledgement())); err == nil {
		t.Fatal("sent")
	}
	server.Fail(mailtest.Fault{})
	if _, err := sender.Perform(t.Context(), acknowledge(acknowledgement())); err != nil {
		t.Fatal(err)
	}
	if got := server.Received()[0].From; got != "" {
		t.Errorf("return path %q after a refusal that had nothing to do with it", got)
	}
}

func refuse(code int, enhanced smtp.EnhancedCode, text string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: enhanced, Message: text}
}

func TestRefusals(t *testing.T) {
	greylisted := refuse(451, smtp.EnhancedCode{4, 7, 1}, "try later")
	unknown := refuse(550, smtp.EnhancedCode{5, 1, 1}, "no such user <"+guest.Address+"> here")
	for name, c := range map[string]struct {
		fault     mailtest.Fault
		temporary bool
		code      int
		enhanced  string
	}{
		"sender for now":     {mailtest.Fault{Mail: func(string) error { return greylisted }}, true, 451, "4.7.1"},
		"sender for good":    {mailtest.Fault{Mail: func(string) error { return unknown }}, false, 550, "5.1.1"},
		"recipient for now":  {mailtest.Fault{Rcpt: func(string) error { return greylisted }}, true, 451, "4.7.1"},
		"recipient for good": {mailtest.Fault{Rcpt: func(string) error { return unknown }}, false, 550, "5.1.1"},
		"mail for now":       {mailtest.Fault{Data: func(mailtest.Received) error { return greylisted }}, true, 451, "4.7.1"},
		"mail for good":      {mailtest.Fault{Data: func(mailtest.Received) error { return unknown }}, false, 550, "5.1.1"},
	} {
		t.Run(name, func(t *testing.T) {
			server, sender := relay(t, mailtest.SMTPOptions{}, nil)
			server.Fail(c.fault)
			_, err := sender.Perform(t.Context(), acknowledge(acknowledgement()))
			var refusal *mailout.Refusal
			if !errors.As(err, &refusal) || refusal.Code != c.code || refusal.Enhanced != c.enhanced {
				t.Fatalf("%v: %+v", err, refusal)
			}
			if _, temporary := bot.IsTemporary(err); temporary != c.temporary {
				t.Errorf("%v: temporary %t", err, temporary)
			}
			if strings.Contains(err.Error(), guest.Address) {
				t.Errorf("the error holds an address: %v", err)
			}
			server.Fail(mailtest.Fault{})
			if _, err := sender.Perform(t.Context(), acknowledge(acknowledgement())); err != nil {
				t.Errorf("the next mail: %v", err)
			}
			if n := server.Sessions(); n != 1 {
				t.Errorf("%d lines: the first was good for both", n)
			}
		})
	}
}

func TestSomeRecipientsRefused(t *testing.T) {
	refusing := func(address string, code int) mailtest.Fault {
		return mailtest.Fault{Rcpt: func(to string) error {
			if to == address {
				return refuse(code, smtp.EnhancedCode{code / 100, 1, 1}, "no")
			}
			return nil
		}}
	}
	for name, c := range map[string]struct {
		fault     mailtest.Fault
		to, cc    []string
		reached   []string
		missed    []bot.Miss
		temporary bool
	}{
		"one of To for good": {refusing("a@x.example", 550), []string{"a@x.example", "b@x.example"}, nil, []string{"b@x.example"}, []bot.Miss{{Address: "a@x.example", ForGood: true}}, false},
		"one of To for now":  {refusing("b@x.example", 450), []string{"a@x.example", "b@x.example"}, nil, nil, nil, true},
		"all of To for good": {refusing("a@x.example", 550), []string{"a@x.example"}, []string{"c@x.example"}, nil, nil, false},
		"a copy for now":     {refusing("c@x.example", 452), []string{"a@x.example"}, []string{"c@x.example"}, []string{"a@x.example"}, []bot.Miss{{Address: "c@x.example"}}, false},
		"a copy for good":    {refusing("c@x.example", 550), []string{"a@x.example"}, []string{"c@x.example"}, []string{"a@x.example"}, []bot.Miss{{Address: "c@x.example", ForGood: true}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			var missed []bot.Miss
			server, sender := relay(t, mailtest.SMTPOptions{}, func(o *mailout.Options) {
				o.Missed = func(_ context.Context, e bot.Missed) { missed = e.Whom }
			})
			server.Fail(c.fault)
			m := acknowledgement()
			m.To, m.Cc = to(c.to...), to(c.cc...)
			_, err := sender.Perform(t.Context(), assign(m))
			if _, temporary := bot.IsTemporary(err); temporary != c.temporary || (err == nil) != (c.reached != nil) {
				t.Errorf("%v", err)
			}
			var reached []string
			for _, r := range server.Received() {
				reached = append(reached, r.To...)
			}
			if !slices.Equal(reached, c.reached) {
				t.Errorf("reached %q, want %q", reached, c.reached)
			}
			for i := range missed {
				if missed[i].Reason == "" || strings.Contains(missed[i].Reason, "@") {
					t.Errorf("missed since %q", missed[i].Reason)
				}
				missed[i].Reason = ""
			}
			if !slices.Equal(missed, c.missed) {
				t.Errorf("missed %+v, want %+v", missed, c.missed)
			}
		})
	}
}

func TestLineThatBreaksAfterTheMailLeavesItOpen(t *testing.T) {
	server, sender := relay(t, mailtest.SMTPOptions{}, nil)
	server.Fail(mailtest.Fault{DropAfterData: true})
	_, err := sender.Perform(t.Context(), acknowledge(acknowledgement()))
	if _, temporary := bot.IsTemporary(err); !temporary || !bot.IsUnsure(err) {
		t.Fatalf("%v", err)
	}
	server.Fail(mailtest.Fault{Data: func(mailtest.Received) error { return &smtp.SMTPError{Code: 451, Message: "not now"} }})
	if _, err := sender.Perform(t.Context(), acknowledge(acknowledgement())); err == nil || bot.IsUnsure(err) {
		t.Fatalf("a refusal leaves it open: %v", err)
	}
	server.Fail(mailtest.Fault{})
	if _, err := sender.Perform(t.Context(), acknowledge(acknowledgement())); err != nil {
		t.Fatal(err)
	}
	got := server.Received()
	if len(got) != 2 || !bytes.Equal(got[0].Raw, got[1].Raw) {
		t.Errorf("%d mails; the repeat must be recognisable", len(got))
	}
}

func TestIdleLineThatDiedIsReplaced(t *testing.T) {
	server, sender := relay(t, mailtest.SMTPOptions{}, nil)
	for range 2 {
		if _, err := sender.Perform(t.Context(), acknowledge(acknowledgement())); err != nil {
			t.Fatal(err)
		}
		server.Stop()
		if err := server.Start(); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(server.Received()); n != 2 {
		t.Errorf("%d mails", n)
	}
	server.Stop()
	if _, err := sender.Perform(t.Context(), acknowledge(acknowledgement())); err == nil {
		t.Error("sent without a relay")
	} else if _, temporary := bot.IsTemporary(err); !temporary {
		t.Errorf("%v", err)
	}
}

func TestAutomaticMailToOurselvesIsRefused(t *testing.T) {
	server, sender := relay(t, mailtest.SMTPOptions{}, nil)
	for _, own := range []string{"tc@desk.unece.example", "TC@Desk.UNECE.example", "requests@desk.unece.example"} {
		m := acknowledgement()
		m.Cc = to(own)
		_, err := sender.Perform(t.Context(), acknowledge(m))
		if _, temporary := bot.IsTemporary(err); !errors.Is(err, mailout.ErrOwnAddress) || temporary {
			t.Errorf("%s: %v", own, err)
		}
	}
	canary := acknowledge(acknowledgement())
	canary.Kind, canary.Mail.To = bot.ActionCanary, to(desk.Address)
	if _, err := sender.Perform(t.Context(), canary); err != nil {
		t.Errorf("the canary letter, which is to come back: %v", err)
	}
	person := acknowledgement()
	person.Automatic, person.Cc = false, to(desk.Address)
	if _, err := sender.Perform(t.Context(), assign(person)); err != nil {
		t.Errorf("a person's mail with the desk in copy: %v", err)
	}
	if n := len(server.Received()); n != 2 {
		t.Errorf("%d mails", n)
	}
}

func TestRelayThatSaysNothingIsGivenUp(t *testing.T) {
	server, sender := relay(t, mailtest.SMTPOptions{}, func(o *mailout.Options) { o.Timeout = 50 * time.Millisecond })
	hold := make(chan struct{})
	t.Cleanup(func() { close(hold) })
	server.Fail(mailtest.Fault{Rcpt: func(string) error { <-hold; return nil }})
	_, err := sender.Perform(t.Context(), acknowledge(acknowledgement()))
	if _, temporary := bot.IsTemporary(err); !temporary {
		t.Errorf("%v", err)
	}
}

func TestEveryWayOfEncryptionAndLogin(t *testing.T) {
	certificate, err := mailtest.NewCertificate()
	if err != nil {
		t.Fatal(err)
	}
	tokens := mailtest.NewTokenServer()
	t.Cleanup(tokens.Close)
	byToken := mailauth.Credentials{User: desk.Address, OAuth2: &mailauth.OAuth2{TokenURL: tokens.URL(), ClientID: "app", ClientSecret: secret.New("client-secret-value")}}
	byPassword := mailauth.Credentials{User: desk.Address, Password: secret.New(relayPassword)}
	for _, mode := range []mailauth.TLS{mailauth.Implicit, mailauth.StartTLS, mailauth.NoTLS} {
		for name, c := range map[string]mailauth.Credentials{"password": byPassword, "token": byToken} {
			t.Run(string(mode)+" "+name, func(t *testing.T) {
				o := mailtest.SMTPOptions{User: desk.Address, Password: relayPassword, Implicit: mode == mailauth.Implicit}
				if mode != mailauth.NoTLS {
					o.Certificate = certificate
				}
				if c.OAuth2 != nil {
					o.Token = tokens.Newest
				}
				server, sender := relay(t, o, func(o *mailout.Options) {
					o.Server.TLS, o.Server.RootCAs, o.Login = mode, certificate.Roots, mailauth.NewLogin(c)
				})
				if err := sender.Check(t.Context()); err != nil {
					t.Fatal(err)
				}
				if _, err := sender.Perform(t.Context(), acknowledge(acknowledgement())); err != nil {
					t.Fatal(err)
				}
				if n := server.Sessions(); n != 1 && mode != mailauth.StartTLS {
					t.Errorf("%d lines", n)
				}
			})
		}
	}
}

func TestRefusedLoginIsTemporaryAndHoldsNoSecret(t *testing.T) {
	tokens := mailtest.NewTokenServer()
	t.Cleanup(tokens.Close)
	for name, c := range map[string]mailauth.Credentials{
		"password": {User: desk.Address, Password: secret.New("wrong-password-value")},
		"token": {User: desk.Address, OAuth2: &mailauth.OAuth2{TokenURL: tokens.URL(), ClientID: "app",
			ClientSecret: secret.New("client-secret-value")}},
	} {
		t.Run(name, func(t *testing.T) {
			o := mailtest.SMTPOptions{User: desk.Address, Password: relayPassword}
			if c.OAuth2 != nil {
				o.Token = func() string { return "another" }
			}
			var log strings.Builder
			_, sender := relay(t, o, func(o *mailout.Options) {
				o.Login, o.Log = mailauth.NewLogin(c), slog.New(slog.NewTextHandler(&log, nil))
			})
			_, err := sender.Perform(t.Context(), acknowledge(acknowledgement()))
			after, temporary := bot.IsTemporary(err)
			if !errors.Is(err, mailauth.ErrRefused) || !temporary || after == 0 {
				t.Fatalf("%v, temporary %t, after %v", err, temporary, after)
			}
			for _, secret := range []string{"wrong-password-value", "client-secret-value", "token-1"} {
				if strings.Contains(fmt.Sprintf("%v %+v %s", err, err, log.String()), secret) {
					t.Errorf("%q stands in %v", secret, err)
				}
			}
		})
	}
}

func TestLinesAreKeptAndLimited(t *testing.T) {
	server, sender := relay(t, mailtest.SMTPOptions{}, func(o *mailout.Options) { o.Lines = 3 })
	var all sync.WaitGroup
	for n := range 100 {
		all.Go(func() {
			m := acknowledgement()
			m.MessageID = fmt.Sprintf("mail-%d@desk.unece.example", n)
			if _, err := sender.Perform(t.Context(), acknowledge(m)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got, lines := len(server.Received()), server.Sessions(); got != 100 || lines > 3 {
		t.Errorf("%d mails over %d lines", got, lines)
	}
}

func BenchmarkSend(b *testing.B) {
	_, sender := relay(b, mailtest.SMTPOptions{Keep: func(mailtest.Received) error { return nil }}, nil)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := sender.Perform(b.Context(), acknowledge(acknowledgement())); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "mails/s")
}
