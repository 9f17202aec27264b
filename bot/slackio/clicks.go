package slackio

import (
	"context"
	"errors"
	"strings"

	"github.com/slack-go/slack"

	"verbale/bot"
	"verbale/bot/desk"
)

// takeClicks takes what was pressed or chosen, in a message, a window or the home
// tab. What is filled in elsewhere than in a window waits for a button.
func (e *Ear) takeClicks(env envelope) {
	i := env.interaction
	taken := false
	for _, a := range i.ActionCallback.BlockActions {
		v := e.clickVisit(env, a)
		switch {
		case a.ActionID != inputAction:
			taken = e.takePress(v, a) || taken
		case i.View.Type == slack.VTModal:
			taken = e.takeChange(v, i) || taken
		}
	}
	if !taken {
		env.reply.with(nil)
	}
}

func (e *Ear) clickVisit(env envelope, a *slack.BlockAction) *visit {
	i := env.interaction
	v := e.visit(env, clickID(i, a, e.begun.click(i, a)), i.User.ID, firstOf(i.View.RootViewID, placeOf(i)))
	v.channel, v.thread = firstOf(i.Container.ChannelID, i.Channel.ID), i.Container.ThreadTs
	v.answerAt, v.alone, v.home = i.ResponseURL, i.Container.IsEphemeral, i.View.Type == slack.VTHomeTab
	v.window.trigger = i.TriggerID
	if i.View.Type == slack.VTModal {
		v.view, v.window.id = &i.View, i.View.ID
	}
	v.log = v.log.With("act", nameOf(a))
	return v
}

// nameOf is what a click is called in the log: the name of its press.
func nameOf(a *slack.BlockAction) string {
	name, _, _ := strings.Cut(a.ActionID, "|")
	return name
}

func (e *Ear) takePress(v *visit, a *slack.BlockAction) bool {
	p, err := pressOf(a)
	if err != nil {
		v.log.Warn("a press could not be read", "error", err)
		return false
	}
	v.pressed = v.view != nil
	e.work(v, func(ctx context.Context, by bot.Colleague) (desk.Answer, error) {
		return e.Desk.Press(ctx, by, v.order, p)
	})
	return true
}

// pressOf is what a click means: a button carries its press, an entry of a menu as
// well; a list carries it beside the value that was chosen.
func pressOf(a *slack.BlockAction) (desk.Press, error) {
	switch {
	case string(a.Type) == string(slack.METButton):
		return unpackPress(a.Value)
	case a.ActionID == menuAction:
		return unpackPress(a.SelectedOption.Value)
	case a.SelectedOption.Value == "":
		return desk.Press{}, errors.New("nothing was chosen")
	}
	p, err := unpackPress(a.ActionID)
	p.Value = unpacked(a.SelectedOption.Value)
	return p, err
}

// takeChange has a window redrawn whose fields depend on what was chosen.
func (e *Ear) takeChange(v *visit, i *slack.InteractionCallback) bool {
	f, err := unpackForm(i.View.PrivateMetadata)
	if err != nil {
		v.log.Warn("a form could not be read", "error", err)
		return false
	}
	e.work(v, func(ctx context.Context, by bot.Colleague) (desk.Answer, error) {
		return e.Desk.Change(ctx, by, f, fieldsOf(&i.View).values())
	})
	return true
}
