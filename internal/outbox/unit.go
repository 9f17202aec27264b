package outbox

import "verbale/bot"

// A unit is what one worker performs at once: an action, or all the claimed
// ones that were deferred in one rate group and are of one kind. What once went out
// together, and may have arrived, goes out together again and with nothing else.
type unit []bot.Action

// lead is the action that speaks for the unit.
func (u unit) lead() bot.Action { return u[0] }

// units parts what was claimed, in its order. Where nothing can be combined,
// each action is a unit of its own.
func units(actions []bot.Action, combine bool) []unit {
	type share struct {
		group string
		kind  bot.ActionKind
		bound string
	}
	var list []unit
	place := map[share]int{}
	for _, a := range actions {
		if !combine || a.RateGroup == "" || !goesWithOthers(a) {
			list = append(list, unit{a})
			continue
		}
		s := share{a.RateGroup, a.Kind, a.Result}
		i, known := place[s]
		if !known {
			place[s] = len(list)
			list = append(list, unit{a})
			continue
		}
		list[i] = append(list[i], a)
	}
	return list
}

// mayBeOut reports whether an action may have been performed, in an attempt whose
// outcome is not known. It is repeated as what it was, and not looked at anew: what
// somebody may have got cannot be left unsaid any more.
func mayBeOut(a bot.Action) bool { return a.Result != "" }

// alone reports whether what may be out is the action by itself.
func alone(a bot.Action) bool { return mayBeOut(a) && (a.Result == a.Key || a.Result == nameOf(a)) }

// nameOf is by what the other side tells a repeat.
func nameOf(a bot.Action) string {
	if a.Mail != nil {
		return a.Mail.MessageID
	}
	return a.Key
}

// goesWithOthers reports whether an action is one of several that go out as one: it
// waits for its group's share, or may be out with others already.
func goesWithOthers(a bot.Action) bool {
	if mayBeOut(a) {
		return !alone(a)
	}
	return a.Deferred
}

// keys are those of its actions.
func (u unit) keys() []string {
	keys := make([]string, len(u))
	for i, a := range u {
		keys[i] = a.Key
	}
	return keys
}
