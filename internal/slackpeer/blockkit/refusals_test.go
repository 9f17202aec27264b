package blockkit

import "testing"

// Blocks that Slack refuses for reasons other than size, with the error message. Messages known
// from Slack's responses are verbatim.
var refusals = []struct {
	name, good, bad, want string
}{
	{"an unknown block", `{"type":"divider"}`, `{"type":"hologram"}`,
		"[ERROR] unsupported type: hologram [json-pointer:/blocks/0/type]"},
	{"a block without a type", `{"type":"divider"}`, `{"block_id":"x"}`,
		"[ERROR] missing required field: type [json-pointer:/blocks/0]"},
	{"a type that is no string", `{"type":"divider"}`, `{"type":1}`,
		"[ERROR] must provide a string [json-pointer:/blocks/0/type]"},
	{"an unknown field", `{"type":"divider"}`, `{"type":"divider","color":"red"}`,
		"[ERROR] invalid additional property: color [json-pointer:/blocks/0]"},
	{"a block that is no object", `{"type":"divider"}`, `"divider"`,
		"[ERROR] must provide an object [json-pointer:/blocks/0]"},
	{"no text", `{"type":"header","text":` + aLabel + `}`, `{"type":"header"}`,
		"[ERROR] missing required field: text [json-pointer:/blocks/0]"},
	{"an empty text", `{"type":"section","text":` + aLabel + `}`, `{"type":"section","text":{"type":"mrkdwn","text":""}}`,
		"[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]"},
	{"a section of nothing", `{"type":"section","fields":[` + aLabel + `]}`, `{"type":"section"}`,
		"[ERROR] must define either `text` or `fields` [json-pointer:/blocks/0]"},
	{"a header with formatting", `{"type":"header","text":` + aLabel + `}`, `{"type":"header","text":{"type":"mrkdwn","text":"x"}}`,
		"[ERROR] unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]"},
	{"plain text that is verbatim", `{"type":"section","text":{"type":"mrkdwn","text":"x","verbatim":true}}`, `{"type":"section","text":{"type":"plain_text","text":"x","verbatim":true}}`,
		"[ERROR] invalid additional property: verbatim [json-pointer:/blocks/0/text]"},
	{"mrkdwn with emoji", `{"type":"section","text":{"type":"plain_text","text":"x","emoji":true}}`, `{"type":"section","text":{"type":"mrkdwn","text":"x","emoji":true}}`,
		"[ERROR] invalid additional property: emoji [json-pointer:/blocks/0/text]"},
	{"a flag in quotes", `{"type":"section","expand":true,"text":` + aLabel + `}`, `{"type":"section","expand":"true","text":` + aLabel + `}`,
		"[ERROR] must provide a boolean [json-pointer:/blocks/0/expand]"},
	{"an image twice named", `{"type":"image","alt_text":"x","image_url":"https://a.example/"}`, `{"type":"image","alt_text":"x","image_url":"https://a.example/","slack_file":{"id":"F1"}}`,
		"[ERROR] must define only one of `image_url` or `slack_file` [json-pointer:/blocks/0]"},
	{"a file by id and URL", `{"type":"image","alt_text":"x","slack_file":{"id":"F1"}}`, `{"type":"image","alt_text":"x","slack_file":{"id":"F1","url":"https://a.example/"}}`,
		"[ERROR] must define only one of `id` or `url` [json-pointer:/blocks/0/slack_file]"},
	{"a block_id twice", `{"type":"divider","block_id":"a"},{"type":"divider","block_id":"b"}`, `{"type":"divider","block_id":"a"},{"type":"divider","block_id":"a"}`,
		"[ERROR] `block_id` \"a\" already exists [json-pointer:/blocks/1/block_id]"},
	{"an action_id twice in a block", aButton(`,"action_id":"a"`) + "," + aButton(`,"action_id":"a"`),
		inBlock(`{"type":"datepicker","action_id":"a"},{"type":"timepicker","action_id":"a"}`),
		"[ERROR] `action_id` \"a\" already exists [json-pointer:/blocks/0/elements/1/action_id]"},
	{"no elements", inBlock(`{"type":"datepicker"}`), inBlock(``),
		"[ERROR] no fewer than 1 items allowed [json-pointer:/blocks/0/elements]"},
	{"elements in no list", inBlock(`{"type":"datepicker"}`), `{"type":"actions","elements":{}}`,
		"[ERROR] must provide an array [json-pointer:/blocks/0/elements]"},
	{"an input among actions", inBlock(`{"type":"datepicker"}`), inBlock(`{"type":"plain_text_input"}`),
		"[ERROR] unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]"},
	{"a button in an input", inInputBlock(`{"type":"datepicker"}`), inInputBlock(`{"type":"button","text":` + aLabel + `}`),
		"[ERROR] unsupported type: button [json-pointer:/blocks/0/element/type]"},
	{"a button in a context", `{"type":"context","elements":[` + aLabel + `]}`, `{"type":"context","elements":[{"type":"button","text":` + aLabel + `}]}`,
		"[ERROR] unsupported type: button [json-pointer:/blocks/0/elements/0/type]"},
	{"a style that there is not", aButton(`,"style":"danger"`), aButton(`,"style":"default"`),
		"[ERROR] must be one of: primary, danger [json-pointer:/blocks/0/elements/0/style]"},
	{"an address that is none", aButton(`,"url":"https://a.example/"`), aButton(`,"url":"a page"`),
		"[ERROR] must be a valid URL [json-pointer:/blocks/0/elements/0/url]"},
	{"an empty value", aButton(`,"value":"x"`), aButton(`,"value":""`),
		"[ERROR] must be more than 0 characters [json-pointer:/blocks/0/elements/0/value]"},
	{"a question with formatting", aConfirm(aLabel, aLabel, aLabel, aLabel), aConfirm(aLabel, `{"type":"mrkdwn","text":"x"}`, aLabel, aLabel),
		"[ERROR] unsupported type: mrkdwn [json-pointer:/blocks/0/elements/0/confirm/text/type]"},
	{"a menu without options", aMenu(`"options":[` + anOpt + `]`), aMenu(`"options":[]`),
		"[ERROR] no fewer than 1 items allowed [json-pointer:/blocks/0/elements/0/options]"},
	{"a menu with neither options nor groups", aMenu(`"options":[` + anOpt + `]`), inBlock(`{"type":"static_select"}`),
		"[ERROR] must define only one of `options` or `option_groups` [json-pointer:/blocks/0/elements/0]"},
	{"an option with an address in a menu", inBlock(`{"type":"overflow","options":[{"text":` + aLabel + `,"value":"1","url":"https://a.example/"}]}`),
		aMenu(`"options":[{"text":` + aLabel + `,"value":"1","url":"https://a.example/"}]`),
		"[ERROR] invalid additional property: url [json-pointer:/blocks/0/elements/0/options/0]"},
	{"an option with formatting in a menu", inBlock(`{"type":"radio_buttons","options":[{"text":{"type":"mrkdwn","text":"x"},"value":"1"}]}`),
		aMenu(`"options":[{"text":{"type":"mrkdwn","text":"x"},"value":"1"}]`),
		"[ERROR] unsupported type: mrkdwn [json-pointer:/blocks/0/elements/0/options/0/text/type]"},
	{"a value of two options", aMenu(`"options":[{"text":` + aLabel + `,"value":"1"},{"text":` + aLabel + `,"value":"2"}]`),
		aMenu(`"option_groups":[{"label":` + aLabel + `,"options":[` + anOpt + `,` + anOpt + `]}]`),
		"[ERROR] `value` \"#\" already exists [json-pointer:/blocks/0/elements/0/option_groups/0/options/1/value]"},
	{"chosen, but no option", aMenu(`"options":[` + anOpt + `],"initial_option":` + anOpt), aMenu(`"options":[` + anOpt + `],"initial_option":{"text":{"type":"plain_text","text":"y"},"value":"#"}`),
		"[ERROR] must match one of the options [json-pointer:/blocks/0/elements/0/initial_option]"},
	{"ticked, but no option", inBlock(`{"type":"checkboxes","options":[` + anOpt + `],"initial_options":[` + anOpt + `]}`),
		inBlock(`{"type":"checkboxes","options":[` + anOpt + `],"initial_options":[{"text":` + aLabel + `,"value":"2"}]}`),
		"[ERROR] must match one of the options [json-pointer:/blocks/0/elements/0/initial_options/0]"},
	{"more chosen than may be", inBlock(`{"type":"multi_users_select","max_selected_items":1,"initial_users":["U1"]}`), inBlock(`{"type":"multi_users_select","max_selected_items":1,"initial_users":["U1","U2"]}`),
		"[ERROR] no more than 1 items allowed [json-pointer:/blocks/0/elements/0/initial_users]"},
	{"a filter of nothing", inBlock(`{"type":"conversations_select","filter":{"include":["im"]}}`), inBlock(`{"type":"conversations_select","filter":{}}`),
		"[ERROR] must define either `include` or `exclude_external_shared_channels` or `exclude_bot_users` [json-pointer:/blocks/0/elements/0/filter]"},
	{"no such day", inBlock(`{"type":"datepicker","initial_date":"2028-02-29"}`), inBlock(`{"type":"datepicker","initial_date":"2027-02-29"}`),
		"[ERROR] must be a date in the format YYYY-MM-DD [json-pointer:/blocks/0/elements/0/initial_date]"},
	{"no such time", inBlock(`{"type":"timepicker","initial_time":"09:05"}`), inBlock(`{"type":"timepicker","initial_time":"9:05"}`),
		"[ERROR] must be a time in the format HH:mm [json-pointer:/blocks/0/elements/0/initial_time]"},
	{"milliseconds", inBlock(`{"type":"datetimepicker","initial_date_time":1790000000}`), inBlock(`{"type":"datetimepicker","initial_date_time":1790000000000}`),
		"[ERROR] must be less than or equal to 9999999999 [json-pointer:/blocks/0/elements/0/initial_date_time]"},
	{"a video without HTTPS", `{"type":"video","title":` + aLabel + `,"alt_text":"x","thumbnail_url":"http://a.example/","video_url":"https://a.example/"}`,
		`{"type":"video","title":` + aLabel + `,"alt_text":"x","thumbnail_url":"http://a.example/","video_url":"http://a.example/"}`,
		"[ERROR] must be a valid HTTPS URL [json-pointer:/blocks/0/video_url]"},
	{"a mention in preformatted text", `{"type":"rich_text","elements":[{"type":"rich_text_quote","elements":[{"type":"user","user_id":"U1"}]}]}`,
		`{"type":"rich_text","elements":[{"type":"rich_text_preformatted","elements":[{"type":"user","user_id":"U1"}]}]}`,
		"[ERROR] unsupported type: user [json-pointer:/blocks/0/elements/0/elements/0/type]"},
	{"a number in quotes in a table", `{"type":"table","rows":[[{"type":"raw_number","text":"1","value":-1.5}]]}`, `{"type":"table","rows":[[{"type":"raw_number","text":"1","value":"1"}]]}`,
		"[ERROR] must provide a number [json-pointer:/blocks/0/rows/0/0/value]"},
}

func TestRefusalsOfMessages(t *testing.T) {
	for _, tt := range refusals {
		t.Run(tt.name, func(t *testing.T) {
			if faults := CheckMessage([]byte("["+tt.good+"]"), "x"); len(faults) > 0 {
				t.Errorf("good, but %v", faults)
			}
			wantOne(t, CheckMessage([]byte("["+tt.bad+"]"), "x"), CodeBlocks, tt.want)
		})
	}
}

// Blocks that Slack refuses in modals.
var modalRefusals = []struct {
	name, good, bad, want string
}{
	{"an initial text that is too long", aTextInput(`"max_length":2,"initial_value":"жж"`), aTextInput(`"max_length":2,"initial_value":"жжж"`),
		"[ERROR] must be less than 3 characters [json-pointer:/view/blocks/0/element/initial_value]"},
	{"an initial text that is too short", aTextInput(`"min_length":2,"initial_value":"жж"`), aTextInput(`"min_length":2,"initial_value":"ж"`),
		"[ERROR] must be more than 1 characters [json-pointer:/view/blocks/0/element/initial_value]"},
	{"an empty initial text", aTextInput(`"multiline":true`), aTextInput(`"initial_value":""`),
		"[ERROR] must be more than 0 characters [json-pointer:/view/blocks/0/element/initial_value]"},
	{"a longest text beyond Slack's", aTextInput(`"max_length":3000`), aTextInput(`"max_length":3001`),
		"[ERROR] must be less than or equal to 3000 [json-pointer:/view/blocks/0/element/max_length]"},
	{"a longest text of nothing", aTextInput(`"max_length":1`), aTextInput(`"max_length":0`),
		"[ERROR] must be greater than or equal to 1 [json-pointer:/view/blocks/0/element/max_length]"},
	{"a longest text in quotes", aTextInput(`"max_length":1`), aTextInput(`"max_length":"1"`),
		"[ERROR] must provide an integer [json-pointer:/view/blocks/0/element/max_length]"},
	{"least above most", aTextInput(`"min_length":2,"max_length":2`), aTextInput(`"min_length":3,"max_length":2`),
		"[ERROR] must be less than or equal to 2 [json-pointer:/view/blocks/0/element/min_length]"},
	{"a number below the least", aNumberInput(`"min_value":"1","initial_value":"1"`), aNumberInput(`"min_value":"1","initial_value":"0"`),
		"[ERROR] must be greater than or equal to 1 [json-pointer:/view/blocks/0/element/initial_value]"},
	{"a number above the most", aNumberInput(`"max_value":"9","initial_value":"9"`), aNumberInput(`"max_value":"9","initial_value":"10"`),
		"[ERROR] must be less than or equal to 9 [json-pointer:/view/blocks/0/element/initial_value]"},
	{"a fraction", aNumberInput(`"initial_value":"-2"`), aNumberInput(`"initial_value":"-2.5"`),
		"[ERROR] must be an integer [json-pointer:/view/blocks/0/element/initial_value]"},
	{"no number", aNumberInput(`"max_value":"9"`), aNumberInput(`"max_value":"nine"`),
		"[ERROR] must be a number [json-pointer:/view/blocks/0/element/max_value]"},
	{"least number above most", aNumberInput(`"min_value":"9","max_value":"9"`), aNumberInput(`"min_value":"10","max_value":"9"`),
		"[ERROR] must be less than or equal to 9 [json-pointer:/view/blocks/0/element/min_value]"},
	{"actions of a file input", inInputBlock(`{"type":"file_input","max_files":10}`), `{"type":"input","dispatch_action":true,"label":` + aLabel + `,"element":{"type":"file_input"}}`,
		"[ERROR] unsupported type: file_input [json-pointer:/view/blocks/0/element/type]"},
	{"too many files", inInputBlock(`{"type":"file_input","max_files":10}`), inInputBlock(`{"type":"file_input","max_files":11}`),
		"[ERROR] must be less than or equal to 10 [json-pointer:/view/blocks/0/element/max_files]"},
	{"two in focus", inInputBlock(`{"type":"datepicker","focus_on_load":true}`) + "," + inInputBlock(`{"type":"datepicker"}`),
		inInputBlock(`{"type":"datepicker","focus_on_load":true}`) + "," + inInputBlock(`{"type":"datepicker","focus_on_load":true}`),
		"[ERROR] only one element can have `focus_on_load` set to true [json-pointer:/view/blocks/1/element/focus_on_load]"},
	{"a block_id twice", `{"type":"divider","block_id":"a"}`, `{"type":"divider","block_id":"a"},{"type":"divider","block_id":"a"}`,
		"[ERROR] `block_id` \"a\" already exists [json-pointer:/view/blocks/1/block_id]"},
}

func aTextInput(fields string) string {
	return inInputBlock(`{"type":"plain_text_input",` + fields + `}`)
}

func aNumberInput(fields string) string {
	return inInputBlock(`{"type":"number_input","is_decimal_allowed":false,` + fields + `}`)
}

func aModal(blocks string) []byte {
	return []byte(`{"type":"modal","title":` + aLabel + `,"submit":` + aLabel + `,"blocks":[` + blocks + `]}`)
}

func TestRefusalsOfModals(t *testing.T) {
	for _, tt := range modalRefusals {
		t.Run(tt.name, func(t *testing.T) {
			if faults := CheckView(aModal(tt.good)); len(faults) > 0 {
				t.Errorf("good, but %v", faults)
			}
			wantOne(t, CheckView(aModal(tt.bad)), CodeView, tt.want)
		})
	}
}

func TestRefusalsOfViews(t *testing.T) {
	input := inInputBlock(`{"type":"datepicker"}`)
	for _, tt := range []struct{ name, view, want string }{
		{"inputs without a submit", `{"type":"modal","title":` + aLabel + `,"blocks":[` + input + `]}`,
			"[ERROR] missing required field: submit [json-pointer:/view]"},
		{"a home tab with inputs needs none", `{"type":"home","blocks":[` + input + `]}`, ""},
		{"a modal without a title", `{"type":"modal","blocks":[]}`,
			"[ERROR] missing required field: title [json-pointer:/view]"},
		{"a home tab with a title", `{"type":"home","title":` + aLabel + `,"blocks":[]}`,
			"[ERROR] invalid additional property: title [json-pointer:/view]"},
		{"a field of another kind of view", `{"type":"modal","title":` + aLabel + `,"submit_disabled":true,"blocks":[]}`,
			"[ERROR] invalid additional property: submit_disabled [json-pointer:/view]"},
		{"no blocks", `{"type":"home"}`, "[ERROR] missing required field: blocks [json-pointer:/view]"},
		{"another kind of view", `{"type":"workflow_step","blocks":[]}`,
			"[ERROR] unsupported type: workflow_step [json-pointer:/view/type]"},
		{"no object", `[]`, "[ERROR] must provide an object [json-pointer:/view]"},
		{"no JSON", `{`, "[ERROR] must provide an object [json-pointer:/view]"},
		{"more than JSON", `{"type":"home","blocks":[]}}`, "[ERROR] must provide an object [json-pointer:/view]"},
		{"nothing", ``, "[ERROR] must provide an object [json-pointer:/view]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			faults := CheckView([]byte(tt.view))
			if tt.want == "" {
				wantCode(t, faults, "")
				return
			}
			wantOne(t, faults, CodeView, tt.want)
		})
	}
}

func TestBlocksMustBeAnArray(t *testing.T) {
	for _, tt := range []struct{ name, blocks, text, want string }{
		{"none, but a text", ``, "x", ""},
		{"null, but a text", `null`, "x", ""},
		{"an empty array, but a text", `[]`, "x", ""},
		{"blocks, but no text", `[{"type":"divider"}]`, "", ""},
		{"neither", ``, "", CodeNoText},
		{"an empty array, no text", `[]`, "", CodeNoText},
		{"an object", `{"blocks":[]}`, "x", CodeBlocksFormat},
		{"no JSON", `[`, "x", CodeBlocksFormat},
		{"an array and more", `[]]`, "x", CodeBlocksFormat},
	} {
		t.Run(tt.name, func(t *testing.T) { wantCode(t, CheckMessage([]byte(tt.blocks), tt.text), tt.want) })
	}
}

func wantOne(t *testing.T, faults []Fault, code, want string) {
	t.Helper()
	if len(faults) != 1 || faults[0].String() != want || faults[0].Code != code {
		t.Errorf("got %v, want %s as %s", faults, want, code)
	}
}
