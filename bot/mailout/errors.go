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

// ErrOwnAddress is returned for automatic mail to an address of our own, which
// would come back to us.
var ErrOwnAddress = errors.New("automatic mail to one of our own addresses is not sent")

// A Refusal is a relay's answer of the class 4yz or 5yz (RFC 5321, section 4.2).
type Refusal struct {
	Command  string // what was refused: "MAIL FROM", "RCPT TO", "DATA" …
	Code     int
	Enhanced string // the enhanced status code (RFC 3463), such as "5.1.1"; "" where none was given
	Text     string // the relay's words, without addresses
}

func (r *Refusal) Error() string {
	return strings.TrimSpace(fmt.Sprintf("the relay refused %s: %d %s %s", r.Command, r.Code, r.Enhanced, r.Text))
}

// Commands as they stand in a Refusal.
const (
	commandConnect = "the connection"
	commandAuth    = "AUTH"
	commandMail    = "MAIL FROM"
	commandRcpt    = "RCPT TO"
	commandData    = "DATA"
)

// aboutUs lists the commands whose refusal has nothing to do with the mail in
// hand: with a wrong password every mail is refused, and none is to be given up.
var aboutUs = map[string]bool{commandConnect: true, commandAuth: true}

// restAfterLogin is how long to leave a relay alone that refused our login:
// many lock accounts that try again at once.
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

// refusedForGood reports whether the relay said 5yz.
func refusedForGood(err error) bool {
	var answer *smtp.SMTPError
	return errors.As(err, &answer) && answer.Code/100 == 5
}

// answered reports whether the relay gave an answer, after which the line is
// still good, unless it says that it closes it (421).
func answered(err error) bool {
	var refusal *Refusal
	return errors.As(err, &refusal) && refusal.Code != 421
}

var addressLike = regexp.MustCompile(`<?[^\s<>@]+@[^\s<>@]+>?`)

// longestAnswer is how many bytes of a relay's words are kept.
const longestAnswer = 300

// withoutAddresses takes persons' addresses out of a relay's words.
func withoutAddresses(s string) string {
	s = addressLike.ReplaceAllString(oneLine(s), "<address>")
	if len(s) > longestAnswer {
		s = strings.ToValidUTF8(s[:longestAnswer], "") + " …"
	}
	return s
}
