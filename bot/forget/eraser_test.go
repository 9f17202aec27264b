package forget_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"verbale/bot"
	"verbale/bot/bottest"
	"verbale/intake"
)

// An interruptedEraser is an Eraser on a Memory. The first calls of Erase fail, as many as
// breaks says.
type interruptedEraser struct {
	*bottest.Memory
	breaks int
	rates  []string
}

var errBrokenOff = errors.New("broken off")

func (s *interruptedEraser) Erase(_ context.Context, reference string, t bot.Redaction) error {
	if s.breaks > 0 {
		s.breaks--
		return errBrokenOff
	}
	if l, ok := s.Letters[reference]; ok {
		after, err := t.Letter(&l)
		if err != nil {
			return err
		}
		if delete(s.Letters, reference); after != nil {
			s.Letters[reference] = *after
		}
	}
	for i, e := range s.Histories[reference] {
		after, err := t.Entry(e)
		if err != nil {
			return err
		}
		s.Histories[reference][i] = after
	}
	for key, a := range s.Written {
		if a.Reference != reference {
			continue
		}
		after, err := t.Action(a)
		if err != nil {
			return err
		}
		s.Written[key] = after
	}
	return nil
}

func (s *interruptedEraser) RewriteDigests(_ context.Context, treat func(bot.Action) (bot.Action, error)) (err error) {
	for key, a := range s.Written {
		if strings.HasPrefix(key, string(bot.ActionDigest)+":") && err == nil {
			s.Written[key], err = treat(a)
		}
	}
	return err
}

func (s *interruptedEraser) Mentions(_ context.Context, words []string, found func(bot.Mention)) error {
	for reference := range s.Records {
		if names(s.Records[reference], words) || names(s.Letters[reference], words) || names(s.Histories[reference], words) {
			found(bot.Mention{Reference: reference})
		}
	}
	for _, a := range s.Aside {
		if names(a, words) {
			found(bot.Mention{Identity: a.Identity})
		}
	}
	return nil
}

func names(v any, words []string) bool {
	text := strings.ToLower(asJSON(v))
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}

func (s *interruptedEraser) DropSetAside(_ context.Context, identity string) error {
	s.Aside = slices.DeleteFunc(s.Aside, func(a intake.SetAside) bool { return a.Identity == identity })
	return nil
}

func (s *interruptedEraser) DropRates(_ context.Context, address string) error {
	s.rates = append(s.rates, address)
	return nil
}

func asJSON(v any) string {
	plain, err := json.Marshal(v)
	if err != nil {
		panic(err) // the tests write only values that can be encoded
	}
	return string(plain)
}
