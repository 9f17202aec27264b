package blockkit

// texts are the two text objects. The length of their text is bounded again where
// they stand.
var texts = family{
	"plain_text": {
		page:   "block-kit/composition-objects/text-object",
		fields: fields{"text": word(3000).must(), "emoji": flag},
	},
	"mrkdwn": {
		page:   "block-kit/composition-objects/text-object",
		fields: fields{"text": word(3000).must(), "verbatim": flag},
	},
}

// option is an option of a menu.
var option = family{"": {
	page: "block-kit/composition-objects/option-object",
	fields: fields{
		"text":        plain(75).must(),
		"value":       word(150).must(),
		"description": plain(75),
	},
}}

// tick is an option of radio buttons and checkboxes: its text may be formatted.
var tick = family{"": {
	page: "block-kit/composition-objects/option-object",
	fields: fields{
		"text":        text(75).must(),
		"value":       word(150).must(),
		"description": text(75),
	},
}}

// entry is an option of an overflow menu, which may open a page.
var entry = family{"": {
	page: "block-kit/composition-objects/option-object",
	fields: fields{
		"text":        plain(75).must(),
		"value":       word(150).must(),
		"description": plain(75),
		"url":         formed(3000, absoluteURL),
	},
}}

var optionGroup = family{"": {
	page: "block-kit/composition-objects/option-group-object",
	fields: fields{
		"label":   plain(75).must(),
		"options": list(1, 100, one(option)).must(),
	},
}}

var confirmation = family{"": {
	page: "block-kit/composition-objects/confirmation-dialog-object",
	fields: fields{
		"title":   plain(100).must(),
		"text":    plain(300).must(),
		"confirm": plain(30).must(),
		"deny":    plain(30).must(),
		"style":   colour,
	},
}}

var dispatchConfig = family{"": {
	page: "block-kit/composition-objects/dispatch-action-configuration-object",
	fields: fields{
		"trigger_actions_on": list(1, 2, choice("on_enter_pressed", "on_character_entered")),
	},
}}

var conversationFilter = family{"": {
	page: "block-kit/composition-objects/conversation-filter-object",
	fields: fields{
		"include":                          list(1, 4, choice("im", "mpim", "private", "public")),
		"exclude_external_shared_channels": flag,
		"exclude_bot_users":                flag,
	},
	anyOf: []string{"include", "exclude_external_shared_channels", "exclude_bot_users"},
}}

var slackFile = family{"": {
	page:   "block-kit/composition-objects/slack-file-object",
	fields: fields{"id": word(0), "url": formed(0, absoluteURL)},
	oneOf:  []string{"id", "url"},
}}

var workflow = family{"": {
	page: "block-kit/composition-objects/workflow-object",
	fields: fields{"trigger": one(family{"": {
		page: "block-kit/composition-objects/trigger-object",
		fields: fields{
			"url": formed(3000, absoluteURL).must(),
			"customizable_input_parameters": list(0, 0, one(family{"": {
				page:   "block-kit/composition-objects/trigger-object",
				fields: fields{"name": word(0).must(), "value": word(0).must()},
			}})),
		},
	}}).must()},
}}

var colour = choice("primary", "danger")

// views are the two kinds of views that an app may show.
var views = family{
	"modal": {
		page:   "views/modal-views",
		on:     inModal,
		shared: []fields{view},
		fields: fields{
			"title":           plain(24).must(),
			"submit":          plain(24),
			"close":           plain(24),
			"clear_on_close":  flag,
			"notify_on_close": flag,
		},
		rules: []rule{submitWithInputs},
	},
	"home": {
		page:   "views/home-tab-views",
		on:     inHome,
		shared: []fields{view},
	},
}

var view = fields{
	"blocks":           list(0, 100, one(blocks)).must(),
	"private_metadata": note(3000),
	"callback_id":      note(255),
	"external_id":      note(255),
}
