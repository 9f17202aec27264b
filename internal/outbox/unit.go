package outbox

import "verbale/bot"

// A unit is what one worker performs at once: a single action, or all claimed actions of one
// kind that were deferred in one rate group. Actions that were sent together, and may have
// arrived, form a unit by themselves again.
type unit []bot.Action

// lead returns the first action, which represents the unit.
func (u unit) lead() bot.Action { return u[0] }

// units groups claimed actions into units, in order. If nothing can be combined, each action
// is a unit of its own.
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

// mayBeOut reports whether an action may have been performed in an attempt whose outcome is
// unknown. It is then repeated unchanged and not checked again, since somebody may already
// have received it.
func mayBeOut(a bot.Action) bool { return a.Result != "" }

// alone reports whether an action that may have been performed was performed by itself, not
// combined.
func alone(a bot.Action) bool { return mayBeOut(a) && (a.Result == a.Key || a.Result == nameOf(a)) }

// nameOf returns the ID by which the other side can recognise a repeat.
func nameOf(a bot.Action) string {
	if a.Mail != nil {
		return a.Mail.MessageID
	}
	return a.Key
}

// goesWithOthers reports whether an action can be sent combined with others: it is deferred
// by its group's rate limit, or may already have been sent with others.
func goesWithOthers(a bot.Action) bool {
	if mayBeOut(a) {
		return !alone(a)
	}
	return a.Deferred
}

// keys returns the keys of its actions.
func (u unit) keys() []string {
	keys := make([]string, len(u))
	for i, a := range u {
		keys[i] = a.Key
	}
	return keys
}
