package reading_test

import (
	"strings"
	"testing"
	"time"

	"verbale/intake"
	"verbale/intake/reading/readingtest"
)

// fullLetter makes several requests at once, surrounded by the other parts of a letter.
const fullLetter = `MINISTRY OF TRANSPORT AND ROADS
OF THE REPUBLIC OF TAJIKISTAN

No. 12-4/233
Dushanbe, 2 March 2026

To the Technical Cooperation desk, UNECE

Dear Sir or Madam,

In 2023 our colleagues in Georgia revised their road safety strategy with your help. Last year 512 persons were killed on our
roads, and the Asian Development Bank has bought speed cameras for two districts.

The Ministry kindly requests UNECE:
1) to send an expert who will review our draft law on road traffic against the Convention on Road Traffic of 1968;
2) to hold a training course of three days for 25 officers of the traffic police in Dushanbe, from 14 to 16 September 2026.

The Ministry will provide the venue and interpretation. We do not ask for equipment. UNICEF is ready to take part in the training.

We would be grateful for a reply by 15 April 2026.

Yours faithfully,
Farrukh Nazarzoda
First Deputy Minister
`

func TestALetterIsReadWhole(t *testing.T) {
	m := readingtest.Mail("office@mintrans.tj", "Request for technical assistance in road safety", fullLetter)
	g := readingtest.Request(t, m)
	r := g.Request
	for what, pair := range map[string][2]string{
		"countries":   {readingtest.Join(r.Countries), "TJ"},
		"scope":       {string(r.Scope), "national"},
		"services":    {readingtest.Join(r.Services), "advisory capacity_building"},
		"main theme":  {r.Themes[0], "road-safety"},
		"instruments": {readingtest.Join(r.Instruments), "road-traffic-1968"},
		"partners":    {readingtest.Join(r.Partners), "unicef"},
		"funding":     {readingtest.Join(r.Funding), "co_funded"},
		"urgency":     {string(r.Urgency), "normal"},
		"division":    {r.Subjects[0].Division, "transport"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: %q, want %q", what, pair[0], pair[1])
		}
	}
	readingtest.CheckEvidence(t, m, g)
}

// Every value must cite the words that it was read from.
func TestEveryValueHasItsEvidence(t *testing.T) {
	g := readingtest.Request(t, readingtest.Mail("office@mintrans.tj", "Request for technical assistance in road safety", fullLetter))
	cited := map[intake.Field]map[string]bool{}
	for _, e := range g.Evidence {
		if cited[e.Field] == nil {
			cited[e.Field] = map[string]bool{}
		}
		cited[e.Field][e.Value] = true
	}
	r := g.Request
	for field, values := range map[intake.Field][]string{
		intake.FieldCountries: r.Countries, intake.FieldServices: strings.Fields(readingtest.Join(r.Services)), intake.FieldThemes: r.Themes,
		intake.FieldInstruments: r.Instruments, intake.FieldPartners: r.Partners, intake.FieldFunding: r.Funding,
	} {
		for _, v := range values {
			if !cited[field][v] {
				t.Errorf("%s %s cites no words", field, v)
			}
		}
	}
}

func TestReadingIsTheSameEachTime(t *testing.T) {
	m := readingtest.Mail("office@mintrans.tj", "Request", fullLetter)
	first := readingtest.Request(t, m)
	for range 5 {
		again := readingtest.Request(t, m)
		if len(again.Evidence) != len(first.Evidence) {
			t.Fatalf("%d evidences, then %d", len(first.Evidence), len(again.Evidence))
		}
		for i, e := range again.Evidence {
			if e != first.Evidence[i] {
				t.Fatalf("evidence %d: %+v, then %+v", i, first.Evidence[i], e)
			}
		}
	}
}

func TestALetterInAnAttachmentIsReadForTheCoverAroundIt(t *testing.T) {
	m := readingtest.Letter("Dear Sir/Madam,\n\nPlease find attached the letter of our Minister.\n\nKind regards,\nRegistry\n")
	m.Attachments = []intake.Attachment{{Text: intake.Text{Content: "No. 12-3/45\n\nDear Madam,\n\n" +
		"The Ministry of Waters requests UNECE to send two experts in May 2026.\n\nYours sincerely,\nAida Karimova\nDeputy Minister\n"}}}
	if got := readingtest.Request(t, m).Request.Requester.Name; got != "Aida Karimova" {
		t.Errorf("requester %q", got)
	}
}

func TestAnUnclearLetterLeavesDoubts(t *testing.T) {
	g := readingtest.Request(t, readingtest.Mail("someone@gmail.com", "Question",
		"Dear colleagues,\n\nWe kindly request your technical assistance and would be grateful for your support.\n\nJ. Doe"))
	for _, field := range []intake.Field{intake.FieldCountries, intake.FieldThemes} {
		if !g.Doubtful(field) {
			t.Errorf("no doubt stands on %s: %v", field, g.Doubts)
		}
	}
	if got := readingtest.Join(g.Request.Themes); got != "technical-cooperation-coordination" {
		t.Errorf("themes %q", got)
	}
}

// Repetitive text that no person writes must not take much time: the parser looks ahead only a
// limited number of words.
func TestLongRunsOfDateWordsAreRead(t *testing.T) {
	r := readingtest.Reader()
	for _, word := range []string{"of ", "month ", "1, ", "1.10-", "from ", "to ", "May or ", "first half ", "last ", "5 May, ", "week of ", "Ministry of ", "№ 12/3 ", "reply to a@b.example by 5 May ", "Regards,\n", "\n\n", "> ", "a) просим "} {
		m := readingtest.Letter("Dear Sir,\n\n" + strings.Repeat(word, 40_000/len(word)))
		if got := r.Read(m); got.Kind == "" {
			t.Errorf("%q: no kind", word)
		}
	}
}

func TestQuotedHistoryIsNotReadForTheAsk(t *testing.T) {
	const fresh = "Dear Claire,\n\nThank you for the workshop and the advice of your experts, our team is most grateful to you.\n\nBest wishes,\nAna\n"
	const quoted = "> We request that UNECE organise a training of inspectors in May 2026.\n"
	m := &intake.Message{Subject: "Thank you", Text: intake.Text{Content: fresh + quoted, Sections: []intake.Section{
		{Kind: intake.SectionNew, Start: 0, End: len(fresh)}, {Kind: intake.SectionQuoted, Start: len(fresh), End: len(fresh) + len(quoted)}}}}
	if got := readingtest.Reader().Read(m); got.Kind != intake.KindOther {
		t.Errorf("got %s (%s)", got.Kind, got.KindReason)
	}
}

func BenchmarkReadLongLetter(b *testing.B) {
	r := readingtest.Reader()
	m := readingtest.Mail("office@mintrans.tj", "Request for technical assistance in road safety", fullLetter)
	b.SetBytes(int64(len(fullLetter)))
	for b.Loop() {
		r.Read(m)
	}
}

func TestSummaryIsTakenFromTheRequest(t *testing.T) {
	r := readingtest.Reader()
	m := readingtest.Letter("Dear Sirs,\n\nOur roads are old. We kindly request UNECE to send two experts who would review the draft law on road safety and train our inspectors in Batumi. The weather is fine.\n\nRegards,\nB. Ali")
	want := "We kindly request UNECE to send two experts who would review the draft law on road safety and train our inspectors in Batumi."
	if got := r.Read(m).Request.Summary; got != want {
		t.Errorf("got %q", got)
	}
}

func FuzzRead(f *testing.F) {
	r := readingtest.Reader()
	f.Add("Request", "Dear Sir,\n\nWe ask for an expert in May.\n\nRegards,\nB. Ali\nDirector", "№ 12-3/4 от 5 мая", 20)
	f.Add("Re: [TC-2026-00042]", "From: A <a@b.example>\n\n> quoted", "", 5)
	f.Fuzz(func(t *testing.T, subject, body, attachment string, cut int) {
		m := &intake.Message{Subject: subject, Text: intake.Text{Content: body}, Date: time.Date(2026, 2, 11, 0, 0, 0, 0, time.UTC)}
		if cut > 0 && cut < len(body) {
			m.Text.Sections = []intake.Section{{Kind: intake.SectionNew, Start: 0, End: cut}, {Kind: intake.SectionForwardHeader, Start: cut, End: len(body)}}
		}
		if attachment != "" {
			m.Attachments = []intake.Attachment{{Text: intake.Text{Content: attachment}}}
		}
		reading := r.Read(m)
		if reading.Kind == "" || reading.Language == "" || (reading.Request != nil) != (reading.Kind == intake.KindRequest) {
			t.Fatalf("incomplete reading %+v", reading)
		}
		for _, e := range reading.Evidence {
			text := map[string]string{"subject": subject, "body": body, "attachment:1": attachment}[e.Source]
			if e.Start < 0 || e.End > len(text) || text[e.Start:e.End] != e.Quote {
				t.Fatalf("evidence %+v does not stand in its source", e)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	r := readingtest.Reader()
	m := readingtest.Letter("Dear colleagues,\n\n" +
		"The Ministry of Transport of the Republic asks UNECE to organise a training of inspectors in Osh from 14 to 18 September 2026, and to review the draft law on road safety. " +
		"In 2024 an expert of your secretariat already visited us, which was of great use.\nPlease let us know by 20 March whether this is possible.\n\n" +
		"Kind regards,\nAida Karimova\nDeputy Minister\nMinistry of Transport\n")
	for b.Loop() {
		r.Read(m)
	}
}

// The summary of a request must read like a sentence, even if the request is an item of a
// list.
func TestSummariesOfItems(t *testing.T) {
	for _, c := range []struct{ name, words, want string }{
		{"a dash and a semicolon", "We kindly request UNECE:\n\n- to train forty inspectors of vehicles that carry refrigerated food across the eastern border in spring;\n- and nothing more.", "to train forty inspectors of vehicles that carry refrigerated food across the eastern border in spring"},
		{"a letter in brackets, without a space", "We kindly request UNECE:\n\n(a)to send two experts for a review of the draft law on the carriage of dangerous goods by road;\n(b)to answer soon.", "to send two experts for a review of the draft law on the carriage of dangerous goods by road"},
		{"the first item, though a later one asks more plainly", "We ask for:\n\n(a) comments of a lawyer on the new wording of the housing code, chapter by chapter, in Dushanbe;\n(b) training for 18 employees of the housing agency on the management of apartment buildings.", "comments of a lawyer on the new wording of the housing code, chapter by chapter, in Dushanbe"},
		{"what is asked besides comes after", "We kindly ask you to review our draft law on the management of apartment buildings and to send us written comments. We would also like to request a training course for thirty managers of apartment buildings in autumn.", "We kindly ask you to review our draft law on the management of apartment buildings and to send us written comments."},
		{"a square bullet of a word processor", "We kindly request UNECE:\n\n▪ to train forty inspectors of vehicles that carry refrigerated food across the eastern border in spring;\n▪ and nothing more.", "to train forty inspectors of vehicles that carry refrigerated food across the eastern border in spring"},
		{"a number", "We kindly request UNECE:\n\n1) to send two experts for a review of the draft law on the carriage of dangerous goods by road;\n2) to answer soon.", "to send two experts for a review of the draft law on the carriage of dangerous goods by road"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := readingtest.Request(t, readingtest.Letter("Dear colleagues,\n\n"+c.words+"\n\nYours sincerely,\nA. Sample\nDirector"))
			if g.Request.Summary != c.want {
				t.Errorf("got %q, want %q", g.Request.Summary, c.want)
			}
		})
	}
}
