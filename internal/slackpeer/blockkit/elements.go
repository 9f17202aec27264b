package blockkit

// The fields that many elements have.
var (
	actionable   = fields{"action_id": word(255)}
	confirmable  = fields{"confirm": one(confirmation)}
	focusable    = fields{"focus_on_load": flag}
	prompting    = fields{"placeholder": plain(150)}
	dispatchable = fields{"dispatch_action_config": one(dispatchConfig)}
	several      = fields{"max_selected_items": whole(1, 0)}
	answering    = fields{"response_url_enabled": flag}
	labelled     = fields{"accessibility_label": word(75)}
	listed       = fields{
		"options":       list(1, 100, one(option)),
		"option_groups": list(1, 100, one(optionGroup)),
	}
	conversational = fields{
		"default_to_current_conversation": flag,
		"filter":                          one(conversationFilter),
	}
	ids = list(1, 0, word(0))
)

var (
	menu      = []fields{actionable, confirmable, focusable, prompting}
	multiMenu = append([]fields{several}, menu...)
	typed     = []fields{actionable, dispatchable, focusable, prompting}
)

const selectPage, multiSelectPage = "block-kit/block-elements/select-menu-element", "block-kit/block-elements/multi-select-menu-element"

// elements are the parts of blocks, after
// https://docs.slack.dev/reference/block-kit/block-elements; where they may stand is
// its table of surfaces.
var elements = buttons.with(menus).with(pickers).with(inputs).with(family{
	"image": {
		page:   "block-kit/block-elements/image-element",
		shared: []fields{pictured},
		fields: fields{"alt_text": word(2000).must()},
		oneOf:  []string{"image_url", "slack_file"},
	},
})

// What may stand in the blocks that take elements.
var (
	inSection = elements.only("button", "checkboxes", "datepicker", "image", "overflow", "radio_buttons", "timepicker",
		"workflow_button").with(menus)
	inActions = elements.only("button", "checkboxes", "datepicker", "datetimepicker", "overflow", "radio_buttons",
		"timepicker", "workflow_button").with(menus)
	inInput = elements.only("checkboxes", "radio_buttons").with(pickers).with(menus).with(inputs)
)

var buttons = family{
	"button": {
		page:   "block-kit/block-elements/button-element",
		shared: []fields{actionable, confirmable, labelled},
		fields: fields{
			"text":  plain(75).must(),
			"url":   formed(3000, absoluteURL),
			"value": word(2000),
			"style": colour,
		},
	},
	"checkboxes": {
		page:   "block-kit/block-elements/checkboxes-element",
		shared: []fields{actionable, confirmable, focusable},
		fields: fields{
			"options":         list(1, 10, one(tick)).must(),
			"initial_options": list(1, 10, one(tick)),
		},
		rules: []rule{valuesDiffer, initialAmongOptions},
	},
	"feedback_buttons": {
		page:   "block-kit/block-elements/feedback-buttons-element",
		shared: []fields{actionable},
		fields: fields{"positive_button": one(feedback).must(), "negative_button": one(feedback).must()},
	},
	"icon_button": {
		page:   "block-kit/block-elements/icon-button-element",
		shared: []fields{actionable, confirmable, labelled},
		fields: fields{
			"icon":                choice("trash").must(),
			"text":                plain(75).must(),
			"value":               word(2000),
			"visible_to_user_ids": ids,
		},
	},
	"overflow": {
		page:   "block-kit/block-elements/overflow-menu-element",
		shared: []fields{actionable, confirmable},
		fields: fields{"options": list(1, 5, one(entry)).must()},
		rules:  []rule{valuesDiffer},
	},
	"radio_buttons": {
		page:   "block-kit/block-elements/radio-button-group-element",
		shared: []fields{actionable, confirmable, focusable},
		fields: fields{
			"options":        list(1, 10, one(tick)).must(),
			"initial_option": one(tick),
		},
		rules: []rule{valuesDiffer, initialAmongOptions},
	},
	"workflow_button": {
		page:   "block-kit/block-elements/workflow-button-element",
		on:     inMessage,
		shared: []fields{actionable, confirmable, labelled},
		fields: fields{"text": plain(75).must(), "workflow": one(workflow).must(), "style": colour},
	},
}

var feedback = family{"": {
	page:   "block-kit/block-elements/feedback-buttons-element",
	shared: []fields{labelled},
	fields: fields{"text": plain(75).must(), "value": word(2000).must()},
}}
