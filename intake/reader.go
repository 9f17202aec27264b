package intake

import (
	"verbale/intake/lexicon"
)

// Ours tells a Reader what is our own in a mail.
type Ours struct {
	Domain          string   // of our Message-IDs and of the desk: "desk.unece.example"
	Prefix          string   // of our references: "TC"
	InternalDomains []string // of our own staff
}

// A Reader reads messages with one vocabulary. It keeps no state between
// messages and may be used by several goroutines at once.
type Reader struct {
	vocabulary *lexicon.Vocabulary
	wording    *Wording
	weighing   weighing
	ours       Ours

	nameStems map[string][][]string // of the names of instruments, by id
}

// NewReader returns a Reader for the given vocabulary, with the wording that
// comes with the program.
func NewReader(v *lexicon.Vocabulary, o Ours) *Reader {
	return &Reader{vocabulary: v, wording: defaultWording(), weighing: defaultWeighing(), ours: o, nameStems: stemsOfInstruments(v)}
}

// With returns a Reader that recognises the form of letters by another wording.
func (r *Reader) With(w *Wording) *Reader {
	other := *r
	other.wording = w
	return &other
}

// Read understands a message: its kind, its language, our reference and, of a
// request, what is asked, by whom and for when. It never fails: what could not
// be read is a Doubt.
func (r *Reader) Read(m *Message) Reading {
	l := r.letterOf(m)
	language, known := r.languageOf(l)
	reading := Reading{Language: language, Reference: r.referenceOf(m, l)}
	kind, reason, evidence, doubts := r.kindOf(m, l)
	reading.Kind, reading.KindReason = kind, reason
	reading.Evidence, reading.Doubts = evidence, doubts
	if !known && m.Unreadable == "" {
		reading.doubt(FieldLanguage, "nothing tells the language")
	}
	if kind == KindRequest {
		reading.Request = &Request{}
		r.readWho(m, l, &reading)
		r.readWhen(l, &reading)
		r.readWhat(m, l, &reading)
	}
	return reading
}

// doubt notes that a field could not be read with confidence.
func (g *Reading) doubt(f Field, reason string, candidates ...string) {
	if candidates == nil {
		candidates = []string{}
	}
	g.Doubts = append(g.Doubts, Doubt{Field: f, Reason: reason, Candidates: candidates})
}
