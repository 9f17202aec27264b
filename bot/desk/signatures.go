package desk

import (
	"context"

	"verbale/bot"
)

func (d *Desk) Card(ctx context.Context, reference, room string) (Page, error) { panic("") }
func (d *Desk) Summary(ctx context.Context, references []string) (Page, error) { panic("") }
func (d *Desk) Post(ctx context.Context, a bot.Action) (Page, error)           { panic("") }
func (d *Desk) Press(ctx context.Context, by bot.Colleague, id string, p Press) (Answer, error) {
	panic("")
}
func (d *Desk) Submit(ctx context.Context, by bot.Colleague, id string, f Form, v Values) (Answer, error) {
	panic("")
}
func (d *Desk) Change(ctx context.Context, by bot.Colleague, f Form, v Values) (Answer, error) {
	panic("")
}
func (d *Desk) Options(ctx context.Context, by bot.Colleague, f Form, input, typed string) ([]Option, error) {
	panic("")
}
func (d *Desk) Command(ctx context.Context, by bot.Colleague, id, text string) (Answer, error) {
	panic("")
}
func (d *Desk) Home(ctx context.Context, by bot.Colleague) (Page, error) { panic("") }
func (d *Desk) Shortcut(ctx context.Context, by bot.Colleague, id, name string, m *Quoted) (Answer, error) {
	panic("")
}
func (d *Desk) Explain(err error, lang string) string { panic("") }
