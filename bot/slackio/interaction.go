package slackio

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"

	"verbale/bot"
	"verbale/bot/desk"
)

// An interaction is one interaction of a user, with the ways to answer it.
type interaction struct {
	ear   *Ear
	log   *slog.Logger
	reply *reply
	by    atomic.Pointer[bot.Colleague] // nil until known

	request string // identifies the delivery, in logs
	order   string // identifies the interaction; the same when it is delivered again
	user    string
	place   string // where it happened; interactions of a user in one place are processed in order

	channel  string
	thread   string
	answerAt string      // response_url, "" if there is none
	alone    bool        // it happened in an ephemeral message
	home     bool        // it happened in the home tab
	view     *slack.View // the modal in which it happened, if any
	pressed  bool        // a button of that modal was clicked
	window   window      // the modal that shows the answer
}

func (e *Ear) newInteraction(env envelope, order, user, place string) *interaction {
	v := &interaction{ear: e, reply: env.reply, request: env.request, order: order, user: user, place: place}
	v.log = e.Log.With("request", env.request)
	v.window.api = e.Workspace.api
	return v
}

// context limits work on the interaction to EarOptions.Within.
func (v *interaction) context() (context.Context, context.CancelFunc) {
	return context.WithTimeout(bot.WithRequest(context.Background(), v.request), v.ear.Within)
}

// drawer draws in the user's language, once it is known.
func (v *interaction) drawer() Drawer {
	d := Drawer{Phrases: v.ear.Phrases}
	if by := v.by.Load(); by != nil {
		d.Language = by.Language
	}
	return d
}

func (v *interaction) key() string { return v.user + " " + v.place }

// begin opens a waiting modal if the answer takes too long. If a modal is already open, it
// keeps its content until the answer arrives.
func (v *interaction) begin() {
	if !v.window.canOpen() {
		return
	}
	time.AfterFunc(v.ear.Patience, func() {
		ctx, cancel := context.WithTimeout(context.Background(), v.ear.Within)
		defer cancel()
		v.noted("open a window meanwhile", v.window.hold(ctx, v.drawer().waiting()))
	})
}

// finish ends what begin began: if a waiting modal is open and there was no answer for it, it
// is made to say that all is done.
func (v *interaction) finish(ctx context.Context) {
	if !v.window.settle() {
		return
	}
	view, err := v.drawer().PageWindow(v.drawer().done())
	if err == nil {
		err = v.window.show(ctx, view, false)
	}
	v.noted("fill a window", err)
}

// show shows the desk's answer to the user. If it changes the home tab, that is redrawn too.
func (v *interaction) show(ctx context.Context, a desk.Answer) error {
	switch {
	case a.Form != nil:
		if err := v.showForm(ctx, *a.Form); err != nil {
			return err
		}
	case a.Say != nil:
		if len(a.Files) > 0 {
			v.attach(ctx, a)
		}
		if err := v.say(ctx, a); err != nil {
			return err
		}
	case len(a.Errors) > 0:
		page := pageOf(joined(a.Errors))
		return v.say(ctx, desk.Answer{Say: &page})
	case v.pressed:
		if err := v.again(ctx); err != nil {
			return err
		}
	}
	if v.home && a.Form == nil && a.Say == nil {
		return v.ear.publishHome(ctx, v)
	}
	if a.Home { // the order is done, whether the home tab can be drawn or not
		v.ear.refreshHome(v)
	}
	return nil
}

func (v *interaction) showForm(ctx context.Context, f desk.Form) error {
	view, err := v.drawer().windowOver(f, fieldsOf(v.view))
	if err != nil {
		return err
	}
	return v.window.show(ctx, view, f.Over)
}

// again requests the form in which a button was clicked, to show what the click has changed.
func (v *interaction) again(ctx context.Context) error {
	f, err := unpackForm(v.view.PrivateMetadata)
	if err != nil || f.Press.Name == "" {
		return err
	}
	answer, err := v.ear.Desk.Press(ctx, *v.by.Load(), orderID("again", v.order), f.Press)
	if err != nil || answer.Form == nil {
		return err
	}
	answer.Form.Over = false
	return v.showForm(ctx, *answer.Form)
}

// say shows a page: in the open modal, else as a message to the user, or to the channel if
// they asked for that.
func (v *interaction) say(ctx context.Context, a desk.Answer) error {
	switch {
	case v.answerAt != "" && (a.Shared || !v.window.settle() && v.view == nil):
		return v.respond(ctx, a)
	case v.window.trigger == "" && v.channel != "":
		return v.whisper(ctx, *a.Say)
	}
	view, err := v.drawer().PageWindow(*a.Say)
	if err != nil {
		return err
	}
	if err = v.window.show(ctx, view, !a.Replace); says(err, "not_found") && v.answerAt != "" { // closed in the meantime
		return v.respond(ctx, a)
	}
	return err
}

// whisper shows a page in an ephemeral message.
func (v *interaction) whisper(ctx context.Context, p desk.Page) error {
	drawing, err := v.drawer().Message(p)
	if err != nil {
		return err
	}
	options := drawing.options()
	if v.thread != "" {
		options = append(options, slack.MsgOptionTS(v.thread))
	}
	_, err = v.ear.Workspace.api.PostEphemeralContext(ctx, v.channel, v.user, options...)
	return judged("show a message to one person", err)
}

// respond answers at the response_url. If that has expired, it sends an ephemeral message
// instead.
func (v *interaction) respond(ctx context.Context, a desk.Answer) error {
	drawing, err := v.drawer().Message(*a.Say)
	if err != nil {
		return err
	}
	no := false
	out := &slack.WebhookMessage{
		Text: drawing.Text, Blocks: &slack.Blocks{BlockSet: drawing.Blocks}, ResponseType: slack.ResponseTypeEphemeral,
		ThreadTimestamp: v.thread, ReplaceOriginal: a.Replace && v.alone, UnfurlLinks: &no, UnfurlMedia: &no, Parse: "none",
	}
	if a.Shared {
		out.ResponseType, out.ReplaceOriginal = slack.ResponseTypeInChannel, false
	}
	err = judged("answer at the response URL", slack.PostWebhookCustomHTTPContext(ctx, v.answerAt, v.ear.Workspace.http, out))
	if err == nil || a.Shared {
		return err
	}
	v.noted("answer at the response URL", err)
	return v.whisper(ctx, *a.Say)
}

// fail explains an error to the user, and logs it. A modal with input stays open below the one
// that shows the error.
func (v *interaction) fail(ctx context.Context, err error) {
	v.logFailure(err)
	page := pageOf(v.ear.Desk.Explain(err, v.drawer().Language))
	switch {
	case v.view != nil:
		err = v.lay(ctx, page)
	case v.home && v.window.trigger == "":
		err = v.ear.drawHome(ctx, v, page)
	default:
		err = v.say(ctx, desk.Answer{Say: &page})
	}
	if err != nil {
		v.noted("tell a person of a failure", err)
		v.noted("write to a person", v.direct(ctx, page))
	}
}

// lay shows a page in a modal over the one in which the interaction happened.
func (v *interaction) lay(ctx context.Context, p desk.Page) error {
	view, err := v.drawer().PageWindow(p)
	if err != nil {
		return err
	}
	return v.window.push(ctx, view)
}

// direct sends a direct message if everything else failed.
func (v *interaction) direct(ctx context.Context, p desk.Page) error {
	drawing, err := v.drawer().Message(p)
	if err != nil {
		return err
	}
	_, _, err = v.ear.Workspace.api.PostMessageContext(ctx, v.user, drawing.options()...)
	return judged("write to a person", err)
}

// logFailure logs an error. A refusal is the user's concern and no failure of the program.
func (v *interaction) logFailure(err error) {
	if _, refused := errors.AsType[*bot.Refusal](err); refused {
		v.log.Info("an order was refused", "reason", err)
		return
	}
	v.log.Error("an interaction failed", "error", err)
}

func (v *interaction) noted(doing string, err error) {
	if err != nil {
		v.log.Warn("could not "+doing, "error", err)
	}
}

func pageOf(text string) desk.Page {
	return desk.Page{Blocks: []desk.Block{desk.Paragraph{Text: text}}}
}

// joined are the texts of errors, one per line.
func joined(errors map[string]string) string {
	return strings.Join(slices.Sorted(maps.Values(errors)), "\n")
}
