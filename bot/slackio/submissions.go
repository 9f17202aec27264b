package slackio

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"verbale/bot"
	"verbale/bot/desk"
	"verbale/internal/wait"
)

// maxAnswer is the maximum size of an acknowledgement: over Socket Mode, Slack silently drops
// those of 20 kB. The envelope's own fields take some of it.
const maxAnswer = 18 << 10

// afterAnswer is the pause between an acknowledgement that shows a modal and a call that
// updates it: they travel over different connections, and Slack does not say when the first
// has arrived.
const afterAnswer = 500 * time.Millisecond

// A submission is a submitted modal waiting for its response: errors, the next modal, or
// nothing, which closes it and all modals below it.
type submission struct {
	*interaction
	form desk.Form
}

func (e *Ear) handleSubmission(env envelope) {
	i := env.interaction
	v := e.newInteraction(env, submissionID(i), i.User.ID, i.View.RootViewID)
	v.view, v.window.id, v.window.trigger = &i.View, i.View.ID, i.TriggerID
	v.log = v.log.With("act", i.View.CallbackID)
	f, err := unpackForm(i.View.PrivateMetadata)
	if err != nil {
		v.log.Warn("the state of a form could not be decoded", "error", err)
		env.reply.with(nil)
		return
	}
	s := &submission{interaction: v, form: f}
	late := time.AfterFunc(e.Patience, func() { s.reply.with(s.waitingAnswer()) })
	if !e.pool.do(v.key(), func() {
		defer late.Stop()
		s.serve()
	}) {
		late.Stop()
		v.log.Error("too much is in hand; a submission is left to be sent again")
	}
}

func (s *submission) serve() {
	ctx, cancel := s.context()
	defer cancel()
	values := fieldsOf(s.view).values()
	answer, err := s.ear.perform(ctx, s.interaction, func(ctx context.Context, by bot.Colleague) (desk.Answer, error) {
		return s.ear.Desk.Submit(ctx, by, s.order, s.form, values)
	})
	if err != nil {
		s.logFailure(err)
		answer = s.explained(s.ear.Desk.Explain(err, s.drawer().Language))
	}
	if err := s.answer(ctx, answer); err != nil {
		s.logFailure(err)
		s.noted("fill a window", s.answerPage(ctx, pageOf(s.ear.Desk.Explain(err, s.drawer().Language))))
	}
	if answer.Home {
		s.ear.refreshHome(s.interaction)
	}
}

// explained shows an error beside the first field, so that everything filled in is kept. In a
// modal without fields it replaces the content.
func (s *submission) explained(text string) desk.Answer {
	for _, b := range s.view.Blocks.BlockSet {
		if in, ok := b.(*slack.InputBlock); ok {
			return desk.Answer{Errors: map[string]string{inputID(in.BlockID): text}}
		}
	}
	page := pageOf(text)
	return desk.Answer{Say: &page}
}

func (s *submission) answer(ctx context.Context, a desk.Answer) error {
	switch {
	case len(a.Errors) > 0:
		return s.answerErrors(ctx, a.Errors)
	case a.Form != nil:
		view, err := s.drawer().windowOver(*a.Form, fieldsOf(s.view))
		if err != nil {
			return err
		}
		return s.answerWindow(ctx, view, a.Form.Over)
	case a.Say != nil:
		return s.answerPage(ctx, *a.Say)
	case s.reply.with(slack.NewClearViewSubmissionResponse()):
		return nil
	}
	return s.answerPage(ctx, s.drawer().done())
}

func (s *submission) answerPage(ctx context.Context, p desk.Page) error {
	view, err := s.drawer().PageWindow(p)
	if err != nil {
		return err
	}
	return s.answerWindow(ctx, view, false)
}

// answerWindow shows a modal in place of the submitted one, or over it: with the
// acknowledgement if that is still possible and the modal fits, else afterwards.
func (s *submission) answerWindow(ctx context.Context, view slack.ModalViewRequest, over bool) error {
	data, err := json.Marshal(view)
	if err != nil {
		return fmt.Errorf("write a window: %w", err)
	}
	answer := slack.NewUpdateViewSubmissionResponse(&view)
	if over {
		answer = slack.NewPushViewSubmissionResponse(&view)
	}
	if len(data) <= maxAnswer && s.reply.with(answer) {
		return nil
	}
	s.reply.with(s.waitingAnswer())
	if err := wait.For(ctx, afterAnswer); err != nil {
		return err
	}
	return s.window.show(ctx, view, false)
}

func (s *submission) waitingAnswer() *slack.ViewSubmissionResponse {
	view := s.drawer().waiting()
	return slack.NewUpdateViewSubmissionResponse(&view)
}

// answerErrors shows errors beside the fields. If the waiting modal has already replaced the
// submitted one, that one is shown again as it was filled in.
func (s *submission) answerErrors(ctx context.Context, wrong map[string]string) error {
	beside := s.besideFields(wrong)
	if len(beside) > 0 && s.reply.with(slack.NewErrorsViewSubmissionResponse(beside)) {
		return nil
	}
	view, err := s.again(wrong)
	if err != nil {
		return err
	}
	return s.answerWindow(ctx, view, false)
}

// besideFields maps errors to the blocks of the modal. Errors that belong to none of its
// fields are shown beside the first.
func (s *submission) besideFields(wrong map[string]string) map[string]string {
	blocks, first := map[string]string{}, ""
	for _, b := range s.view.Blocks.BlockSet {
		if in, ok := b.(*slack.InputBlock); ok {
			blocks[inputID(in.BlockID)] = in.BlockID
			first = firstOf(first, in.BlockID)
		}
	}
	out := map[string]string{}
	for id, text := range wrong {
		block := firstOf(blocks[id], first)
		if block != "" {
			out[block] = cut(words(out[block]+"\n"+text), maxError)
		}
	}
	return out
}
