package registry

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"verbale/bot"
	"verbale/intake"
)

// enqueuePostUpdates enqueues a check of earlier posts about a record, if a change may have made some of
// them wrong.
func (s *Service) enqueuePostUpdates(o occasion, change *bot.Change) {
	rec := change.Record
	if rec == nil || !s.Office.Slack || rec.Backfilled {
		return
	}
	sealed := rec.Revision > 0 && becameConfidential(change)
	moved := slices.ContainsFunc(change.History, func(e intake.HistoryEntry) bool { return e.From != e.To || e.What == bot.WhatResults })
	reminded := slices.ContainsFunc(rec.FollowUp.Ledger, func(r intake.Reminder) bool { return r.State == intake.ReminderSent })
	if sealed || moved && reminded {
		change.Actions = append(change.Actions, bot.Action{
			Key: fmt.Sprintf("%s:%s:%d", bot.ActionUpdatePosts, rec.Reference, rec.Revision+1), Kind: bot.ActionUpdatePosts, Reference: rec.Reference,
			State: bot.ActionPending, Due: o.now,
		})
	}
}

// enqueueQuestionUpdate enqueues the redrawing of the question about a message set aside with its
// answer. what is one of WhatJoined, WhatPromoted and AsideDismissed.
func (s *Service) enqueueQuestionUpdate(m *loadedOrder, change *bot.Change, what, detail string) {
	if !s.Office.Slack || m.aside.Reference == "" {
		return
	}
	name := bot.NameOfAside(m.aside.Origin)
	change.Actions = append(change.Actions, bot.Action{
		Key:  fmt.Sprintf("%s:%s:%s", bot.ActionUpdatePosts, m.aside.Reference, bot.ShortHash(name+what)),
		Kind: bot.ActionUpdatePosts, Reference: m.aside.Reference, State: bot.ActionPending, Due: m.now,
		Post: &bot.Post{Identity: name, What: what, Actor: m.By.ID, Detail: detail},
	})
}

// updatePosts enqueues the posts to be redrawn.
func (s *Service) updatePosts(ctx context.Context, a bot.Action) error {
	rec, err := s.lookUp(ctx, a.Reference)
	if err != nil {
		return err
	}
	if rec == nil {
		return bot.NothingToDo{Reason: "the record is not kept any more"}
	}
	said, err := s.Store.Actions(ctx, a.Reference)
	if err != nil {
		return fmt.Errorf("load the actions of %s: %w", a.Reference, err)
	}
	var anew []bot.Action
	for _, each := range said {
		if p, wrong := currentPost(rec, a, each, said); wrong {
			anew = append(anew, s.redrawAction(a, each, p))
		}
	}
	if rec.Confidential && a.Post == nil {
		if err := s.redrawAlike(ctx, a); err != nil {
			return err
		}
		further, err := s.redrawLists(ctx, rec, a, said)
		if err != nil {
			return err
		}
		anew = append(anew, further...)
	}
	if len(anew) == 0 {
		return bot.NothingToDo{Reason: "nothing that was said is wrong by now"}
	}
	if _, err := s.Store.Commit(ctx, bot.Change{Actions: anew}); err != nil {
		return fmt.Errorf("enqueue redrawing posts about %s: %w", a.Reference, err)
	}
	if s.Nudge != nil {
		s.Nudge()
	}
	return nil
}

// currentPost is the current content of an earlier post, if that differs. A post that is
// still pending will use the state of the record at that time, except for the answer to a
// question.
func currentPost(rec *intake.Record, a, said bot.Action, all []bot.Action) (*bot.Post, bool) {
	if said.Kind != bot.ActionPost || said.Post == nil || slices.Contains([]bot.ActionState{bot.ActionSkipped, bot.ActionWithheld, bot.ActionParked}, said.State) {
		return nil, false
	}
	p := *said.Post
	switch {
	case a.Post != nil:
		p.What, p.Actor, p.Detail, p.Identity = a.Post.What, a.Post.Actor, a.Post.Detail, ""
		return &p, bot.IsAside(said.Post.Identity, a.Post.Identity)
	case rec.Confidential:
		return &p, true
	}
	again := slices.ContainsFunc(all, func(other bot.Action) bool { return other.Kind == bot.ActionRedraw && other.Source == said.Key })
	return &p, p.Reminder != "" && !again && bot.Settled(rec, p.Step)
}

// redrawAction redraws what an action posted, in order with other posts there.
func (s *Service) redrawAction(a, said bot.Action, p *bot.Post) bot.Action {
	anew := bot.Action{
		Key: fmt.Sprintf("%s:%s:%s", bot.ActionRedraw, said.Key, bot.ShortHash(a.Key)), Kind: bot.ActionRedraw, Reference: said.Reference, Room: said.Room,
		Post: p, Source: said.Key, State: s.slackState(said.Room), Due: s.Now(), Lane: said.Lane,
	}
	if said.State == bot.ActionDone {
		anew.Places = []string{said.Result}
	}
	return anew
}

// redrawLists are the messages about many records that contain one which has become confidential.
func (s *Service) redrawLists(ctx context.Context, rec *intake.Record, a bot.Action, said []bot.Action) ([]bot.Action, error) {
	cards, err := s.Store.Cards(ctx, rec.Reference)
	if err != nil {
		return nil, fmt.Errorf("find the cards of %s: %w", rec.Reference, err)
	}
	var anew []bot.Action
	for _, each := range said {
		card := cards[each.Room]
		if each.Kind == bot.ActionCard && each.State == bot.ActionDone && strings.Contains(each.Result, "/") && each.Result != card.Channel+"/"+card.TS {
			anew = append(anew, s.redrawAction(a, each, nil))
		}
	}
	if s.Digests == nil {
		return anew, nil
	}
	err = s.Digests.RewriteDigests(ctx, func(digest bot.Action) (bot.Action, error) {
		if digest.Kind == bot.ActionPost && digest.State == bot.ActionDone && digest.SpeaksOf(rec.Reference) {
			again := s.redrawAction(a, digest, s.withoutWordsOf(rec, digest.Post))
			again.Key = digest.Key + ":" + again.Key // so that it is found among the digests
			anew = append(anew, again)
		}
		return digest, nil
	})
	return anew, err
}

// withoutWordsOf is a digest in which the line for a record contains only what everybody may
// see.
func (s *Service) withoutWordsOf(rec *intake.Record, p *bot.Post) *bot.Post {
	less := *p
	less.Sections = nil
	for _, section := range p.Sections {
		section.Lines = slices.Clone(section.Lines)
		for i, reference := range section.Records {
			if reference == rec.Reference {
				section.Lines[i] = s.letters.DigestLine(rec, s.Now(), p.Language)
			}
		}
		less.Sections = append(less.Sections, section)
	}
	return &less
}
