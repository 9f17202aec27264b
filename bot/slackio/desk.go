package slackio

import (
	"context"

	"verbale/bot"
	"verbale/bot/desk"
	"verbale/intake"
)

// A Desk answers colleagues; desk.Desk implements it.
type Desk interface {
	Card(ctx context.Context, reference, room string) (desk.Page, error)
	Summary(ctx context.Context, a bot.Action) (desk.Page, error)
	Post(ctx context.Context, a bot.Action) (desk.Page, error)

	Press(ctx context.Context, by bot.Colleague, id string, p desk.Press) (desk.Answer, error)
	Submit(ctx context.Context, by bot.Colleague, id string, f desk.Form, v desk.Values) (desk.Answer, error)
	Change(ctx context.Context, by bot.Colleague, f desk.Form, v desk.Values) (desk.Answer, error)
	Options(ctx context.Context, by bot.Colleague, f desk.Form, input, typed string) ([]desk.Option, error)
	Command(ctx context.Context, by bot.Colleague, id, text string) (desk.Answer, error)
	Home(ctx context.Context, by bot.Colleague) (desk.Page, error)
	Shortcut(ctx context.Context, by bot.Colleague, id, name string, m *desk.Quoted) (desk.Answer, error)
	Explain(err error, lang string) string
}

// Cards loads records and stores where their cards are posted; every bot.Store implements it.
type Cards interface {
	Load(ctx context.Context, reference string) (*intake.Record, error)
	Cards(ctx context.Context, reference string) (map[string]bot.CardPlace, error)
	SetCard(ctx context.Context, reference, room string, place bot.CardPlace) error
	// SetDue stores what is due on a record (bot.Agenda).
	SetDue(ctx context.Context, reference string, due []bot.Appointment) error
}
