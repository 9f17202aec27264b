package setup

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"

	"verbale/internal/strictyaml"
)

// A Question is something to know about an office. It is not asked if its flag is given.
type Question struct {
	Flag   string
	Text   string
	Answer *string
	// Choices are the possible answers; nil if any text is possible.
	Choices []string
	// Secret, if not "", says that the answer is a secret. It is typed without being shown
	// and kept in a file of this name, or the flag names the file that holds it.
	Secret string

	optional bool
	standard func() string      // the answer if only Enter is pressed
	check    func(string) error // refuses invalid answers; nil accepts all
	when     func() bool        // whether the question arises; nil: always
}

func (q *Question) asked() bool { return q.when == nil || q.when() }

func (q *Question) usual() string {
	if q.standard == nil {
		return ""
	}
	return q.standard()
}

// fits returns an error that says what is wrong with an answer.
func (q *Question) fits(answer string) error {
	switch {
	case answer == "" && !q.optional:
		return errors.New("an answer is required")
	case q.Choices != nil && !slices.Contains(q.Choices, answer):
		return fmt.Errorf("%q is not one of %s", answer, strings.Join(q.Choices, ", "))
	case answer == "" || q.check == nil || q.Secret != "":
		return nil
	}
	return q.check(answer)
}

// Questions returns all questions in the order in which they are asked.
func (a *Answers) Questions() []*Question {
	return slices.Concat(a.aboutTheDesk(), a.aboutTheMailbox(), a.aboutSending(), a.aboutTheStore(), a.aboutSlack())
}

func (a *Answers) aboutTheDesk() []*Question {
	return []*Question{
		{Flag: "desk", Answer: &a.Desk, Text: "mail address of the desk, the sender of outgoing mail", check: mailAddresses(1)},
		{Flag: "desk-lead", Answer: &a.Lead, Text: "mail address of the desk's lead, for the last escalation", optional: true, check: mailAddresses(1)},
		{Flag: "desk-people", Answer: &a.People, Text: "mail addresses of the colleagues who sort requests at the desk", optional: true, check: mailAddresses(100)},
		{Flag: "internal-domains", Answer: &a.Domains, Text: "mail domains of colleagues", standard: a.domain},
	}
}

func (a *Answers) aboutTheMailbox() []*Question {
	byToken := func() bool { return !a.ByPassword() }
	return []*Question{
		{Flag: "imap", Answer: &a.IMAP, Text: "IMAP server of the desk's mailbox, host:port", standard: func() string { return "imap." + a.domain() + ":993" }, check: hostPort},
		{Flag: "imap-user", Answer: &a.IMAPUser, Text: "user name of the mailbox", standard: func() string { return a.Desk }},
		{Flag: "login", Answer: &a.Login, Text: "login method of the mailbox (password, microsoft for Microsoft 365, google)", standard: always(password), Choices: []string{password, microsoft, google}},
		{Flag: "imap-password-file", Secret: "imap-password", Answer: &a.IMAPPassword, Text: "password of the mailbox", when: a.ByPassword},
		{Flag: "tenant", Answer: &a.Tenant, Text: "Microsoft tenant, the directory id of your organisation", when: a.Microsoft},
		{Flag: "client-id", Answer: &a.ClientID, Text: "client id of the app that has access to the mailbox", when: byToken},
		{Flag: "client-secret-file", Secret: "client-secret", Answer: &a.ClientSecret, Text: "client secret of that app", when: byToken},
		{Flag: "refresh-token-file", Secret: "refresh-token", Answer: &a.Refresh, Text: "refresh token of the mailbox", when: a.Google},
	}
}

func (a *Answers) aboutSending() []*Question {
	return []*Question{
		{Flag: "smtp", Answer: &a.SMTP, Text: "SMTP server for outgoing mail, host:port, or none", standard: func() string { return "smtp." + a.domain() + ":587" }, check: orWord(none, hostPort)},
		{Flag: "smtp-user", Answer: &a.SMTPUser, Text: "SMTP user name, or none if the server needs no login from this machine", standard: func() string { return a.IMAPUser }, when: a.HasSMTP},
		{Flag: "smtp-password-file", Secret: "smtp-password", Answer: &a.SMTPPassword, Text: "SMTP password (default is the password of the mailbox)",
			standard: func() string { return a.IMAPPassword }, when: func() bool { return a.SMTPLogin() && a.ByPassword() }},
	}
}

func (a *Answers) aboutTheStore() []*Question {
	return []*Question{
		{Flag: "data-dir", Answer: &a.Data, Text: "data folder of the service", standard: always("data")},
		{Flag: "redis", Answer: &a.Redis, Text: "Redis (“embedded” for a private server; a URL; “file” for a URL with a password)", standard: always(embedded), check: redis},
		{Flag: "redis-url-file", Secret: "redis-url", Answer: &a.RedisURL, Text: "URL of Redis, with its password", when: a.RedisFile},
	}
}

func (a *Answers) aboutSlack() []*Question {
	return []*Question{
		{Flag: "slack", Answer: &a.Slack, Text: "whether the desk works in Slack (yes, no)", standard: always(no), Choices: []string{yes, no}},
		{Flag: "slack-bot-token-file", Secret: "slack-bot-token", Answer: &a.BotToken, Text: "bot token (xoxb-…) of the app created from “verbale manifest”", when: a.HasSlack},
		{Flag: "slack-app-token-file", Secret: "slack-app-token", Answer: &a.AppToken, Text: "app token (xapp-…) with the scope connections:write", when: a.HasSlack},
		{Flag: "slack-channel", Answer: &a.Channel, Text: "Slack channel of the desk, id or name", standard: always("tc-desk"), when: a.HasSlack},
	}
}

func always(answer string) func() string { return func() string { return answer } }

// mailAddresses checks that an answer is a list of mail addresses, at most so many.
func mailAddresses(most int) func(string) error {
	return func(answer string) error {
		all := words(answer)
		if len(all) > most {
			return errors.New("only one address is allowed")
		}
		for _, address := range all {
			if !strictyaml.IsMailAddress(address) {
				return fmt.Errorf("%q is not a mail address", address)
			}
		}
		return nil
	}
}

func hostPort(answer string) error {
	if host, port, err := net.SplitHostPort(answer); err != nil || host == "" || port == "" {
		return fmt.Errorf("%q is not of the form host:port", answer)
	}
	return nil
}

func orWord(word string, check func(string) error) func(string) error {
	return func(answer string) error {
		if answer == word {
			return nil
		}
		return check(answer)
	}
}

// redis checks the answer on Redis. Its errors do not repeat the answer, which may hold a
// password.
func redis(answer string) error {
	if answer == embedded || answer == inAFile {
		return nil
	}
	u, err := url.Parse(answer)
	if err != nil || u.Scheme == "" {
		return errors.New("this is not a URL; write it like redis://host:6379/0")
	}
	if _, secret := u.User.Password(); secret || u.Query().Has("password") {
		return errors.New("the URL contains a password; answer file, and enter the URL at the next question")
	}
	return nil
}
