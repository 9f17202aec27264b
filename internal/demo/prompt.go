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

// A prompt lets a person be the people of the stage: see what they see in Slack,
// press what they can press, and write letters as an official.
type prompt struct {
	*stage
	out   io.Writer
	lines <-chan string
	echo  bool // lines are shown as they are read: nobody typed them here

	quiet    time.Duration
	typedAny bool // there was a line at all

	me       Member
	last     slackpeer.Place       // shown last
	under    slackpeer.Place       // shown before a window opened
	controls []control             // of what was shown last, by their number from 1
	heard    int                   // of the messages that I alone see
	posted   slackpeer.Message     // in the channel, last
	arrived  func(context.Context) // waits for the outcome of a mail, and tells it
}

// readLines gives the lines of a reader; the channel is closed at its end.
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

// ask reads a line; false at the end of all lines.
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

// run answers lines until there are none any more.
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

// errUnknown: a line that means nothing here.
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

// acts are what can be typed, by the first word.
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

// quiet is how long nothing more must happen in the workspace for an act to count as
// answered; longest is how long an act may take to show at all.
const (
	quiet   = 250 * time.Millisecond
	longest = 5 * time.Second
)

// changes is how many there were so far.
func (s *stage) changes() int {
	list, _ := s.slack.Changes(0)
	return len(list)
}

// settle waits until an act has had its effects; before is how many changes there
// were when it began.
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
			return
		case <-ctx.Done():
			return
		}
	}
}

// acted shows what an act has led to: what Slack says, the window that is open,
// what one alone is told, or else what was shown before, as it is now.
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

// wrong shows what a form finds fault with.
func (p *prompt) wrong(errors map[string]string) {
	for _, c := range p.controls {
		if text := errors[c.Block]; text != "" {
			p.printf("  [%d] %s: %s\n", c.number, c.Label, text)
		}
	}
}
