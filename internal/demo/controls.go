package demo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"verbale/internal/slackpeer"
)

// A control is something that can be used by its number.
type control struct {
	slackpeer.Control
	number  int
	on      slackpeer.Place
	offered []slackpeer.Option // by a search
}

// show draws something with numbers for all that can be used in it.
func (p *prompt) show(title string, all ...slackpeer.Place) {
	p.controls, p.last = nil, nil
	if title != "" {
		p.printf("— %s —\n", title)
	}
	for _, place := range all {
		picture, _, _ := strings.Cut(slackpeer.Picture(place), "\n░ notification: ") // which nobody looks at here
		p.printf("%s\n", strings.TrimRight(picture, "\n"))
		for _, c := range slackpeer.Controls(place) {
			p.controls = append(p.controls, control{Control: c, number: len(p.controls) + 1, on: place})
		}
	}
	if len(all) > 0 {
		p.last = all[0]
	}
	if !p.inWindow() {
		p.under = p.last
	}
	p.legend()
}

// columns is the width of a line of the legend.
const columns = 100

// legend lists the controls, and how a window is sent.
func (p *prompt) legend() {
	var labels []string
	for _, c := range p.controls {
		labels = append(labels, fmt.Sprintf("[%d] %s", c.number, cmp.Or(c.Label, "⋯")))
	}
	if p.inWindow() {
		if p.last.(slackpeer.View).Submits() {
			labels = append(labels, "send")
		}
		labels = append(labels, "close")
	}
	line := ""
	for _, label := range labels {
		if utf8.RuneCountInString(line+label) > columns {
			p.printf("%s\n", line)
			line = ""
		}
		line += "  " + label
	}
	if line != "" {
		p.printf("%s\n", line)
	}
}

// inWindow reports whether a window was shown last.
func (p *prompt) inWindow() bool {
	v, ok := p.last.(slackpeer.View)
	return ok && v.Type == "modal"
}

func number(word string) (int, bool) {
	n, err := strconv.Atoi(word)
	return n, err == nil && n > 0
}

// use presses a button, chooses, or fills in a field.
func (p *prompt) use(ctx context.Context, n int, rest string) error {
	if n > len(p.controls) {
		return fmt.Errorf("there is no [%d] in what was shown last", n)
	}
	c := &p.controls[n-1]
	switch {
	case c.Kind == "button":
		return p.acted(ctx)(p.person().Press(c.on, c.Action, c.Value))
	case strings.HasSuffix(c.Kind, "external_select"):
		return p.search(ctx, c, rest)
	case len(c.Options) > 0:
		return p.choose(ctx, c, c.Options, rest)
	case rest == "":
		return fmt.Errorf("say what stands in it: %d …", n)
	}
	return p.fill(ctx, c, p.typed(c, rest))
}

// choose takes options by their numbers; none lists them.
func (p *prompt) choose(ctx context.Context, c *control, options []slackpeer.Option, rest string) error {
	var values []string
	for _, word := range strings.FieldsFunc(rest, func(r rune) bool { return r == ',' || r == ' ' }) {
		n, ok := number(word)
		if !ok || n > len(options) {
			return fmt.Errorf("choose by number: %d 1", c.number)
		}
		values = append(values, options[n-1].Value)
	}
	if len(values) == 0 {
		for i, o := range options {
			p.printf("  %d %d   %s\n", c.number, i+1, o.Label)
		}
		return nil
	}
	return p.fill(ctx, c, values...)
}

// search types into a list that the app fills; what is found is chosen by number,
// and at once where it is the only one.
func (p *prompt) search(ctx context.Context, c *control, rest string) error {
	if _, ok := number(strings.Split(rest, ",")[0]); ok && len(c.offered) > 0 {
		return p.choose(ctx, c, c.offered, rest)
	}
	seen, err := p.person().Suggest(p.narrow(c), c.Action, rest)
	if err != nil {
		return err
	}
	c.offered = seen.Options
	switch len(seen.Options) {
	case 0:
		return errors.New("nothing is called so")
	case 1:
		return p.choose(ctx, c, c.offered, "1")
	}
	return p.choose(ctx, c, c.offered, "")
}

// placeholder is what a draft leaves to be written.
var placeholder = regexp.MustCompile(`\[[^\[\]\n]+\]`)

// typed is what a field holds after words were typed: where a draft has a
// placeholder, they take its place.
func (p *prompt) typed(c *control, words string) string {
	words = strings.ReplaceAll(words, `\n`, "\n")
	if v, ok := c.on.(slackpeer.View); ok && c.Kind == "plain_text_input" {
		now, _ := v.Values()[c.Block][c.Action]["value"].(string)
		if strings.Contains(now, "\n") && placeholder.MatchString(now) {
			return placeholder.ReplaceAllLiteralString(now, words)
		}
	}
	return words
}

// narrow is where a control stands; in a window, its block alone.
func (p *prompt) narrow(c *control) slackpeer.Place {
	if v, ok := c.on.(slackpeer.View); ok {
		return v.At(c.Block)
	}
	return c.on
}

// fill chooses or types. What stands in a window is sent later; elsewhere the
// desk answers at once.
func (p *prompt) fill(ctx context.Context, c *control, values ...string) error {
	before := len(p.slack.Deliveries())
	show := p.acted(ctx)
	seen, err := p.person().Select(p.narrow(c), c.Action, values...)
	if err == nil && len(p.slack.Deliveries()) == before {
		p.printf("  [%d] %s: %s\n", c.number, c.Label, strings.Join(labelsOf(c, values), ", "))
		return nil
	}
	return show(seen, err)
}

func labelsOf(c *control, values []string) []string {
	labels := slices.Clone(values)
	for i, v := range values {
		for _, o := range slices.Concat(c.Options, c.offered) {
			if o.Value == v {
				labels[i] = o.Label
			}
		}
	}
	return labels
}

// submit sends the window that is open.
func (p *prompt) submit(ctx context.Context) error {
	return p.acted(ctx)(p.person().Submit(nil))
}
