package demo

import (
	"bufio"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"verbale/internal/slackpeer"
)

//go:embed help.txt
var helpText string

// A prompt reads commands by which a person acts as the members of the workspace (sees
// what they see in Slack, uses buttons and forms) and writes letters as an official.
type prompt struct {
	*stage
	out   io.Writer
	lines <-chan string
	echo  bool // lines are shown when they are read, because no terminal has shown them

	quiet    time.Duration
	atRest   func(context.Context) bool // whether nothing that was committed is still to be done
	typedAny bool                       // at least one line was read

	me       Member                // the member that the person acts as
	last     slackpeer.Place       // what was shown last
	under    slackpeer.Place       // what was shown before a modal was opened
	controls []control             // what can be used in last; numbers begin with 1
	heard    int                   // how many of my ephemeral messages were shown
	posted   slackpeer.Message     // my last message in the channel
	arrived  func(context.Context) // waits for the outcome of a mail, and shows it
}

// readLines returns the lines of a reader. The channel is closed after the last one.
func readLines(ctx context.Context, in io.Reader) <-chan string {
	lines := make(chan string)
	go func() {
		defer close(lines)
		for scan := bufio.NewScanner(in); scan.Scan(); {
			select {
			case lines <- scan.Text():
			case <-ctx.Done():
				return
			}
		}
	}()
	return lines
}

func (p *prompt) printf(format string, args ...any) { fmt.Fprintf(p.out, format, args...) }

// ask shows a prompt and reads a line. It returns false if there are no more lines.
func (p *prompt) ask(ctx context.Context, what string) (string, bool) {
	p.printf("%s> ", what)
	select {
	case line, ok := <-p.lines:
		p.typedAny = p.typedAny || ok
		if p.echo || !ok {
			p.printf("%s\n", line)
		}
		return strings.TrimSpace(line), ok
	case <-ctx.Done():
		p.printf("\n")
		return "", false
	}
}

// run obeys lines until one says quit, or there are none left.
func (p *prompt) run(ctx context.Context) {
	for {
		line, ok := p.ask(ctx, p.me.Called[0])
		if !ok || line == "quit" || line == "exit" {
			return
		}
		if err := p.do(ctx, line); err != nil && ctx.Err() == nil {
			p.printf("%v\n", err)
		}
	}
}

// errUnknown is returned for a line that is no command.
var errUnknown = errors.New("that means nothing here; help says what does")

func (p *prompt) do(ctx context.Context, line string) error {
	first, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	if n, ok := number(first); ok {
		return p.use(ctx, n, rest)
	}
	if strings.HasPrefix(first, "/") {
		return p.acted(ctx)(p.person().Command(deskChannel, line))
	}
	act, ok := p.acts()[strings.ToLower(first)]
	if !ok {
		return errUnknown
	}
	return act(ctx, rest)
}

// acts returns the commands by their first word.
func (p *prompt) acts() map[string]func(context.Context, string) error {
	return map[string]func(context.Context, string) error{
		"":     func(context.Context, string) error { return nil },
		"help": func(context.Context, string) error { p.printf("%s", helpText); return nil },
		"who":  func(context.Context, string) error { p.who(); return nil },
		"as":   p.become, "channel": p.channel, "card": p.card, "dm": p.direct, "home": p.home, "window": p.window,
		"send":  func(ctx context.Context, _ string) error { return p.submit(ctx) },
		"close": func(ctx context.Context, _ string) error { return p.acted(ctx)(p.person().CloseModal(false)) },
		"say":   p.say, "log": p.log, "mail": p.mail, "write": p.write, "answer": p.answer,
	}
}

func (p *prompt) person() *slackpeer.Person { return p.slack.Person(p.me.ID) }

func (p *prompt) who() {
	for _, m := range p.cast {
		p.printf("  as %-12s %s: %s\n", m.Called[0], m.Name, m.What)
	}
}

func (p *prompt) become(_ context.Context, words string) error {
	m, ok := named(p.cast, words)
	if !ok {
		return fmt.Errorf("there is nobody called %q; who lists who there is", words)
	}
	p.me, p.last, p.under, p.controls = m, nil, nil, nil
	p.heard = len(p.slack.Ephemerals(m.ID))
	p.printf("You are %s: %s.\n", m.Name, m.What)
	return nil
}

// When an act counts as done: nothing that it led to is still to be done, and nothing has
// changed in the workspace for quiet since its first effect, or nothing at all for longest.
const (
	quiet   = 250 * time.Millisecond
	longest = 5 * time.Second
)

// changes counts the changes in the workspace so far.
func (s *stage) changes() int {
	list, _ := s.slack.Changes(0)
	return len(list)
}

// settle waits until an act has had its effects. before is the number of changes when it
// began.
func (p *prompt) settle(ctx context.Context, before int) {
	pause := longest
	for seen := before; ; {
		list, more := p.slack.Changes(seen)
		if seen += len(list); seen > before {
			pause = p.quiet
		}
		select {
		case <-more:
		case <-time.After(pause):
			if p.atRest(ctx) {
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

// acted returns a function that shows the effect of an act: what Slack says, an ephemeral
// message, the modal that is open, or else what was shown before, as it is now. It must be
// called before the act.
func (p *prompt) acted(ctx context.Context) func(slackpeer.Seen, error) error {
	before := p.changes()
	return func(seen slackpeer.Seen, err error) error {
		if err != nil {
			return err
		}
		if seen.Notice != "" {
			p.printf("Slack says: %s\n", seen.Notice)
		}
		if len(seen.Errors) > 0 {
			p.wrong(seen.Errors)
			return nil
		}
		p.settle(ctx, before)
		now, open := p.slack.Modal(p.me.ID)
		whispers := p.slack.Ephemerals(p.me.ID)[p.heard:]
		p.heard += len(whispers)
		switch {
		case len(whispers) > 0:
			p.show("only you see this", whispers[len(whispers)-1])
		case open:
			p.show("", now)
		default:
			p.again()
		}
		return nil
	}
}

// wrong shows the errors of a form beside its fields.
func (p *prompt) wrong(errors map[string]string) {
	for _, c := range p.controls {
		if text := errors[c.Block]; text != "" {
			p.printf("  [%d] %s: %s\n", c.number, c.Label, text)
		}
	}
}
