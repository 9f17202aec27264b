package blockkit

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// parts draws elements that stand one after the other.
func (p *picture) parts(all []Element) (parts []string) {
	for _, e := range all {
		parts = append(parts, e.parts()...)
	}
	return parts
}

func (e Element) parts() []string {
	switch e.Type {
	case PlainText, Mrkdwn:
		return []string{textOf(e.Text)}
	case "image":
		return []string{"▣ " + visible(e.AltText)}
	case "button", "workflow_button", "icon_button":
		return []string{e.button()}
	case "feedback_buttons":
		return feedbackButtons(e.Positive, e.Negative)
	case "overflow":
		return []string{e.overflow()}
	case "radio_buttons":
		return e.ticks("(•)", "( )")
	case "checkboxes":
		return e.ticks("[x]", "[ ]")
	}
	if kind, ok := menuKinds[e.Type]; ok {
		return []string{e.menu(kind)}
	}
	return []string{"⁇ " + visible(e.Type)}
}

func (e Element) button() string {
	s := "[ " + oneLine(e.Text) + address(e.URL)
	if e.Style.Name != "" {
		s += " | " + visible(e.Style.Name)
	}
	return s + " ]"
}

func feedbackButtons(all ...*Element) (parts []string) {
	for _, e := range all {
		if e != nil {
			parts = append(parts, e.button())
		}
	}
	return parts
}

func (e Element) overflow() string {
	var entries []string
	for _, o := range e.Options {
		entries = append(entries, oneLine(o.Text)+address(o.URL))
	}
	return "⟨⋯ " + strings.Join(entries, " / ") + "⟩"
}

// ticks draws options to tick, each with the sign for chosen or not.
func (e Element) ticks(chosen, not string) (parts []string) {
	values := map[string]bool{}
	for _, o := range e.initialOptions() {
		values[o.Value] = true
	}
	for _, o := range e.Options {
		sign := not
		if values[o.Value] {
			sign = chosen
		}
		part := sign + " " + oneLine(o.Text)
		if o.Description != nil {
			part += " — " + oneLine(o.Description)
		}
		parts = append(parts, part)
	}
	return parts
}

func (e Element) initialOptions() []Option {
	if e.InitialOption != nil {
		return append(slices.Clip(e.InitialOptions), *e.InitialOption)
	}
	return e.InitialOptions
}

// menuKinds are the elements drawn as ⟨menu ▾ chosen⟩, with what they are called
// where they have no placeholder.
var menuKinds = map[string]string{
	"static_select": "choose", "multi_static_select": "choose several",
	"external_select": "search", "multi_external_select": "search several",
	"users_select": "person", "multi_users_select": "people",
	"channels_select": "channel", "multi_channels_select": "channels",
	"conversations_select": "conversation", "multi_conversations_select": "conversations",
	"datepicker": "date", "timepicker": "time", "datetimepicker": "date and time",
}

func (e Element) menu(kind string) string {
	if e.Placeholder != nil {
		kind = oneLine(e.Placeholder)
	}
	s := "⟨" + kind + " ▾"
	if chosen := e.chosen(); len(chosen) > 0 {
		s += " " + strings.Join(chosen, ", ")
	}
	return s + "⟩"
}

// chosen is what a menu or a picker holds at first.
func (e Element) chosen() (all []string) {
	for _, o := range e.initialOptions() {
		all = append(all, oneLine(o.Text))
	}
	ids := []string{e.InitialUser, e.InitialChannel, e.InitialConversation, e.InitialDate, e.InitialTime, moment(e.InitialDateTime)}
	for _, several := range [][]string{ids, e.InitialUsers, e.InitialChannels, e.InitialConversations} {
		for _, id := range several {
			if id != "" {
				all = append(all, visible(id))
			}
		}
	}
	return all
}

func moment(n json.Number) string {
	seconds, err := n.Int64()
	if err != nil {
		return ""
	}
	return time.Unix(seconds, 0).UTC().Format("2006-01-02 15:04 UTC")
}

// questions draws the dialogs that ask before an action is sent.
func (p *picture) questions(all []Element) {
	for _, e := range all {
		if c := e.Confirm; c != nil {
			yes := Element{Text: c.Confirm, Style: c.Style}
			no := Element{Text: c.Deny}
			p.wrapped("  ? ", e.label()+" → "+oneLine(c.Title)+" — "+textOf(c.Text))
			p.flowing("    ", []string{no.button(), yes.button()})
		}
	}
}

// label is what an element is called: its text, or else its placeholder.
func (e Element) label() string {
	if e.Text != nil {
		return oneLine(e.Text)
	}
	return oneLine(e.Placeholder)
}

// held draws the element of an input with what it holds and offers.
func (p *picture) held(e Element) {
	switch e.Type {
	case "radio_buttons", "checkboxes":
		for _, part := range e.parts() {
			p.wrapped("  ", part)
		}
	case "rich_text_input":
		if e.InitialValue.Rich == nil {
			p.typed(e)
			return
		}
		inside := picture{columns: p.columns - width("  ▏")}
		inside.richText(e.InitialValue.Rich.Elements)
		for _, line := range inside.lines {
			p.line("  ▏" + line)
		}
	case "plain_text_input", "email_text_input", "url_text_input", "number_input":
		p.typed(e)
	case "file_input":
		p.line("  [ Add files ]")
	default:
		p.flowing("  ", e.parts())
		p.offered(e)
	}
}

// typed draws a field to type in: what it holds, or else its placeholder.
func (p *picture) typed(e Element) {
	switch {
	case e.InitialValue.Text != "":
		p.wrapped("  ▏", visible(e.InitialValue.Text))
	case e.Placeholder != nil:
		p.wrapped("  ▏", "‹"+oneLine(e.Placeholder)+"›")
	default:
		p.line("  ▏")
	}
	if e.Multiline {
		p.line("  ▏")
	}
}

// offered draws the first options of a menu and counts the others.
func (p *picture) offered(e Element) {
	const most = 8
	all := slices.Clip(e.Options)
	for _, group := range e.Groups {
		all = append(all, group.Options...)
	}
	if len(all) == 0 {
		return
	}
	var names []string
	for _, o := range all[:min(most, len(all))] {
		names = append(names, oneLine(o.Text))
	}
	s := "of: " + strings.Join(names, " / ")
	if len(all) > most {
		s += fmt.Sprintf(" / and %d more", len(all)-most)
	}
	p.wrapped("    ", s)
}
