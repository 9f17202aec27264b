package mailtext_test

import (
	"strings"
	"testing"

	"verbale/bot/mailtext"
)

func TestTextsAreCutAfterAWholeWord(t *testing.T) {
	for name, tt := range map[string]struct {
		text   string
		length int
		want   string
	}{
		"short enough":             {"on mission", 10, "on mission"},
		"within a word":            {"on mission until May", 13, "on mission…"},
		"at the end of a word":     {"on mission until May", 11, "on mission…"},
		"one endless word":         {strings.Repeat("я", 50), 10, strings.Repeat("я", 9) + "…"},
		"an endless word at last":  {"on " + strings.Repeat("я", 50), 50, "on " + strings.Repeat("я", 46) + "…"},
		"nothing before the limit": {"mission until", 4, "mis…"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := mailtext.Cut(tt.text, tt.length); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}
