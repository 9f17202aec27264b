package eml_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"verbale/intake"
	"verbale/intake/eml"
)

// fragments are lines that begin or end a section, or look as if they did.
var fragments = []string{
	"", "", "Dear colleagues,", "we ask for a mission.", "> quoted", ">> quoted twice", ">", "-- ", "Kind regards,", "Aida Bekova",
	"Veuillez agréer, Madame, mes salutations.", "С уважением,", "А. Бекова", "Tel. +996 555 000 000", "P.S. One more thing.",
	"On 26 Feb 2026, at 15:41, Desk <tc@desk.unece.example> wrote:", "-----Original Message-----", "________________________________",
	"---------- Forwarded message ---------", "Begin forwarded message:", "-------- Конец пересылаемого сообщения --------",
	"From: Nurlan Asanov <n.asanov@roads.example>", "> From: Nurlan Asanov <n.asanov@roads.example>", "Sent: Thursday, February 26, 2026 3:41 PM",
	"To: a.bekova@mintrans.kg.example;", "Subject: FW: letter", "Sent from my iPhone", "[EXTERNAL] mail", "This e-mail and any attachments are confidential",
	">From here on", "1. a list", "- an item",
}

// For any sequence of markers and text, the sections must cover the whole text, and no line
// may be lost.
func TestSectionsCoverTheText(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		lines := rapid.SliceOfN(rapid.SampledFrom(fragments), 0, 40).Draw(rt, "lines")
		subject := rapid.SampledFrom([]string{"mission", "Re: mission", "Fwd: mission"}).Draw(rt, "subject")
		raw := mail("X-A: b", strings.Join(lines, "\n"))
		raw = []byte(strings.Replace(string(raw), "Subject: Request", "Subject: "+subject, 1))
		m := parse(raw, eml.Options{})
		checkContent(t, m.Text)
		for _, line := range lines {
			bare := strings.TrimLeft(line, "> ")
			if !strings.Contains(m.Text.Content, strings.TrimRight(bare, " ")) {
				rt.Fatalf("line %q is lost from %q", line, m.Text.Content)
			}
		}
	})
}

// Body must return only what the sender wrote in this mail, for the layouts that mail programs
// and people produce.
func TestBody(t *testing.T) {
	for name, c := range map[string]struct{ subject, text, body string }{
		"a quotation in the middle stays out": {"Re: x", "Yes.\n> When?\nIn May.", "Yes.\nIn May."},
		"a wrapped attribution":               {"Re: x", "Yes.\n\nLe jeu. 26 févr. 2026 à 15:41, Desk\n<tc@desk.unece.example> a écrit :\n\n> Quand ?", "Yes."},
		"an attribution above unmarked text":  {"Re: x", "Да.\n\n26.02.2026 15:41, Desk <tc@desk.unece.example> пишет:\n\nКогда?", "Да."},
		"an unknown language":                 {"Re: x", "Yes.\n\nDydd Iau 26/2/2026, 15:41, Desk <tc@desk.unece.example>:\n> When?", "Yes."},
		"dashes that divide a letter":         {"x", "Dear all,\n--\nDear Sir,\nwe ask.", "Dear all,\n--\nDear Sir,\nwe ask."},
		"a closing in two languages":          {"x", "We ask.\n\nSrdačan pozdrav / Kind regards\nVuk", "We ask."},
		"a closing with the name beside it":   {"x", "We ask.\n\nС уважением, Бекова А.", "We ask."},
		"the long name of an institution":     {"x", "We ask.\n\nС уважением\nА. Бекова\nдиректор\nСлужба водных ресурсов при Министерстве водных ресурсов, сельского хозяйства и перерабатывающей промышленности Руританской Республики", "We ask."},
		"a phone signature":                   {"x", "We ask.\n\nEnvoyé de mon iPhone", "We ask."},
		"an item list after the closing":      {"x", "We ask.\n\nRegards,\nAida\n\n1. a mission\n2. a course", "We ask.\n\n1. a mission\n2. a course"},
		"a header block below a rule":         {"RE: x", "Yes.\n____________\nVon: Desk <tc@desk.unece.example>\nGesendet: Donnerstag, 26. Februar 2026 15:41\nBetreff: x\n\nWann?", "Yes."},
		"a letter as a memorandum":            {"x", "From: Ministry\nTo: UNECE\nSubject: mission\n\nWe ask.", "From: Ministry\nTo: UNECE\nSubject: mission\n\nWe ask."},
		"a long last paragraph":               {"x", "We ask.\n\nThe costs are borne by the Ministry, as agreed with A. Ivanov in the last meeting of the Committee in Geneva", "We ask.\n\nThe costs are borne by the Ministry, as agreed with A. Ivanov in the last meeting of the Committee in Geneva"},
	} {
		raw := strings.Replace(string(mail("Content-Type: text/plain; charset=utf-8", c.text)), "Subject: Request", "Subject: "+c.subject, 1)
		if got := parse([]byte(raw), eml.Options{}).Body(); got != c.body {
			t.Errorf("%s: body is %q, want %q", name, got, c.body)
		}
	}
}

func TestForwardOrReply(t *testing.T) {
	block := "\n\n-----Original Message-----\nFrom: Nurlan Asanov <n.asanov@roads.example>\nSent: Thursday, 26 February 2026 15:41\nTo: a.bekova@mintrans.kg.example\nSubject: x\n\nWe ask for a course.\n"
	for subject, want := range map[string]intake.SectionKind{
		"FW: x":          intake.SectionForwarded,
		"RE: x":          intake.SectionQuoted,
		"x":              intake.SectionForwarded, // its author is neither the sender nor a recipient of this mail
		"RE: FW: x":      intake.SectionQuoted,
		"[EXT] Fwd: x":   intake.SectionForwarded,
		"Пересл: x":      intake.SectionForwarded,
		"TC-2026: FW: x": intake.SectionForwarded,
	} {
		raw := strings.Replace(string(mail("X-A: b", "See below."+block)), "Subject: Request", "Subject: "+subject, 1)
		m := parse([]byte(raw), eml.Options{})
		last := m.Text.Sections[len(m.Text.Sections)-1]
		if last.Kind != want || (m.Forwarded != nil) != (want == intake.SectionForwarded) {
			t.Errorf("%q: the mail below is %s, forwarded %v", subject, last.Kind, m.Forwarded)
		}
	}
}
