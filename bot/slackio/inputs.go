package slackio

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"verbale/bot/desk"
)

// inputAction is the action ID of all form fields; their block ID tells them apart.
const inputAction = "value"

// fields are the current fields of a modal, by the ID of the input.
type fields map[string]field

type field struct {
	block  string // its block id
	values []string
}

// blockID returns the block ID of an input. Slack keeps what the user filled in as long as the
// block ID stays the same, whatever the initial value is
// (github.com/slackapi/bolt-python/issues/1064). So a field whose value is to change gets a
// new block ID, and all others keep theirs.
func (f fields) blockID(in desk.Input) string {
	old, standing := f[in.ID]
	if !standing || slices.Equal(old.values, in.Initial) {
		return firstOf(old.block, in.ID)
	}
	_, n, _ := strings.Cut(old.block, "~")
	turn, _ := strconv.Atoi(n) // 0 if there is none
	return in.ID + "~" + strconv.Itoa(turn+1)
}

// inputID is the ID of the input in a block.
func inputID(block string) string {
	id, _, _ := strings.Cut(block, "~")
	return id
}

func (c *blockBuilder) input(in desk.Input) {
	element := c.element(in)
	if element == nil {
		return
	}
	block := slack.NewInputBlock(c.old.blockID(in), plain(in.Label, maxLabel), nil, element)
	if in.Hint != "" {
		block.Hint = plain(in.Hint, maxLabel)
	}
	block.Optional, block.DispatchAction = in.Optional, in.Redraws
	c.fail(fits("input "+in.ID, block.BlockID, maxActionID))
	c.add(block)
}

// element draws the form element of an input. A list without options is left out.
func (c *blockBuilder) element(in desk.Input) slack.BlockElement {
	switch in.Kind {
	case desk.InputLine, desk.InputText:
		return c.typed(in)
	case desk.InputDate:
		return date(in)
	case desk.InputSearch, desk.InputSearchN:
		return c.search(in)
	}
	if len(in.Options) == 0 {
		return nil
	}
	switch in.Kind {
	case desk.InputChoice:
		return c.choice(in)
	case desk.InputChoices:
		return c.choices(in)
	case desk.InputChecks:
		return c.checks(in)
	}
	c.fail(fmt.Errorf("draw input %s: unknown kind %q", in.ID, in.Kind))
	return nil
}

func (c *blockBuilder) typed(in desk.Input) slack.BlockElement {
	out := slack.NewPlainTextInputBlockElement(nil, inputAction)
	out.Multiline = in.Kind == desk.InputText
	out.MaxLength = maxTyped
	if len(in.Initial) > 0 {
		out.InitialValue = cut(harmless(in.Initial[0]), maxTyped)
	}
	return out
}

// date draws a date picker. Slack refuses invalid dates, so those are left out.
func date(in desk.Input) slack.BlockElement {
	out := slack.NewDatePickerBlockElement(inputAction)
	if len(in.Initial) > 0 {
		if _, err := time.Parse(time.DateOnly, in.Initial[0]); err == nil {
			out.InitialDate = in.Initial[0]
		}
	}
	return out
}

func (c *blockBuilder) choice(in desk.Input) slack.BlockElement {
	out := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, inputAction)
	list := c.options(in.Options, maxOptions)
	out.Options, out.OptionGroups = list.all, list.groups
	if initial := list.find(in.Initial); len(initial) > 0 {
		out.InitialOption = initial[0]
	}
	return out
}

func (c *blockBuilder) choices(in desk.Input) slack.BlockElement {
	out := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeStatic, nil, inputAction)
	list := c.options(in.Options, maxOptions)
	out.Options, out.OptionGroups = list.all, list.groups
	out.InitialOptions = list.find(in.Initial)
	return out
}

func (c *blockBuilder) checks(in desk.Input) slack.BlockElement {
	if len(in.Options) > maxChecks {
		return c.choices(in)
	}
	ungrouped := slices.Clone(in.Options)
	for i := range ungrouped {
		ungrouped[i].Group = ""
	}
	list := c.options(ungrouped, maxChecks)
	out := slack.NewCheckboxGroupsBlockElement(inputAction, list.all...)
	out.InitialOptions = list.find(in.Initial)
	return out
}

// search draws a field whose options are loaded from the desk while the user types. Each
// initial value is one of the given options, or serves as its own label.
func (c *blockBuilder) search(in desk.Input) slack.BlockElement {
	list := c.options(in.Options, maxOptions)
	initial := list.find(in.Initial)
	for _, v := range in.Initial {
		if !slices.ContainsFunc(initial, func(o *slack.OptionBlockObject) bool { return o.Value == packer.Replace(v) }) {
			initial = append(initial, c.option(desk.Option{Value: v, Label: v}))
		}
	}
	least := 0
	if in.Kind == desk.InputSearchN {
		out := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeExternal, nil, inputAction)
		out.MinQueryLength, out.InitialOptions = &least, initial
		return out
	}
	out := slack.NewOptionsSelectBlockElement(slack.OptTypeExternal, nil, inputAction)
	out.MinQueryLength = &least
	if len(initial) > 0 {
		out.InitialOption = initial[0]
	}
	return out
}

// An optionList holds either all options, or the groups they are in.
type optionList struct {
	all    []*slack.OptionBlockObject
	groups []*slack.OptionGroupBlockObject
	byID   map[string]*slack.OptionBlockObject
}

// find returns the options with these values.
func (l optionList) find(values []string) (found []*slack.OptionBlockObject) {
	for _, v := range values {
		if o := l.byID[packer.Replace(v)]; o != nil && !slices.Contains(found, o) {
			found = append(found, o)
		}
	}
	return found
}

// options draws options, each value once, and adds a note if some are left out.
func (c *blockBuilder) options(all []desk.Option, most int) optionList {
	list := optionList{byID: map[string]*slack.OptionBlockObject{}}
	labels := map[string]*slack.OptionGroupBlockObject{}
	for _, each := range all {
		o := c.option(each)
		if list.byID[o.Value] != nil {
			continue
		}
		if len(list.byID) == most {
			c.block(desk.Fine{Text: c.say("slack.left_out")})
			break
		}
		list.byID[o.Value] = o
		list.put(o, each.Group, labels)
	}
	if len(list.groups) == 1 && list.groups[0].Label.Text == "–" {
		list.all, list.groups = list.groups[0].Options, nil
	}
	return list
}

// put adds an option to its group. Groups are in the order of their first options.
func (l *optionList) put(o *slack.OptionBlockObject, group string, labels map[string]*slack.OptionGroupBlockObject) {
	g := labels[group]
	if g == nil {
		g = slack.NewOptionGroupBlockElement(plain(group, maxOption))
		labels[group] = g
		l.groups = append(l.groups, g)
	}
	g.Options = append(g.Options, o)
}

func (c *blockBuilder) option(o desk.Option) *slack.OptionBlockObject {
	value := packer.Replace(o.Value)
	c.fail(fits("option "+o.Label, value, maxOptionValue))
	if value == "" {
		c.fail(fmt.Errorf("draw option %q: it has no value", o.Label))
	}
	return slack.NewOptionBlockObject(value, plain(o.Label, maxOption), nil)
}
