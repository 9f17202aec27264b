package blockkit

import (
	"slices"
	"strings"
	"testing"
)

// The live parts of texts and what a person sees, for each kind of text.
var formatted = []struct {
	name, text string
	seen       string   // shown as mrkdwn that is not verbatim
	live       []string // live parts as mrkdwn that is not verbatim
	verbatim   []string // as verbatim mrkdwn
	message    []string // as the text of a message
}{
	{name: "entities", text: "A &amp; B &lt;c&gt; &amp;lt; &quot;", seen: "A & B <c> &lt; &quot;"},
	{name: "escaped brackets", text: "&lt;!channel&gt; &lt;@U1&gt;", seen: "<!channel> <@U1>"},
	{name: "a person", text: "ask <@U1>", seen: "ask ⚑LIVE @U1",
		live: []string{"<@U1>"}, verbatim: []string{"<@U1>"}, message: []string{"<@U1>"}},
	{name: "a person with a name", text: "<@W1|ann>", seen: "⚑LIVE @W1 (ann)",
		live: []string{"<@W1|ann>"}, verbatim: []string{"<@W1|ann>"}, message: []string{"<@W1|ann>"}},
	{name: "a channel", text: "<#C1>", seen: "⚑LIVE #C1",
		live: []string{"<#C1>"}, verbatim: []string{"<#C1>"}, message: []string{"<#C1>"}},
	{name: "a user group", text: "<!subteam^S1>", seen: "⚑LIVE @S1",
		live: []string{"<!subteam^S1>"}, verbatim: []string{"<!subteam^S1>"}, message: []string{"<!subteam^S1>"}},
	{name: "everyone", text: "<!everyone>", seen: "⚑LIVE @everyone",
		live: []string{"<!everyone>"}, verbatim: []string{"<!everyone>"}, message: []string{"<!everyone>"}},
	{name: "a command nobody knows", text: "<!do^it>", seen: "⚑LIVE !do^it",
		live: []string{"<!do^it>"}, verbatim: []string{"<!do^it>"}, message: []string{"<!do^it>"}},
	{name: "a link in disguise", text: "<https://evil.example/|https://unece.org>", seen: "https://unece.org ⟨https://evil.example/⟩",
		live:     []string{"<https://evil.example/|https://unece.org>"},
		verbatim: []string{"<https://evil.example/|https://unece.org>"},
		message:  []string{"<https://evil.example/|https://unece.org>"}},
	{name: "a link among brackets", text: "< <https://a.example>", seen: "< ⟨https://a.example⟩",
		live: []string{"<https://a.example>"}, verbatim: []string{"<https://a.example>"}, message: []string{"<https://a.example>"}},
	{name: "brackets around words", text: "a < b > c <d e> <> <@>", seen: "a < b > c <d e> <> <@>"},
	{name: "brackets over two lines", text: "<https://\na>", seen: "<https://\na>"},
	{name: "a URL in a sentence", text: "see https://a.example/x?y=1&amp;z=2.", seen: "see ⟨https://a.example/x?y=1&z=2⟩.",
		live: []string{"https://a.example/x?y=1&z=2"}, message: []string{"https://a.example/x?y=1&z=2"}},
	{name: "a URL in escaped brackets", text: "&lt;https://a.example|b&gt;", seen: "<⟨https://a.example|b⟩>",
		live: []string{"https://a.example|b"}, message: []string{"https://a.example|b"}},
	{name: "a domain", text: "at unece.org, room 3.12", seen: "at ⟨unece.org⟩, room 3.12",
		live: []string{"unece.org"}, message: []string{"unece.org"}},
	{name: "an address", text: "write to tc@desk.unece.example", seen: "write to ⟨tc@desk.unece.example⟩",
		live: []string{"tc@desk.unece.example"}, message: []string{"tc@desk.unece.example"}},
	{name: "names", text: "@here and #general, not a@channel or #1", seen: "⚑LIVE @here and ⚑LIVE #general, not a@channel or #1",
		live: []string{"@here", "#general"}},
	{name: "a mention in code", text: "`<!here>`", seen: "`⚑LIVE @here`",
		live: []string{"<!here>"}, verbatim: []string{"<!here>"}, message: []string{"<!here>"}},
	{name: "a link in bold", text: "*<https://a.example|a>*", seen: "*a ⟨https://a.example⟩*",
		live: []string{"<https://a.example|a>"}, verbatim: []string{"<https://a.example|a>"}, message: []string{"<https://a.example|a>"}},
}

func TestWhatIsSeenAndWhatIsLive(t *testing.T) {
	for _, tt := range formatted {
		t.Run(tt.name, func(t *testing.T) {
			mrkdwn := Text{Type: Mrkdwn, Text: tt.text}
			if got := textOf(&mrkdwn); got != tt.seen {
				t.Errorf("seen %q, want %q", got, tt.seen)
			}
			wantLive(t, mrkdwn, tt.live)
			wantLive(t, Text{Type: Mrkdwn, Text: tt.text, Verbatim: true}, tt.verbatim)
			wantLive(t, Text{Type: MessageText, Text: tt.text}, tt.message)
			wantLive(t, Text{Type: PlainText, Text: tt.text}, nil)
		})
	}
}

func wantLive(t *testing.T, text Text, want []string) {
	t.Helper()
	if got := livePartsOf(text); !slices.Equal(got, want) {
		t.Errorf("%s, verbatim %t: live %q, want %q", text.Type, text.Verbatim, got, want)
	}
}

func TestMarkdownLinksAreLive(t *testing.T) {
	wantLive(t, Text{Type: Markdown, Text: "see [the page](https://a.example/ \"title\") and ![](https://b.example/) <!here>"},
		[]string{`[the page](https://a.example/ "title")`, "![](https://b.example/)", "<!here>"})
}

func TestStyles(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"*bold* _italic_ ~strike~ `code`", "b:bold| |i:italic| |s:strike| |c:code"},
		{"*bold and _both_*", "b:bold and |bi:both"},
		{"2*3*4 and a_b_c", "2*3*4 and a_b_c"},
		{"* not * bold *", "* not * bold *"},
		{"*one\ntwo*", "*one\ntwo*"},
		{"`*code*`", "c:*code*"},
		{"```one\n*two*```", "c:one\n*two*"},
		{"**", "**"},
		{"*Вид*: помощь", "b:Вид|: помощь"},
		{"*a <https://x.example/*b|c> d*", "b:a |b:c|b: d"},
	} {
		var parts []string
		for _, s := range (Text{Type: Mrkdwn, Text: tt.text}).Spans() {
			parts = append(parts, styleName(s.Style)+s.Text)
		}
		if got := strings.Join(parts, "|"); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
		}
	}
}

func styleName(s Style) (name string) {
	for _, each := range []struct {
		sign string
		on   bool
	}{{"b", s.Bold}, {"i", s.Italic}, {"s", s.Strike}, {"c", s.Code}} {
		if each.on {
			name += each.sign
		}
	}
	if name != "" {
		name += ":"
	}
	return name
}

// Long texts with repeated delimiters must be parsed in linear time. With quadratic time this test
// would not end.
func TestLongTextsAreReadOnce(t *testing.T) {
	for _, unit := range []string{"*", "_*", "<", "<a", "*a", "[a](", "a.", "@", "~ ", "_a *b "} {
		long := strings.Repeat(unit, 50_000/len(unit))
		for _, kind := range []string{Mrkdwn, Markdown} {
			text := Text{Type: kind, Text: long}
			if got := textOf(&text); got != long {
				t.Errorf("%s of %q is not seen as written", kind, unit)
			}
		}
	}
}
