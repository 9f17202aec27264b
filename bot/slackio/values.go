package slackio

import (
	"net/url"

	"github.com/slack-go/slack"

	"verbale/bot/desk"
)

// fieldsOf are the fields of a modal as filled in; empty if there is no modal.
func fieldsOf(v *slack.View) fields {
	all := fields{}
	if v == nil || v.State == nil {
		return all
	}
	for block, actions := range v.State.Values {
		if given, ours := actions[inputAction]; ours {
			all[inputID(block)] = field{block: block, values: valuesOf(given)}
		}
	}
	return all
}

// values are what was filled in, without empty fields.
func (f fields) values() desk.Values {
	all := desk.Values{}
	for id, each := range f {
		if len(each.values) > 0 {
			all[id] = each.values
		}
	}
	return all
}

// valuesOf is the value of an input (docs.slack.dev/reference/views, state).
func valuesOf(a slack.BlockAction) (all []string) {
	for _, text := range []string{a.Value, a.SelectedDate} {
		if text != "" {
			all = append(all, text)
		}
	}
	for _, o := range append([]slack.OptionBlockObject{a.SelectedOption}, a.SelectedOptions...) {
		if o.Value != "" {
			all = append(all, unpacked(o.Value))
		}
	}
	return all
}

// unpacked is the value of an option before it was encoded.
func unpacked(value string) string {
	if plain, err := url.PathUnescape(value); err == nil {
		return plain
	}
	return value
}
