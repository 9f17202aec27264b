package slackio

import (
	"maps"
	"slices"

	"github.com/slack-go/slack"

	"verbale/bot/desk"
)

// again is the submitted modal, holding what was filled in, with the errors above it.
func (s *submission) again(wrong map[string]string) (slack.ModalViewRequest, error) {
	c := blockBuilder{Drawer: s.drawer(), window: true}
	for _, id := range slices.Sorted(maps.Keys(wrong)) {
		c.block(desk.Paragraph{Text: wrong[id], Strong: true})
	}
	given := fieldsOf(s.view)
	for _, b := range s.view.Blocks.BlockSet {
		if in, ok := b.(*slack.InputBlock); ok {
			refill(in, s.view.State.Values[in.BlockID][inputAction], given[inputID(in.BlockID)].values)
		}
		c.add(b)
	}
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: s.view.CallbackID, PrivateMetadata: s.view.PrivateMetadata,
		Title: s.view.Title, Close: s.view.Close, Submit: s.view.Submit,
		Blocks: slack.Blocks{BlockSet: c.within(maxViewBlocks)},
	}, c.err
}

// refill makes the value filled in the initial value of a field.
func refill(in *slack.InputBlock, state slack.BlockAction, values []string) {
	switch e := in.Element.(type) {
	case *slack.PlainTextInputBlockElement:
		e.InitialValue = firstOf(values...)
	case *slack.DatePickerBlockElement:
		e.InitialDate = firstOf(values...)
	case *slack.SelectBlockElement:
		e.InitialOption = nil
		if state.SelectedOption.Value != "" {
			e.InitialOption = &state.SelectedOption
		}
	case *slack.MultiSelectBlockElement:
		e.InitialOptions = pointers(state.SelectedOptions)
	case *slack.CheckboxGroupsBlockElement:
		e.InitialOptions = pointers(state.SelectedOptions)
	}
}

func pointers(options []slack.OptionBlockObject) (all []*slack.OptionBlockObject) {
	for i := range options {
		all = append(all, &options[i])
	}
	return all
}
