package setup

import (
	"fmt"
	"net"
	"path/filepath"
	"strings"

	"verbale/internal/mailauth"
)

// Answers are the answers to all questions; "" stands for a question that is not answered
// yet. The answer to a question for a secret is the path of the file that holds it.
type Answers struct {
	Desk, Lead, People, Domains             string
	IMAP, IMAPUser, Login, IMAPPassword     string
	Tenant, ClientID, ClientSecret, Refresh string
	SMTP, SMTPUser, SMTPPassword            string
	Data, Redis, RedisURL                   string
	Slack, BotToken, AppToken, Channel      string
}

// Answers that are words.
const (
	yes       = "yes"
	no        = "no"
	none      = "none"
	embedded  = "embedded"
	inAFile   = "file"
	password  = "password"
	microsoft = "microsoft"
	google    = "google"
)

// HasSMTP reports whether mail can go out. It and the methods below are for the template of
// the configuration.
func (a *Answers) HasSMTP() bool { return a.SMTP != none }

// ByPassword reports whether the mailbox logs in with a password.
func (a *Answers) ByPassword() bool { return a.Login == password }

// SMTPLogin reports whether the SMTP server needs a login.
func (a *Answers) SMTPLogin() bool { return a.HasSMTP() && a.SMTPUser != none }

// Microsoft reports whether the mailbox is at Microsoft 365.
func (a *Answers) Microsoft() bool { return a.Login == microsoft }

// Google reports whether the mailbox is at Gmail.
func (a *Answers) Google() bool { return a.Login == google }

// HasSlack reports whether the desk works in Slack.
func (a *Answers) HasSlack() bool { return a.Slack == yes }

// PrivateRedis reports whether the bot runs a Redis of its own.
func (a *Answers) PrivateRedis() bool { return a.Redis == embedded }

// RedisFile reports whether the URL of Redis is kept in a file, since it holds a password.
func (a *Answers) RedisFile() bool { return a.Redis == inAFile }

// DomainList are the mail domains of colleagues.
func (a *Answers) DomainList() []string { return words(a.Domains) }

// PeopleList are the addresses of those who sort requests.
func (a *Answers) PeopleList() []string { return words(a.People) }

// TLS is the usual kind of encryption for a mail server, by the port of its address.
func (a *Answers) TLS(address string) mailauth.TLS {
	host, port, _ := net.SplitHostPort(address)
	switch {
	case port == "993" || port == "465":
		return mailauth.Implicit
	case port != "143" && port != "587" && port != "25" && mailauth.OnThisMachine(host):
		return mailauth.NoTLS
	}
	return mailauth.StartTLS
}

// Locate makes the paths of secrets absolute, since they were given relative to the working
// directory and the configuration may lie elsewhere.
func (a *Answers) Locate() error {
	for _, q := range a.Questions() {
		if q.Secret == "" || *q.Answer == "" {
			continue
		}
		path, err := filepath.Abs(*q.Answer)
		if err != nil {
			return fmt.Errorf("find the file of --%s: %w", q.Flag, err)
		}
		*q.Answer = path
	}
	return nil
}

// domain is the mail domain of the desk.
func (a *Answers) domain() string {
	_, domain, _ := strings.Cut(a.Desk, "@")
	return domain
}

// words splits an answer that is a list.
func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' })
}
