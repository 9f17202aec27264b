package intake

import (
	"verbale/intake/lexicon"
)

// A letter is what of a message is to be read: its texts, each scanned once,
// the letter proper first.
type letter struct {
	language string
	sources  []source
}

// A source is one text of a letter.
type source struct {
	name string // as in Evidence.Source: "subject", "body", "attachment:N"
	role sourceRole
	text Text
	scan lexicon.Scan
	// sentences are the stretches to be read, in order: those of the section
	// kinds the source was made with. Headings and list items count as
	// sentences; white space around them is left out.
	sentences []sentence
}

// A sourceRole says what a text is within a letter.
type sourceRole string

const (
	roleSubject sourceRole = "subject" // the subject line
	roleLetter  sourceRole = "letter"  // the letter proper, in the body or an attachment
	roleCover   sourceRole = "cover"   // a covering note to a letter that is attached
	roleAnnex   sourceRole = "annex"   // what is attached to a letter: a concept note, a programme
)

// A sentence is a stretch of a source, text[start:end] in bytes.
type sentence struct {
	start, end int
	section    SectionKind
}

// newSource scans a text and cuts the sections of the given kinds into
// sentences.
func (r *Reader) newSource(name string, role sourceRole, t Text, kinds ...SectionKind) source {
	s := source{name: name, role: role, text: t, scan: r.vocabulary.Scan(t.Content)}
	s.sentences = sentencesOf(t, kinds)
	return s
}

// words returns the text of a sentence.
func (s source) words(x sentence) string { return s.text.Content[x.start:x.end] }

// evidence cites the stretch start to end of the source for a value.
func (s source) evidence(f Field, value string, start, end int) Evidence {
	return Evidence{Field: f, Value: value, Quote: s.text.Content[start:end], Source: s.name, Start: start, End: end}
}
