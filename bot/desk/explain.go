package desk

import (
	"context"
	"errors"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

// Explain says in a language why something was not done, and what may be done
// about it. Errors that are no refusal are told without their own words, which
// are for the operator.
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

// told words a value of a refusal.
func (w voice) told(ctx context.Context, name string, value any, field intake.Field) any {
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

// lacks are the wordings of what a step should have said.
var lacks = map[intake.Lack]string{
	intake.LackActor: "lack.actor", intake.LackTime: "lack.time", intake.LackReason: "lack.reason",
	intake.LackOwner: "lack.owner", intake.LackOtherOwner: "lack.other_owner", intake.LackLead: "lack.lead",
	intake.LackOutcome: "lack.outcome", intake.LackOtherRecord: "lack.other_record",
}
