package intake

import (
	"strings"
	"sync"
	"testing"
	"time"

	"verbale/intake/lexicon"
)

// testReader reads with the vocabulary and wording of the program.
var testReader = sync.OnceValue(func() *Reader {
	v, err := lexicon.Load(lexicon.Embedded())
	if err != nil {
		panic(err)
	}
	return NewReader(v, Ours{Domain: "desk.unece.example", Prefix: "TC"})
})

// mail is a mail of plain text, from an address that shows no State unless one
// is given.
func mail(from, subject, body string) *Message {
	return &Message{
		MessageID: "1@ministry.example", Subject: subject, From: Address{Address: from},
		To:   []Address{{Address: "tc@desk.unece.example"}},
		Date: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC), Text: Text{Content: body},
	}
}

// readRequest reads a mail that must be a request.
func readRequest(t *testing.T, m *Message) Reading {
	t.Helper()
	g := testReader().Read(m)
	if g.Request == nil {
		t.Fatalf("kind %s (%s): not read as a request", g.Kind, g.KindReason)
	}
	return g
}

// joined writes any list of ids as one string.
func joined[S ~string](ids []S) string {
	var out []string
	for _, id := range ids {
		out = append(out, string(id))
	}
	return strings.Join(out, " ")
}

// fullLetter asks for several things at once, with what a letter has around
// the ask.
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
	m := mail("office@mintrans.tj", "Request for technical assistance in road safety", fullLetter)
	g := readRequest(t, m)
	r := g.Request
	for what, pair := range map[string][2]string{
		"countries":   {joined(r.Countries), "TJ"},
		"scope":       {string(r.Scope), "national"},
		"services":    {joined(r.Services), "advisory capacity_building"},
		"main theme":  {r.Themes[0], "road-safety"},
		"instruments": {joined(r.Instruments), "road-traffic-1968"},
		"partners":    {joined(r.Partners), "unicef"},
		"funding":     {joined(r.Funding), "co_funded"},
		"urgency":     {string(r.Urgency), "normal"},
		"division":    {r.Subjects[0].Division, "transport"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: %q, want %q", what, pair[0], pair[1])
		}
	}
	checkEvidence(t, m, g)
}

// Every value that is read cites the words behind it.
func TestEveryValueHasItsEvidence(t *testing.T) {
	g := readRequest(t, mail("office@mintrans.tj", "Request for technical assistance in road safety", fullLetter))
	cited := map[Field]map[string]bool{}
	for _, e := range g.Evidence {
		if cited[e.Field] == nil {
			cited[e.Field] = map[string]bool{}
		}
		cited[e.Field][e.Value] = true
	}
	r := g.Request
	for field, values := range map[Field][]string{
		FieldCountries: r.Countries, FieldServices: strings.Fields(joined(r.Services)), FieldThemes: r.Themes,
		FieldInstruments: r.Instruments, FieldPartners: r.Partners, FieldFunding: r.Funding,
	} {
		for _, v := range values {
			if !cited[field][v] {
				t.Errorf("%s %s cites no words", field, v)
			}
		}
	}
}

func TestReadingIsTheSameEachTime(t *testing.T) {
	m := mail("office@mintrans.tj", "Request", fullLetter)
	first := readRequest(t, m)
	for range 5 {
		again := readRequest(t, m)
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

func TestAnUnclearLetterLeavesDoubts(t *testing.T) {
	g := readRequest(t, mail("someone@gmail.com", "Question",
		"Dear colleagues,\n\nWe kindly request your technical assistance and would be grateful for your support.\n\nJ. Doe"))
	for _, field := range []Field{FieldCountries, FieldThemes} {
		if !g.Doubtful(field) {
			t.Errorf("no doubt stands on %s: %v", field, g.Doubts)
		}
	}
	if got := joined(g.Request.Themes); got != coordination {
		t.Errorf("themes %q, want %q", got, coordination)
	}
}

func BenchmarkReadLongLetter(b *testing.B) {
	r := testReader()
	m := mail("office@mintrans.tj", "Request for technical assistance in road safety", fullLetter)
	b.SetBytes(int64(len(fullLetter)))
	for b.Loop() {
		r.Read(m)
	}
}
