package blockkit

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
)

// notSent has the block types that are in no sample, since apps cannot send them.
var notSent = []string{"file"}

func TestSamplesBreakNoRule(t *testing.T) {
	for _, s := range samples {
		t.Run(s.name, func(t *testing.T) {
			var faults []Fault
			if isView(s.name) {
				faults = CheckView(read(t, s.name))
			} else {
				faults = CheckMessage(read(t, s.name), s.text)
			}
			wantCode(t, faults, "")
		})
	}
}

func TestSamplesHoldEveryTypeOfTheTables(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range samples {
		var v any
		if err := json.Unmarshal(read(t, s.name), &v); err != nil {
			t.Fatal(err)
		}
		collectTypes(v, seen)
	}
	for _, f := range []family{blocks, elements, texts, views, richParts, inlines, cells} {
		for name := range f {
			if !seen[name] && !slices.Contains(notSent, name) {
				t.Errorf("no sample holds a %s", name)
			}
		}
	}
}

func collectTypes(v any, seen map[string]bool) {
	switch v := v.(type) {
	case []any:
		for _, each := range v {
			collectTypes(each, seen)
		}
	case object:
		if name, ok := v["type"].(string); ok {
			seen[name] = true
		}
		for _, each := range v {
			collectTypes(each, seen)
		}
	}
}

func TestEverySchemaNamesItsPage(t *testing.T) {
	for _, f := range []family{blocks, elements, texts, views, richParts, inlines, cells, option, tick, entry, optionGroup,
		confirmation, dispatchConfig, conversationFilter, slackFile, workflow, columnSettings, feedback} {
		for name, s := range f {
			if !strings.HasPrefix(s.page, "block-kit/") && !strings.HasPrefix(s.page, "views/") {
				t.Errorf("%q: page %q", name, s.page)
			}
		}
	}
}

func TestFaultsNameThePageOfTheirRule(t *testing.T) {
	for _, tt := range []struct{ blocks, page string }{
		{`[{"type":"header"}]`, "block-kit/blocks/header-block"},
		{`[{"type":"header","text":{"type":"plain_text","text":""}}]`, "block-kit/composition-objects/text-object"},
		{"[" + inBlock(`{"type":"timepicker","initial_time":"noon"}`) + "]", "block-kit/block-elements/time-picker-element"},
		{`[{"type":"hologram"}]`, "methods/chat.postMessage"},
	} {
		faults := CheckMessage([]byte(tt.blocks), "x")
		if len(faults) != 1 || faults[0].Page != "https://docs.slack.dev/reference/"+tt.page {
			t.Errorf("%s: %+v, want one on the page %s", tt.blocks, faults, tt.page)
		}
	}
}

func TestTypesAreRefusedWhereSlackDoesNotShowThem(t *testing.T) {
	for _, tt := range []struct {
		name, block string
		on          surface
	}{
		{"markdown", `{"type":"markdown","text":"x"}`, inMessage},
		{"context_actions", `{"type":"context_actions","elements":[{"type":"icon_button","icon":"trash","text":` + aLabel + `}]}`, inMessage},
		{"table", `{"type":"table","rows":[[{"type":"raw_text","text":"x"}]]}`, inMessage},
		{"file", `{"type":"file","external_id":"x","source":"remote"}`, 0},
		{"header", `{"type":"header","text":` + aLabel + `}`, inMessage | inModal | inHome},
		{"plain_text_input", inInputBlock(`{"type":"plain_text_input"}`), inMessage | inModal | inHome},
		{"rich_text_input", inInputBlock(`{"type":"rich_text_input"}`), inModal | inHome},
		{"email_text_input", inInputBlock(`{"type":"email_text_input"}`), inModal},
		{"url_text_input", inInputBlock(`{"type":"url_text_input"}`), inModal},
		{"number_input", inInputBlock(`{"type":"number_input","is_decimal_allowed":true}`), inModal},
		{"file_input", inInputBlock(`{"type":"file_input"}`), inModal},
		{"datetimepicker", inInputBlock(`{"type":"datetimepicker"}`), inMessage | inModal},
		{"workflow_button", inBlock(`{"type":"workflow_button","text":` + aLabel + `,"workflow":{"trigger":{"url":"https://a.example/"}}}`), inMessage},
	} {
		checks := map[surface][]Fault{
			inMessage: CheckMessage([]byte("["+tt.block+"]"), "x"),
			inModal:   CheckView(aModal(tt.block)),
			inHome:    CheckView([]byte(`{"type":"home","blocks":[` + tt.block + `]}`)),
		}
		for _, where := range slices.Sorted(maps.Keys(checks)) {
			faults := checks[where]
			if allowed := tt.on&where != 0; allowed != (len(faults) == 0) {
				t.Errorf("%s on surface %d: faults %v, want them: %t", tt.name, where, faults, !allowed)
			} else if !allowed && faults[0].Message != "unsupported type: "+tt.name {
				t.Errorf("%s on surface %d: %v", tt.name, where, faults)
			}
		}
	}
}
