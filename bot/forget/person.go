package forget

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"verbale/bot"
	"verbale/intake"
)

// Traces are what an office stores about a person or a request.
type Traces struct {
	Address string   // of the person; "" if these are the traces of a request
	Names   []string // names of the person
	// Whole are the person's own records: they wrote, or answers go to them. All personal data
	// is erased. Struck are other records that mention them: only their address and names are
	// erased.
	Whole, Struck []*intake.Record
	SetAside      []string // identities of messages set aside
}

// Empty reports whether nothing is stored.
func (t *Traces) Empty() bool { return len(t.Whole)+len(t.Struck)+len(t.SetAside) == 0 }

// Open are the requests that would be erased although work on them is not finished.
func (t *Traces) Open() (references []string) {
	for _, rec := range t.Whole {
		if rec.Status.Open() {
			references = append(references, rec.Reference)
		}
	}
	return references
}

// ErrColleague is why a person is not erased: histories keep what colleagues did.
var ErrColleague = errors.New("the address is a colleague's, and histories keep what colleagues did")

// TracesOfRecord finds what is stored about a request: its record, the records it was split
// into or merged with, and the messages set aside that refer to them.
func (f *Forgetter) TracesOfRecord(ctx context.Context, reference string) (*Traces, error) {
	t := &Traces{}
	if err := f.addFamily(ctx, t, reference); err != nil {
		return nil, err
	}
	err := f.eachSetAside(ctx, func(a intake.SetAside) error {
		if slices.ContainsFunc(t.Whole, func(rec *intake.Record) bool { return rec.Reference == a.Reference }) {
			t.SetAside = append(t.SetAside, a.Identity)
		}
		return nil
	})
	return t, err
}

// addFamily adds a record and all others that hold the same letter: parent and parts, and
// records it was merged with.
func (f *Forgetter) addFamily(ctx context.Context, t *Traces, reference string) error {
	if slices.ContainsFunc(t.Whole, func(rec *intake.Record) bool { return rec.Reference == reference }) {
		return nil
	}
	rec, err := f.registry.Store.Load(ctx, reference)
	if err != nil {
		return fmt.Errorf("load %s: %w", reference, err)
	}
	history, err := f.registry.Store.History(ctx, reference)
	if err != nil {
		return fmt.Errorf("load the history of %s: %w", reference, err)
	}
	t.Whole = append(t.Whole, rec)
	relatives := append(slices.Clone(rec.Children), rec.Parent, rec.MergedInto)
	for _, e := range history {
		if e.What == bot.WhatAbsorbed {
			relatives = append(relatives, e.Detail)
		}
	}
	actions, err := f.registry.Store.Actions(ctx, reference)
	if err != nil {
		return fmt.Errorf("load the actions of %s: %w", reference, err)
	}
	for _, a := range actions {
		if a.Kind == bot.ActionAdopt { // it has been opened, and may not be noted here yet
			relatives = append(relatives, a.Source)
		}
	}
	for _, relative := range relatives {
		if err := f.addFamily(ctx, t, relative); relative != "" && err != nil && !errors.Is(err, bot.ErrNotFound) {
			return err
		}
	}
	return nil
}

// TracesOfPerson finds everything stored about a person who is not a colleague. It searches
// the whole store.
func (f *Forgetter) TracesOfPerson(ctx context.Context, address string) (*Traces, error) {
	t := &Traces{Address: lower(address)}
	if f.registry.Internal(t.Address) {
		return nil, ErrColleague
	}
	var named []bot.Mention
	if err := f.eraser.Mentions(ctx, []string{t.Address}, func(m bot.Mention) { named = append(named, m) }); err != nil {
		return nil, err
	}
	var others []*intake.Record
	for _, m := range named {
		if m.Reference == "" {
			t.SetAside = append(t.SetAside, m.Identity)
			continue
		}
		rec, own, err := f.isOf(ctx, m.Reference, t)
		if err == nil && own {
			err = f.addFamily(ctx, t, m.Reference)
		}
		if err != nil {
			return nil, err
		}
		others = append(others, rec)
	}
	t.Struck = slices.DeleteFunc(others, func(rec *intake.Record) bool {
		return slices.ContainsFunc(t.Whole, func(own *intake.Record) bool { return own.Reference == rec.Reference })
	})
	slices.Sort(t.Names)
	t.Names = slices.Compact(t.Names)
	return t, nil
}

// isOf reports whether a record is a person's own, and notes their names in it.
func (f *Forgetter) isOf(ctx context.Context, reference string, t *Traces) (rec *intake.Record, own bool, err error) {
	if rec, err = f.registry.Store.Load(ctx, reference); err != nil {
		return nil, false, fmt.Errorf("load %s: %w", reference, err)
	}
	history, err := f.registry.Store.History(ctx, reference)
	if err != nil {
		return nil, false, fmt.Errorf("load the history of %s: %w", reference, err)
	}
	is := func(address string) bool { return lower(address) == t.Address }
	for _, a := range append([]intake.Address{rec.Origin.From, rec.Origin.AnswerTo}, rec.Origin.Cc...) {
		if is(a.Address) {
			t.called(a.Name)
		}
	}
	if r := rec.Request; r != nil && is(r.Requester.Email) {
		t.called(r.Requester.Name)
		own = true
	}
	own = own || is(rec.Origin.From.Address) || is(rec.Origin.AnswerTo.Address) || slices.Contains(rec.Correspondents, t.Address) ||
		slices.ContainsFunc(history, func(e intake.HistoryEntry) bool { return is(e.Actor) })
	return rec, own, nil
}

// called notes a name. A single word is ignored, since it may well mean something else.
func (t *Traces) called(name string) {
	if len(strings.Fields(name)) > 1 {
		t.Names = append(t.Names, name)
	}
}

// ForgetTraces erases everything that was found. If a request is still open and why.Open is
// not set, it erases nothing. tell is called for each record. It can be interrupted and
// repeated.
func (f *Forgetter) ForgetTraces(ctx context.Context, t *Traces, why Forgetting, tell func(what string, done bool)) error {
	if open := t.Open(); len(open) > 0 && !why.Open {
		return fmt.Errorf("%s: %w", strings.Join(open, ", "), ErrOpen)
	}
	for _, rec := range t.Whole {
		done, err := f.Forget(ctx, rec.Reference, why)
		if err != nil {
			return err
		}
		tell(rec.Reference, done)
	}
	for _, rec := range t.Struck {
		if err := f.strike(ctx, rec.Reference, t, why); err != nil {
			return err
		}
		tell(rec.Reference, true)
	}
	for _, identity := range t.SetAside {
		if err := f.eraser.DropSetAside(ctx, identity); err != nil {
			return err
		}
	}
	if t.Address == "" {
		return nil
	}
	return f.eraser.DropRates(ctx, t.Address)
}

// strike erases a person's address and names from somebody else's record. The record itself
// comes last: until then, the person is found again if the erasure is repeated.
func (f *Forgetter) strike(ctx context.Context, reference string, t *Traces, why Forgetting) error {
	words := t.pattern()
	if err := f.saidWithout(ctx, reference, words); err != nil {
		return err
	}
	err := f.eraser.Erase(ctx, reference, bot.Redaction{
		Letter: func(l *bot.Letter) (*bot.Letter, error) { return struck(l, words) },
		Entry:  func(e intake.HistoryEntry) (intake.HistoryEntry, error) { return struck(e, words) },
		Action: func(a bot.Action) (bot.Action, error) {
			after, err := struck(a, words)
			if err == nil && a.State == bot.ActionPending && !reflect.DeepEqual(after.Mail, a.Mail) {
				err = bot.Temporary(fmt.Errorf("the mail of %s, which names the person, is still to be sent", a.Key))
			}
			return after, err
		},
	})
	if err != nil {
		return err
	}
	_, err = f.registry.Amend(ctx, "striking a name out of "+reference, func() (bot.Change, error) {
		rec, err := f.registry.Store.Load(ctx, reference)
		if err != nil {
			return bot.Change{}, fmt.Errorf("load %s: %w", reference, err)
		}
		rec.Origin.Cc = slices.DeleteFunc(slices.Clone(rec.Origin.Cc), func(a intake.Address) bool { return lower(a.Address) == t.Address })
		after, err := struck(*rec, words)
		if err != nil {
			return bot.Change{}, err
		}
		now := f.registry.Now()
		after.UpdatedAt = now
		return bot.Change{Record: &after, History: []intake.HistoryEntry{{At: now, Actor: why.Actor, What: bot.WhatForgotten, Reason: why.Reason, Detail: detailStruck}}}, nil
	})
	if err != nil {
		return err
	}
	// This rebuilds the search index, which still has the words of the old record.
	return f.eraser.Erase(ctx, reference, untouched)
}

// saidWithout enqueues redrawing Slack posts about a record without the given words.
func (f *Forgetter) saidWithout(ctx context.Context, reference string, words *regexp.Regexp) error {
	said, err := f.registry.Store.Actions(ctx, reference)
	if err != nil {
		return fmt.Errorf("load the actions of %s: %w", reference, err)
	}
	var anew []bot.Action
	for _, a := range said {
		if a.Kind != bot.ActionPost || a.State != bot.ActionDone || a.Post == nil {
			continue
		}
		without, err := struck(*a.Post, words)
		if err != nil {
			return err
		}
		if !reflect.DeepEqual(without, *a.Post) {
			anew = append(anew, f.shownAs(a, &without))
		}
	}
	if len(anew) == 0 {
		return nil
	}
	if _, err := f.registry.Store.Commit(ctx, bot.Change{Actions: anew}); err != nil {
		return fmt.Errorf("enqueue redrawing posts about %s: %w", reference, err)
	}
	if f.registry.Nudge != nil {
		f.registry.Nudge()
	}
	return nil
}

// shownAs redraws a post with other content, in place.
func (f *Forgetter) shownAs(said bot.Action, p *bot.Post) bot.Action {
	return bot.Action{
		Key: fmt.Sprintf("%s:%s:%s", bot.ActionRedraw, said.Key, bot.ShortHash(fmt.Sprint(*p))), Kind: bot.ActionRedraw, Reference: said.Reference, Room: said.Room,
		Post: p, Source: said.Key, Places: []string{said.Result}, State: bot.ActionPending, Due: f.registry.Now(), Lane: said.Lane,
	}
}

// detailStruck says in a history that only one person was erased.
const detailStruck = "one person who is named in it"

// untouched changes nothing; only the search index is rebuilt.
var untouched = bot.Redaction{
	Letter: func(l *bot.Letter) (*bot.Letter, error) { return l, nil },
	Entry:  func(e intake.HistoryEntry) (intake.HistoryEntry, error) { return e, nil },
	Action: func(a bot.Action) (bot.Action, error) { return a, nil },
}

// pattern matches the address and the names of a person, ignoring case and the kind of spaces
// between the words of a name.
func (t *Traces) pattern() *regexp.Regexp {
	words := []string{regexp.QuoteMeta(t.Address)}
	for _, name := range t.Names {
		parts := strings.Fields(name)
		for i, part := range parts {
			parts[i] = regexp.QuoteMeta(part)
		}
		words = append(words, strings.Join(parts, `\s+`))
	}
	slices.SortFunc(words, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return regexp.MustCompile(`(?i)` + strings.Join(words, "|"))
}

// struck is a copy of a value in which words are replaced by as many asterisks as they have
// bytes, so that byte offsets into texts stay valid.
func struck[T any](v T, words *regexp.Regexp) (out T, err error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return out, fmt.Errorf("look through %T: %w", v, err)
	}
	var tree any
	if err = json.Unmarshal(plain, &tree); err == nil {
		plain, err = json.Marshal(blotted(tree, words))
	}
	if err == nil {
		err = json.Unmarshal(plain, &out)
	}
	if err != nil {
		return out, fmt.Errorf("strike words out of %T: %w", v, err)
	}
	return out, nil
}

func blotted(tree any, words *regexp.Regexp) any {
	switch v := tree.(type) {
	case string:
		return words.ReplaceAllStringFunc(v, func(found string) string { return strings.Repeat("*", len(found)) })
	case []any:
		for i := range v {
			v[i] = blotted(v[i], words)
		}
	case map[string]any:
		for key := range v {
			v[key] = blotted(v[key], words)
		}
	}
	return tree
}

func lower(s string) string { return strings.ToLower(strings.TrimSpace(s)) }
