package desk

import (
	"context"
	"errors"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

// Explain tells a user in their language why something was not done, and what they can do.
// Errors that are no refusals get a general text; their details are for the operator.
func (d *Desk) Explain(err error, lang string) string {
	w := d.in(lang)
	if refused, ok := errors.AsType[*bot.Refusal](err); ok {
		ctx, cancel := context.WithTimeout(context.Background(), namesWithin)
		defer cancel()
		values := phrases.Values{}
		for name, value := range refused.Values {
			values[name] = w.told(ctx, name, value, refused.Field)
		}
		return w.say(refused.Phrase, values)
	}
	if _, temporary := bot.IsTemporary(err); temporary || errors.Is(err, context.DeadlineExceeded) {
		return w.say("error.temporary")
	}
	return w.say("error.other")
}

// namesWithin is how long an explanation waits for the name of a colleague.
const namesWithin = 2 * time.Second

// told formats a value of a refusal.
func (w pageWriter) told(ctx context.Context, name string, value any, field intake.Field) any {
	if at, ok := value.(time.Time); ok {
		return w.moment(at)
	}
	text, ok := value.(string)
	if !ok {
		return value
	}
	switch name {
	case "status":
		return w.named("status.", text)
	case "owner", "post":
		return w.holder(text)
	case "actor":
		return w.actor(ctx, text)
	case "field":
		return w.named("field.", text)
	case "value":
		return w.value(field, text)
	case "lack":
		return w.say(lacks[intake.Lack(text)])
	}
	return text
}

// lacks are the phrases for what is missing in a step.
var lacks = map[intake.Lack]string{
	intake.LackActor: "lack.actor", intake.LackTime: "lack.time", intake.LackReason: "lack.reason",
	intake.LackOwner: "lack.owner", intake.LackOtherOwner: "lack.other_owner", intake.LackLead: "lack.lead",
	intake.LackOutcome: "lack.outcome", intake.LackOtherRecord: "lack.other_record",
}
