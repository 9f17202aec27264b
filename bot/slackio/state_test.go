package slackio

import (
	"errors"
	"reflect"
	"testing"
	"unicode/utf8"

	"verbale/bot/desk"
)

// Slack returns "&", "<" and ">" as entities in some payloads
// (https://github.com/slackapi/bolt-python/issues/513), so that packed values must not contain
// them.
func FuzzAPressComesBackAsItWas(f *testing.F) {
	f.Add("accept", "TC-2026-00042", int64(7), "a&b<c>d|e%f%3Cg")
	f.Add("", "", int64(-1), "")
	f.Fuzz(func(t *testing.T, name, reference string, revision int64, value string) {
		p := desk.Press{Name: name, Reference: reference, Revision: revision, Value: value}
		packed, err := packPress(p, maxValue)
		if errors.Is(err, ErrTooLarge) {
			return
		}
		got, err := unpackPress(packed)
		if err != nil || got != p {
			t.Errorf("%+v came back as %+v, %v", p, got, err)
		}
		for _, r := range packed {
			if r == '&' || r == '<' || r == '>' {
				t.Errorf("packed as %q", packed)
			}
		}
		if unpacked(packer.Replace(value)) != value {
			t.Errorf("the option %q came back as another", value)
		}
	})
}

func FuzzAFormComesBackAsItWas(f *testing.F) {
	f.Add("reply", "accept", "text", "Dear <Sir> & Madam")
	f.Fuzz(func(t *testing.T, name, press, key, value string) {
		form := desk.Form{Name: name, Press: desk.Press{Name: press}, State: map[string]string{key: value}}
		for _, s := range []string{name, press, key, value} {
			if !utf8.ValidString(s) {
				return // cannot be encoded as JSON, and the desk never produces it
			}
		}
		packed, err := packForm(form)
		if errors.Is(err, ErrTooLarge) {
			return
		}
		if got, err := unpackForm(packed); err != nil || !reflect.DeepEqual(got, form) {
			t.Errorf("%+v came back as %+v, %v", form, got, err)
		}
	})
}

func TestWhatIsNoneOfOursIsNoPress(t *testing.T) {
	for _, s := range []string{"", "accept", "a|b|c|d", "a|b|1", "a|b|1|c|d", "a|b|1|%zz"} {
		if p, err := unpackPress(s); err == nil {
			t.Errorf("%q is read as %+v", s, p)
		}
	}
}

func TestWordsOfAMessageAreReadAsTheyWereTyped(t *testing.T) {
	for sent, want := range map[string]string{
		"<http://energy.example|energy.example>": "energy.example",
		"call &amp; write &lt;soon&gt;":          "call & write <soon>",
		"<https://energy.example>":               "https://energy.example",
		"<https://energy.example|our site>":      "our site (https://energy.example)",
		"<mailto:a@b.example|a@b.example>":       "a@b.example",
		"<@U0123|alice> in <#C0123|tc-desk>":     "@alice in #tc-desk",
		"<@U0123> <!here> <!subteam^S1|@triage>": "@U0123 !here !triage",
	} {
		if got := readable(sent); got != want {
			t.Errorf("%q is read as %q", sent, got)
		}
	}
}
