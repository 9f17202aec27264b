package slackio

import (
	"context"

	"github.com/slack-go/slack"

	"verbale/bot/desk"
)

// publishHome draws the home tab of a person as it is now.
func (e *Ear) publishHome(ctx context.Context, v *visit) error {
	by, err := e.People.Colleague(ctx, v.user)
	if err != nil {
		return err
	}
	page, err := e.Desk.Home(ctx, by)
	if err != nil {
		return err
	}
	return e.drawHome(ctx, v, page)
}

func (e *Ear) drawHome(ctx context.Context, v *visit, page desk.Page) error {
	view, err := v.drawer().Home(page)
	if err != nil {
		return err
	}
	_, err = e.Workspace.api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: v.user, View: view})
	return judged("draw a home tab", err)
}
