package registry_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"verbale/bot"
	"verbale/intake"
)

// The stored letter contains all that is needed to read it again.
func TestKeptLetterIsAMailAgain(t *testing.T) {
	o := open(t)
	m := letter("a@water.gov.kg", func(m *intake.Message) {
		m.References = []string{"earlier@water.gov.kg"}
		m.ReplyTo = []intake.Address{{Name: "Registry", Address: "registry@water.gov.kg"}}
		m.Text = intake.Text{Content: "See the letter.\n-- \nA", Sections: []intake.Section{
			{Kind: intake.SectionNew, Start: 0, End: 16}, {Kind: intake.SectionSignature, Start: 16, End: 21}}}
		m.Attachments = []intake.Attachment{
			{Filename: "logo.png", Method: intake.MethodNone},
			{Filename: "letter.pdf", Method: intake.MethodText, Text: intake.Text{Content: "We request advice."}},
		}
	})
	o.arrives(m, request("en"))
	want := *m
	want.Sender, want.To, want.InReplyTo, want.Signs = intake.Address{}, nil, nil, intake.MachineSigns{}
	got := o.store.Letters[first].Message(o.record(first).Origin)
	if diff := cmp.Diff(&want, got, cmp.Comparer(func(a, b intake.MachineSigns) bool { return a.Delivery == b.Delivery })); diff != "" {
		t.Errorf("mail (-arrived +remembered):\n%s", diff)
	}
}

func TestLetterWithPartsThatItsOriginDoesNotName(t *testing.T) {
	l := bot.Letter{Parts: []bot.LetterPart{{Source: "attachment:2"}, {Source: "attachment:0"}, {Source: "attachment:x"}, {Source: "postscript"}}}
	if m := l.Message(intake.Origin{Attachments: []string{"a.pdf"}}); len(m.Attachments) != 1 || m.Attachments[0].Text.Content != "" {
		t.Errorf("%+v", m.Attachments)
	}
}
