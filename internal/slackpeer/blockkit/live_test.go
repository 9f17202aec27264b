package blockkit

import (
	"slices"
	"testing"
)

func TestLivePartsOfMessages(t *testing.T) {
	for _, tt := range []struct {
		name, blocks, text string
		want               []string
	}{
		{"text alone", ``, "<!here> x", []string{"<!here>"}},
		{"no JSON", `[`, "<!here> x", []string{"<!here>"}},
		{"sections", `[{"type":"section","text":{"type":"mrkdwn","text":"<@U1>"}},{"type":"section","fields":[{"type":"mrkdwn","text":"<@U2>"}]}]`, "",
			[]string{"<@U1>", "<@U2>"}},
		{"context", `[{"type":"context","elements":[{"type":"mrkdwn","text":"#ops","verbatim":true},{"type":"mrkdwn","text":"#ops"}]}]`, "",
			[]string{"#ops"}},
		{"plain text", `[{"type":"header","text":{"type":"plain_text","text":"<!channel> https://a.example"}}]`, "", nil},
		{"options", inBlock(`{"type":"radio_buttons","options":[{"text":{"type":"mrkdwn","text":"<@U1>"},"value":"<@U2>"}]}`), "",
			[]string{"<@U1>"}},
		{"buttons", aButton(`,"url":"https://a.example/"`), "", []string{"https://a.example/"}},
		{"images", `[{"type":"image","image_url":"https://a.example/","alt_text":"x","slack_file":{"url":"https://b.example/"}}]`, "", nil},
		{"markdown", `[{"type":"markdown","text":"[a](https://a.example)"}]`, "", []string{"[a](https://a.example)"}},
		{"rich text", `[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"user","user_id":"U1"},
			{"type":"usergroup","usergroup_id":"S1"},{"type":"channel","channel_id":"C1"},{"type":"broadcast","range":"here"},
			{"type":"team","team_id":"T1"},{"type":"link","url":"https://a.example/"},{"type":"text","text":"<!here>"}]}]}]`, "",
			[]string{"<@U1>", "<!subteam^S1>", "<#C1>", "<!here>", "<!team^T1>", "https://a.example/"}},
		{"blocks nobody knows", `[{"type":"hologram","inside":{"type":"mrkdwn","text":"<!here>"}}]`, "", []string{"<!here>"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := LiveParts([]byte(tt.blocks), tt.text); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestLivePartsOfViews(t *testing.T) {
	view := aModal(`{"type":"section","text":{"type":"mrkdwn","text":"<@U1>"}}`)
	if got := LivePartsOfView(view); !slices.Equal(got, []string{"<@U1>"}) {
		t.Errorf("got %q", got)
	}
	if got := LivePartsOfView([]byte("{")); got != nil {
		t.Errorf("got %q", got)
	}
}

func TestEscapingLeavesNothingLive(t *testing.T) {
	got := LiveParts(read(t, "hostile-escaped"), "&lt;!channel&gt;")
	want := []string{"@here", "#C0", "https://evil.example/pay|https://unece.org", "www.evil.example", "gnp.exe"}
	if !slices.Equal(got, want) { // only from the last section, which is not verbatim
		t.Errorf("got %q, want %q", got, want)
	}
}
