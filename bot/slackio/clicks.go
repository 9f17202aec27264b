package slackio

import (
	"context"
	"errors"
	"strings"

	"github.com/slack-go/slack"

	"verbale/bot"
	"verbale/bot/desk"
)

// handleClicks handles button clicks and selections in a message, a modal or the home tab. Input
// fields outside a modal only take effect when a button is clicked.
func (e *Ear) handleClicks(env envelope) {
	i := env.interaction
	taken := false
	for _, a := range i.ActionCallback.BlockActions {
		v := e.clickVisit(env, a)
		switch {
		case a.ActionID != inputAction:
			taken = e.handlePress(v, a) || taken
		case i.View.Type == slack.VTModal:
			taken = e.handleChange(v, i) || taken
		}
	}
	if !taken {
		env.reply.with(nil)
	}
}

func (e *Ear) clickVisit(env envelope, a *slack.BlockAction) *interaction {
	i := env.interaction
	v := e.newInteraction(env, clickID(i, a, e.deduplicator.click(i, a)), i.User.ID, firstOf(i.View.RootViewID, placeOf(i)))
	v.channel, v.thread = firstOf(i.Container.ChannelID, i.Channel.ID), i.Container.ThreadTs
	v.answerAt, v.alone, v.home = i.ResponseURL, i.Container.IsEphemeral, i.View.Type == slack.VTHomeTab
	v.window.trigger = i.TriggerID
	if i.View.Type == slack.VTModal {
		v.view, v.window.id = &i.View, i.View.ID
	}
	v.log = v.log.With("act", nameOf(a))
	return v
}

// nameOf is how a click is named in the log: the name of its press.
func nameOf(a *slack.BlockAction) string {
	name, _, _ := strings.Cut(a.ActionID, "|")
	return name
}

func (e *Ear) handlePress(v *interaction, a *slack.BlockAction) bool {
	p, err := pressOf(a)
	if err != nil {
		v.log.Warn("a click could not be decoded", "error", err)
		return false
	}
	v.pressed = v.view != nil
	e.work(v, func(ctx context.Context, by bot.Colleague) (desk.Answer, error) {
		return e.Desk.Press(ctx, by, v.order, p)
	})
	return true
}

// pressOf returns what a click means. Buttons and menu entries carry their whole press; a
// select carries it without the chosen value.
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

// handleChange redraws a modal whose fields depend on what was chosen.
func (e *Ear) handleChange(v *interaction, i *slack.InteractionCallback) bool {
	f, err := unpackForm(i.View.PrivateMetadata)
	if err != nil {
		v.log.Warn("the state of a form could not be decoded", "error", err)
		return false
	}
	e.work(v, func(ctx context.Context, by bot.Colleague) (desk.Answer, error) {
		return e.Desk.Change(ctx, by, f, fieldsOf(&i.View).values())
	})
	return true
}
