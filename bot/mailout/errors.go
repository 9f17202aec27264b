package mailout

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/emersion/go-smtp"

	"verbale/bot"
)

// ErrOwnAddress is returned for automatic mail to one of our own addresses, which would come
// back to us.
var ErrOwnAddress = errors.New("automatic mail to one of our own addresses is not sent")

// A Refusal is a relay's reply of the class 4yz or 5yz (RFC 5321, section 4.2).
type Refusal struct {
	Command  string // what was refused: "MAIL FROM", "RCPT TO", "DATA" …
	Code     int
	Enhanced string // the enhanced status code (RFC 3463), such as "5.1.1"; "" if there was none
	Text     string // the relay's text, with addresses removed
}

func (r *Refusal) Error() string {
	return strings.TrimSpace(fmt.Sprintf("the relay refused %s: %d %s %s", r.Command, r.Code, r.Enhanced, r.Text))
}

// Values of Refusal.Command.
const (
	commandConnect = "the connection"
	commandAuth    = "AUTH"
	commandMail    = "MAIL FROM"
	commandRcpt    = "RCPT TO"
	commandData    = "DATA"
)

// aboutUs lists the commands whose refusal has nothing to do with the current mail: with a
// wrong password every mail is refused, and none must be given up.
var aboutUs = map[string]bool{commandConnect: true, commandAuth: true}

// restAfterLogin is how long to wait after the relay refused our login: many relays lock
// accounts that retry at once.
const restAfterLogin = 5 * time.Minute

// explain turns an error of the SMTP library into one of this package.
func explain(command string, err error) error {
	if err == nil {
		return nil
	}
	var answer *smtp.SMTPError
	if !errors.As(err, &answer) {
		return bot.Temporary(fmt.Errorf("%s: %w", command, err))
	}
	refusal := &Refusal{Command: command, Code: answer.Code, Text: withoutAddresses(answer.Message)}
	if answer.EnhancedCode != smtp.EnhancedCodeNotSet && answer.EnhancedCode != smtp.NoEnhancedCode {
		c := answer.EnhancedCode
		refusal.Enhanced = fmt.Sprintf("%d.%d.%d", c[0], c[1], c[2])
	}
	if answer.Temporary() || aboutUs[command] {
		return bot.Temporary(refusal)
	}
	return refusal
}

// refusedForGood reports whether the relay replied with 5yz.
func refusedForGood(err error) bool {
	var answer *smtp.SMTPError
	return errors.As(err, &answer) && answer.Code/100 == 5
}

// answered reports whether the relay replied, in which case the connection is still usable,
// unless the reply says that the relay closes it (421).
func answered(err error) bool {
	var refusal *Refusal
	return errors.As(err, &refusal) && refusal.Code != 421
}

var addressLike = regexp.MustCompile(`<?[^\s<>@]+@[^\s<>@]+>?`)

// longestAnswer is how many bytes of a relay's text are kept.
const longestAnswer = 300

// withoutAddresses removes e-mail addresses from a relay's text.
func withoutAddresses(s string) string {
	s = addressLike.ReplaceAllString(oneLine(s), "<address>")
	if len(s) > longestAnswer {
		s = strings.ToValidUTF8(s[:longestAnswer], "") + " …"
	}
	return s
}
