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

// An Interview asks an operator.
type Interview struct {
	In  io.Reader
	Out io.Writer
	// Hidden reads a line without showing it; nil reads it from In.
	Hidden func() (string, error)
}

// A Secrets holds what was typed, by the name of the file that is to keep it.
type Secrets map[string]secret.Value

// ErrUnanswered is returned where the input ends before all is answered.
var ErrUnanswered = errors.New("the input ended before all questions were answered")

// ErrBrokenOff is returned where whoever is asked does not want to be.
var ErrBrokenOff = errors.New("broken off; nothing was written")

// Ask asks all questions that are not answered yet, until ctx ends. An answer that
// will not do is asked for again.
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

// until reads a line, but waits no longer than ctx: a terminal cannot be made to
// give up, so that the reading goes on until the program ends.
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

// take keeps an answer and reports whether the question is done with.
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

// Assume takes the usual answer of every question that has none. A secret may stay
// open: the environment can hold it. The error names every flag that is missing or
// wrong.
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
