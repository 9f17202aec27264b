package blockkit

import (
	"fmt"
	"strings"
	"testing"
)

// A limit is a limit in Slack's reference. In the template § is replaced by that many characters,
// or ¤…¤ by that many copies of the enclosed text, in which # is replaced by the number of the
// copy.
type limit struct {
	name, template string
	most           int
	at             string // path of the fault if the limit is exceeded by one
}

// inBlock puts an element into an actions block.
func inBlock(element string) string {
	return `{"type":"actions","elements":[` + element + `]}`
}

func inInputBlock(element string) string {
	return `{"type":"input","label":` + aLabel + `,"element":` + element + `}`
}

const (
	aLabel = `{"type":"plain_text","text":"x"}`
	long   = `{"type":"plain_text","text":"§"}`
	anOpt  = `{"text":` + aLabel + `,"value":"#"}`
)

func aButton(field string) string { return inBlock(`{"type":"button","text":` + aLabel + field + `}`) }

func aMenu(fields string) string { return inBlock(`{"type":"static_select",` + fields + `}`) }

func aConfirm(title, text, yes, no string) string {
	return aButton(fmt.Sprintf(`,"confirm":{"title":%s,"text":%s,"confirm":%s,"deny":%s}`, title, text, yes, no))
}

var messageLimits = []limit{
	{"blocks", `¤{"type":"divider"}¤`, 50, "/blocks"},
	{"block_id", `{"type":"divider","block_id":"§"}`, 255, "/blocks/0/block_id"},
	{"header", `{"type":"header","text":` + long + `}`, 150, "/blocks/0/text/text"},
	{"section text", `{"type":"section","text":{"type":"mrkdwn","text":"§"}}`, 3000, "/blocks/0/text/text"},
	{"section fields", `{"type":"section","fields":[¤` + aLabel + `¤]}`, 10, "/blocks/0/fields"},
	{"section field", `{"type":"section","fields":[` + long + `]}`, 2000, "/blocks/0/fields/0/text"},
	{"context", `{"type":"context","elements":[¤` + aLabel + `¤]}`, 10, "/blocks/0/elements"},
	{"context text", `{"type":"context","elements":[` + long + `]}`, 3000, "/blocks/0/elements/0/text"},
	{"actions", `{"type":"actions","elements":[¤{"type":"datepicker"}¤]}`, 25, "/blocks/0/elements"},
	{"context actions", `{"type":"context_actions","elements":[¤{"type":"icon_button","icon":"trash","text":` + aLabel + `}¤]}`, 5, "/blocks/0/elements"},
	{"image alt text", `{"type":"image","image_url":"https://a.example/","alt_text":"§"}`, 2000, "/blocks/0/alt_text"},
	{"image title", `{"type":"image","image_url":"https://a.example/","alt_text":"x","title":` + long + `}`, 2000, "/blocks/0/title/text"},
	{"image url", `{"type":"image","image_url":"https://a.example/§","alt_text":"x"}`, 3000 - 18, "/blocks/0/image_url"},
	{"markdown", `{"type":"markdown","text":"§"}`, 12000, "/blocks/0/text"},
	{"video title", `{"type":"video","video_url":"https://a.example/","thumbnail_url":"https://a.example/","alt_text":"x","title":` + long + `}`, 199, "/blocks/0/title/text"},
	{"video author", `{"type":"video","video_url":"https://a.example/","thumbnail_url":"https://a.example/","alt_text":"x","title":` + aLabel + `,"author_name":"§"}`, 49, "/blocks/0/author_name"},
	{"table rows", `{"type":"table","rows":[¤[{"type":"raw_text","text":"x"}]¤]}`, 100, "/blocks/0/rows"},
	{"table cells", `{"type":"table","rows":[[¤{"type":"raw_text","text":"x"}¤]]}`, 20, "/blocks/0/rows/0"},
	{"input label", `{"type":"input","label":` + long + `,"element":{"type":"plain_text_input"}}`, 2000, "/blocks/0/label/text"},
	{"input hint", `{"type":"input","label":` + aLabel + `,"hint":` + long + `,"element":{"type":"plain_text_input"}}`, 2000, "/blocks/0/hint/text"},

	{"action_id", aButton(`,"action_id":"§"`), 255, "/blocks/0/elements/0/action_id"},
	{"button text", inBlock(`{"type":"button","text":` + long + `}`), 75, "/blocks/0/elements/0/text/text"},
	{"button value", aButton(`,"value":"§"`), 2000, "/blocks/0/elements/0/value"},
	{"button url", aButton(`,"url":"https://a.example/§"`), 3000 - 18, "/blocks/0/elements/0/url"},
	{"button label", aButton(`,"accessibility_label":"§"`), 75, "/blocks/0/elements/0/accessibility_label"},
	{"confirm title", aConfirm(long, aLabel, aLabel, aLabel), 100, "/blocks/0/elements/0/confirm/title/text"},
	{"confirm text", aConfirm(aLabel, long, aLabel, aLabel), 300, "/blocks/0/elements/0/confirm/text/text"},
	{"confirm yes", aConfirm(aLabel, aLabel, long, aLabel), 30, "/blocks/0/elements/0/confirm/confirm/text"},
	{"confirm no", aConfirm(aLabel, aLabel, aLabel, long), 30, "/blocks/0/elements/0/confirm/deny/text"},

	{"options", aMenu(`"options":[¤` + anOpt + `¤]`), 100, "/blocks/0/elements/0/options"},
	{"option groups", aMenu(`"option_groups":[¤{"label":` + aLabel + `,"options":[` + anOpt + `]}¤]`), 100, "/blocks/0/elements/0/option_groups"},
	{"options of a group", aMenu(`"option_groups":[{"label":` + aLabel + `,"options":[¤` + anOpt + `¤]}]`), 100, "/blocks/0/elements/0/option_groups/0/options"},
	{"group label", aMenu(`"option_groups":[{"label":` + long + `,"options":[` + anOpt + `]}]`), 75, "/blocks/0/elements/0/option_groups/0/label/text"},
	{"option text", aMenu(`"options":[{"text":` + long + `,"value":"1"}]`), 75, "/blocks/0/elements/0/options/0/text/text"},
	{"option value", aMenu(`"options":[{"text":` + aLabel + `,"value":"§"}]`), 150, "/blocks/0/elements/0/options/0/value"},
	{"option description", aMenu(`"options":[{"text":` + aLabel + `,"value":"1","description":` + long + `}]`), 75, "/blocks/0/elements/0/options/0/description/text"},
	{"placeholder", aMenu(`"options":[` + anOpt + `],"placeholder":` + long), 150, "/blocks/0/elements/0/placeholder/text"},
	{"overflow", inBlock(`{"type":"overflow","options":[¤` + anOpt + `¤]}`), 5, "/blocks/0/elements/0/options"},
	{"radio buttons", inBlock(`{"type":"radio_buttons","options":[¤` + anOpt + `¤]}`), 10, "/blocks/0/elements/0/options"},
	{"checkboxes", inBlock(`{"type":"checkboxes","options":[¤` + anOpt + `¤]}`), 10, "/blocks/0/elements/0/options"},
}

func TestLimitsOfMessages(t *testing.T) {
	for _, l := range messageLimits {
		t.Run(l.name, func(t *testing.T) {
			check := func(n int) []Fault { return CheckMessage([]byte("["+l.filled(n)+"]"), "x") }
			l.test(t, check)
		})
	}
}

var modalLimits = []limit{
	{"title", `"title":` + long + `,"blocks":[]`, 24, "/view/title/text"},
	{"submit", `"title":` + aLabel + `,"submit":` + long + `,"blocks":[]`, 24, "/view/submit/text"},
	{"close", `"title":` + aLabel + `,"close":` + long + `,"blocks":[]`, 24, "/view/close/text"},
	{"callback_id", `"title":` + aLabel + `,"callback_id":"§","blocks":[]`, 255, "/view/callback_id"},
	{"private_metadata", `"title":` + aLabel + `,"private_metadata":"§","blocks":[]`, 3000, "/view/private_metadata"},
	{"external_id", `"title":` + aLabel + `,"external_id":"§","blocks":[]`, 255, "/view/external_id"},
	{"blocks", `"title":` + aLabel + `,"blocks":[¤{"type":"divider"}¤]`, 100, "/view/blocks"},
}

func TestLimitsOfModals(t *testing.T) {
	for _, l := range modalLimits {
		t.Run(l.name, func(t *testing.T) {
			check := func(n int) []Fault { return CheckView([]byte(`{"type":"modal",` + l.filled(n) + `}`)) }
			l.test(t, check)
		})
	}
}

// test checks the limit itself and one more.
func (l limit) test(t *testing.T, check func(int) []Fault) {
	t.Helper()
	if faults := check(l.most); len(faults) > 0 {
		t.Errorf("%d: %v", l.most, faults)
	}
	faults := check(l.most + 1)
	if len(faults) == 0 {
		t.Fatalf("%d: no fault", l.most+1)
	}
	if faults[0].Path != l.at {
		t.Errorf("%d: %v, want it at %s", l.most+1, faults, l.at)
	}
}

// filled returns the template with n characters or copies. The characters are Cyrillic, since
// Slack counts characters and not bytes.
func (l limit) filled(n int) string {
	before, rest, copied := strings.Cut(l.template, "¤")
	if !copied {
		return strings.ReplaceAll(l.template, "§", strings.Repeat("ж", n))
	}
	each, after, _ := strings.Cut(rest, "¤")
	var copies []string
	for i := range n {
		copies = append(copies, strings.ReplaceAll(each, "#", fmt.Sprint(i)))
	}
	return before + strings.Join(copies, ",") + after
}

func TestLimitsOfAWhole(t *testing.T) {
	markdown := func(n int) string { return `{"type":"markdown","text":"` + strings.Repeat("x", n) + `"}` }
	view := func(n int) string {
		return `{"type":"home","blocks":[]}` + strings.Repeat(" ", n-len(`{"type":"home","blocks":[]}`))
	}
	for _, tt := range []struct {
		name   string
		faults []Fault
		want   string
	}{
		{"text", CheckMessage(nil, strings.Repeat("ж", 40_000)), ""},
		{"text too long", CheckMessage(nil, strings.Repeat("ж", 40_001)), "msg_too_long"},
		{"markdown together", CheckMessage([]byte("["+markdown(6000)+","+markdown(6000)+"]"), "x"), ""},
		{"markdown together too long", CheckMessage([]byte("["+markdown(6000)+","+markdown(6001)+"]"), "x"), "msg_blocks_too_long"},
		{"view", CheckView([]byte(view(250_000))), ""},
		{"view too large", CheckView([]byte(view(250_001))), "view_too_large"},
	} {
		t.Run(tt.name, func(t *testing.T) { wantCode(t, tt.faults, tt.want) })
	}
}

// wantCode fails the test unless there is one fault with the code, or none if the code is "".
func wantCode(t *testing.T, faults []Fault, code string) {
	t.Helper()
	switch {
	case code == "" && len(faults) > 0:
		t.Errorf("faults %v", faults)
	case code != "" && (len(faults) != 1 || faults[0].Code != code):
		t.Errorf("faults %v, want one of %s", faults, code)
	}
}
