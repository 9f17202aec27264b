package blockkit

import (
	"encoding/json"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"verbale/internal/golden"
)

// drawnHTML returns the HTML of a file of testdata or of any blocks.
func drawnHTML(t testing.TB, h *HTML, view bool, raw []byte, text string) string {
	t.Helper()
	var page string
	if view {
		v, _ := ParseView(raw) // invalid parts are omitted
		drawn, err := h.Blocks(v, "place")
		if err != nil {
			t.Fatal(err)
		}
		page = string(drawn)
	} else {
		m, _ := ParseMessage(raw, text)
		drawn, err := h.Message(m, "place")
		if err != nil {
			t.Fatal(err)
		}
		page = string(drawn)
	}
	return page
}

var named, nameless = htmlWith(Names{
	Of:       func(kind SpanKind, target string) string { return map[string]string{"U1": "Ana"}[target] },
	Everyone: func(string) []Option { return []Option{{Value: "U1", Text: &Text{Type: PlainText, Text: "Ana"}}} },
	Emoji:    func(code string) string { return map[string]string{"wave": "👋"}[code] },
}), htmlWith(Names{})

func htmlWith(names Names) *HTML {
	h, err := NewHTML(names)
	if err != nil {
		panic(err)
	}
	return h
}

func TestHTML(t *testing.T) {
	for _, d := range samples {
		t.Run(d.name, func(t *testing.T) {
			got := drawnHTML(t, named, isView(d.name), read(t, d.name), d.text)
			golden.Compare(t, "testdata/"+d.name+".html", strings.ReplaceAll(got, "><div", ">\n<div")+"\n")
		})
	}
}

// tagsOf returns the elements of a page with their attributes.
func tagsOf(page string) (all []html.Token) {
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return all
		case html.StartTagToken, html.SelfClosingTagToken:
			all = append(all, z.Token())
		}
	}
}

func attribute(of html.Token, name string) string {
	for _, a := range of.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func TestEveryControlCanBeFound(t *testing.T) {
	for _, name := range []string{"message-everything", "modal-everything", "card", "home"} {
		raw := read(t, name)
		found := map[string]bool{}
		for _, e := range tagsOf(drawnHTML(t, named, isView(name), raw, "")) {
			found[attribute(e, "data-control")] = true
		}
		for _, id := range actionIDs(t, raw) {
			if !found[id] {
				t.Errorf("%s: no control for the action %s", name, id)
			}
		}
	}
}

// actionIDs returns the action IDs in a JSON text, except those of elements that a page cannot
// show.
func actionIDs(t *testing.T, raw []byte) (ids []string) {
	t.Helper()
	var tree any
	if err := json.Unmarshal(raw, &tree); err != nil {
		t.Fatal(err)
	}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, each := range v {
				walk(each)
			}
		case map[string]any:
			if id, ok := v["action_id"].(string); ok && v["type"] != "file_input" && v["type"] != "feedback_buttons" {
				ids = append(ids, id)
			}
			for _, each := range v {
				walk(each)
			}
		}
	}
	walk(tree)
	return ids
}

// hostileWords has texts that would inject HTML if they were not escaped.
var hostileWords = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onmouseover='alert(1)`, `</textarea><b>`, `</option></select><i>`,
	`&lt;script&gt;`, `<javascript:alert(1)|here>`, `<data:text/html,x|here>`, `<https://x.example/"onclick=alert(1)|here>`, "`</code><u>`",
}

func TestHostileWordsAddNothing(t *testing.T) {
	for _, place := range []string{
		`[{"type":"section","text":{"type":"mrkdwn","text":%}}]`,
		`[{"type":"section","text":{"type":"plain_text","text":%}}]`,
		`[{"type":"header","text":{"type":"plain_text","text":%}}]`,
		`[{"type":"rich_text","elements":[{"type":"rich_text_quote","elements":[{"type":"text","text":%}]}]}]`,
		`[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"link","url":%,"text":"x"}]}]}]`,
		`[{"type":"actions","elements":[{"type":"button","action_id":%,"value":%,"url":%,"text":{"type":"plain_text","text":%}}]}]`,
		`[{"type":"input","block_id":%,"label":{"type":"plain_text","text":%},"element":{"type":"plain_text_input","multiline":true,"action_id":%,"initial_value":%}}]`,
		`[{"type":"input","label":{"type":"plain_text","text":"x"},"element":{"type":"static_select","action_id":"a","options":[{"value":%,"text":{"type":"plain_text","text":%}}]}}]`,
		`[{"type":"image","image_url":%,"alt_text":%}]`,
		`[{"type":%}]`,
	} {
		for _, words := range hostileWords {
			quoted, _ := json.Marshal(words)
			page := drawnHTML(t, nameless, false, []byte(strings.ReplaceAll(place, "%", string(quoted))), "")
			checkHarmless(t, page)
		}
	}
}

func checkHarmless(t testing.TB, page string) {
	t.Helper()
	for _, e := range tagsOf(page) {
		switch e.Data {
		case "script", "img", "style", "iframe", "link", "u", "i", "b", "form", "base", "object", "svg":
			t.Errorf("an element %s in\n%s", e.Data, page)
		}
		for _, a := range e.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "src" {
				t.Errorf("an attribute %s in\n%s", a.Key, page)
			}
		}
		href := attribute(e, "href")
		if scheme, _, ok := strings.Cut(href, ":"); ok && scheme != "http" && scheme != "https" && scheme != "mailto" {
			t.Errorf("a link to %q in\n%s", href, page)
		}
	}
}

func TestQuotedLinesStandInAQuotation(t *testing.T) {
	got := drawnHTML(t, nameless, false, nil, "He wrote:\n&gt; one\n&gt; *two*\nthree")
	if want := "<blockquote>one\n<strong>two</strong></blockquote>three"; !strings.Contains(got, want) {
		t.Errorf("got %s, want %s in it", got, want)
	}
}

func TestMentionsAndEmojiHaveTheirNames(t *testing.T) {
	got := drawnHTML(t, named, false, nil, "<@U1> :wave: :none: <#C1>")
	for _, want := range []string{`>@Ana<`, "👋", ":none:", ">#C1<"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
}

func FuzzHTML(f *testing.F) {
	for _, d := range samples {
		f.Add(read(f, d.name), d.text)
	}
	f.Fuzz(func(t *testing.T, raw []byte, text string) {
		checkHarmless(t, drawnHTML(t, nameless, false, raw, text))
		checkHarmless(t, drawnHTML(t, nameless, true, raw, ""))
	})
}

func TestIdsAndValuesAreWrittenAsTheyAre(t *testing.T) {
	const id, value = `more|TC-2026-00001|a b?"é`, "javascript:x|%7C"
	raw, err := json.Marshal([]any{map[string]any{"type": "actions", "block_id": id, "elements": []any{
		map[string]any{"type": "button", "action_id": id, "value": value, "text": map[string]any{"type": "plain_text", "text": "Go"}},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	tags := tagsOf(drawnHTML(t, nameless, false, raw, ""))
	block, button := tags[0], tags[1]
	if attribute(block, "data-block") != id || attribute(button, "data-control") != id || attribute(button, "data-value") != value {
		t.Errorf("got %v and %v", block, button)
	}
}
