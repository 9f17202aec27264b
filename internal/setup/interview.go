package setup

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"verbale/internal/secret"
)

// An Interview asks an operator questions.
type Interview struct {
	In  io.Reader
	Out io.Writer
	// Hidden reads a line without showing it; nil reads it from In.
	Hidden func() (string, error)
}

// Secrets holds the secrets that were typed, by the name of the file for each.
type Secrets map[string]secret.Value

// ErrUnanswered is returned if the input ends before all questions are answered.
var ErrUnanswered = errors.New("the input ended before all questions were answered")

// ErrBrokenOff is returned if the operator interrupts the program.
var ErrBrokenOff = errors.New("interrupted; nothing was written")

// Ask asks all questions that are not answered yet, until ctx ends. A question with an
// invalid answer is asked again.
func (i *Interview) Ask(ctx context.Context, questions []*Question) (Secrets, error) {
	lines, typed := bufio.NewReader(i.In), Secrets{}
	for _, q := range questions {
		if !q.asked() {
			continue
		}
		for *q.Answer == "" {
			line, err := i.answer(ctx, lines, q)
			if err != nil {
				return nil, err
			}
			if done := i.take(q, line, typed); done {
				break
			}
		}
	}
	return typed, nil
}

// answer shows a question and reads a line.
func (i *Interview) answer(ctx context.Context, lines *bufio.Reader, q *Question) (string, error) {
	usual := ""
	if q.Secret == "" && q.usual() != "" {
		usual = " [" + q.usual() + "]"
	}
	fmt.Fprintf(i.Out, "%s%s: ", q.Text, usual)
	read := func() (string, error) { return lines.ReadString('\n') }
	hidden := q.Secret != "" && i.Hidden != nil
	if hidden {
		read = i.Hidden
	}
	line, err := until(ctx, read)
	if hidden {
		fmt.Fprintln(i.Out)
	}
	if errors.Is(err, io.EOF) && line != "" {
		err = nil
	}
	if errors.Is(err, io.EOF) {
		err = ErrUnanswered
	}
	return strings.TrimSpace(line), err
}

// until reads a line, but waits no longer than ctx. Reading from a terminal cannot be
// cancelled, so it goes on in the background until the program ends.
func until(ctx context.Context, read func() (string, error)) (string, error) {
	type line struct {
		text string
		err  error
	}
	came := make(chan line, 1)
	go func() {
		text, err := read()
		came <- line{text, err}
	}()
	select {
	case l := <-came:
		return l.text, l.err
	case <-ctx.Done():
		return "", ErrBrokenOff
	}
}

// take keeps an answer and reports whether the question is answered now.
func (i *Interview) take(q *Question, line string, typed Secrets) bool {
	given := line
	if line == "" {
		given = q.usual()
	}
	if err := q.fits(given); err != nil {
		fmt.Fprintf(i.Out, "  %v\n", err)
		return false
	}
	if q.Secret != "" && line != "" {
		typed[q.Secret] = secret.New(line)
		given = secretsFolder + "/" + q.Secret
	}
	*q.Answer = given
	return true
}

// Assume gives every question that is not answered its usual answer. A secret may stay
// unanswered, since it can also come from the environment. The error names every flag
// that is missing or wrong.
func Assume(questions []*Question) error {
	var problems []error
	for _, q := range questions {
		if !q.asked() {
			continue
		}
		if *q.Answer == "" {
			*q.Answer = q.usual()
		}
		if err := q.fits(*q.Answer); err != nil && q.Secret == "" {
			problems = append(problems, fmt.Errorf("--%s: %w", q.Flag, err))
		}
	}
	return errors.Join(problems...)
}
