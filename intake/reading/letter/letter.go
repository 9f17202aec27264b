// Package letter lays a message out for reading: it determines which of its texts makes the
// request and which are cover notes or annexes, which part of a letter each line is, what each
// sentence does, and in which language the sender wrote.
//
// A Letter holds all text of the message; quoted history and boilerplate are included but
// marked as ignored. Offsets are bytes into the text of their source, so that every value can
// be quoted. Laying out never fails.
package letter

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/dates"
)

// A Letter is a message laid out for reading: all of its texts, which of them makes the
// request, and what each line and sentence is. All offsets are bytes into the text of the
// source.
type Letter struct {
	Sources []*Source   // the subject, the body, then the attachments with text
	Main    *Source     // the one in which the request is made
	Date    intake.Date // the day relative dates are based on; zero if unknown

	Language      Language // the main language of the sender's text
	LanguageKnown bool     // Language was detected, not assumed
}

// A Source is one text of a message, named as in the evidence. A body that forwards other
// messages is split into several sources of the same name, one for each author.
type Source struct {
	Name      string // "subject", "body" or "attachment:N"
	Text      string
	Scan      lexicon.Scan   // of the whole Text
	Author    intake.Address // who wrote it, if a header says so
	Standing  Standing
	Lines     []Line
	Sentences []Sentence
	Form      []lexicon.Hit // phrases of letter.yaml: structure of a letter
	Acts      []lexicon.Hit // phrases of acts.yaml: functions of sentences
	written   string        // the original text, if quote marks are blanked in Text; else ""
	wording   *Wording
}

// A Standing is the relation of a source to the request.
type Standing int

const (
	StandingSubject Standing = iota // the subject header
	StandingLetter                  // the text that makes the request
	StandingCover                   // a note around it: a cover note, a forwarder's comment
	StandingAnnex                   // supporting material: tables, terms of reference, lists
)

// A Line is one line of a source, without its line feed, and its part of the letter.
type Line struct {
	Start, End int
	Part       Part
}

// A Part is a structural part of a letter.
type Part int

const (
	PartIgnored    Part = iota // quoted history, boilerplate, forward headers, blank lines
	PartLetterhead             // name and address of the sender at the top
	PartReference              // the line with the letter's own number, often its date too
	PartDateline               // place and date
	PartAddressee              // the recipient of the letter
	PartTopic                  // "Subject:", "Objet :", "О …"
	PartSalutation             // "Dear …", "Уважаемый …", "Monsieur,"
	PartBody                   // the text itself
	PartClosing                // "Yours sincerely", "С уважением"
	PartSignature              // name, post, institution, address of the signatory
	PartBelow                  // copies, enclosures, the address of a note verbale, below the signature
	PartContact                // the person in charge of the file ("исп.", "Contact:")
)

// A Sentence is one sentence or list item of a source's body or subject, and its
// classification by the role model.
type Sentence struct {
	Start, End int
	Part       Part
	Roles      Roles   // the output of the role model
	Ask        float64 // how clearly it requests technical cooperation from us, 0 to 1
}

// Lay lays a message out: it splits every text into lines and sentences and decides which of
// the texts is the letter.
func (w *Wording) Lay(v *lexicon.Vocabulary, m *intake.Message) Letter {
	b := layout{w, v}
	l := Letter{}
	if !m.Date.IsZero() {
		l.Date = intake.DateOf(m.Date)
	}
	l.Sources = append(l.Sources, b.subjectSource(m))
	l.Sources = append(l.Sources, b.bodySources(m)...)
	for i := range m.Attachments {
		if a := &m.Attachments[i]; strings.TrimSpace(a.Text.Content) != "" && !a.Inline {
			l.Sources = append(l.Sources, b.attachmentSource(a, i+1))
		}
	}
	for _, s := range l.Sources {
		s.readSentences()
	}
	b.takeQuoted(m, &l)
	l.choose()
	l.Language, l.LanguageKnown = l.tellLanguage()
	return l
}

// A layout creates the sources of a message.
type layout struct {
	wording    *Wording
	vocabulary *lexicon.Vocabulary
}

func (b layout) newSource(name, text string, author intake.Address) *Source {
	scan := b.vocabulary.Scan(text)
	return &Source{Name: name, Text: text, Author: author, Scan: scan, wording: b.wording,
		Form: b.wording.form.Find(scan), Acts: b.wording.acts.Find(scan)}
}

func (b layout) subjectSource(m *intake.Message) *Source {
	s := b.newSource("subject", m.Subject, intake.Address{})
	s.Standing = StandingSubject
	s.Lines = []Line{{Start: 0, End: len(m.Subject), Part: PartTopic}}
	return s
}

// bodySources returns one source for what the sender wrote and one for each message forwarded
// in the body.
func (b layout) bodySources(m *intake.Message) []*Source {
	whole := b.newSource("body", m.Text.Content, m.From)
	var sources []*Source
	for _, group := range authors(m.Text, m.From) {
		s := *whole
		s.Author, s.Standing = group.author, StandingCover
		s.layLines(group.sections)
		sources = append(sources, &s)
	}
	return sources
}

func (b layout) attachmentSource(a *intake.Attachment, number int) *Source {
	s := b.newSource("attachment:"+strconv.Itoa(number), a.Text.Content, intake.Address{})
	text := a.Text
	if a.Message != nil {
		s.Author = a.Message.From
		if len(text.Sections) == 0 && a.Message.Text.Content == text.Content {
			text = a.Message.Text
		}
	}
	s.Standing = StandingAnnex
	s.layLines(sectionsOf(text))
	return s
}

// sectionsOf returns the sections of a text, or a single one if it has none.
func sectionsOf(t intake.Text) []intake.Section {
	if len(t.Sections) > 0 {
		return t.Sections
	}
	return []intake.Section{{Kind: intake.SectionNew, Start: 0, End: len(t.Content)}}
}

// authored is the sections of a text written by one author.
type authored struct {
	author   intake.Address
	sections []intake.Section
}

// authors groups the sections of a text by author: each forward header starts the text of
// another author.
func authors(t intake.Text, sender intake.Address) []authored {
	groups := []authored{{author: sender}}
	for _, x := range sectionsOf(t) {
		if x.Kind == intake.SectionForwardHeader {
			groups = append(groups, authored{author: headerAuthor(t.Content[x.Start:x.End])})
		}
		last := &groups[len(groups)-1]
		last.sections = append(last.sections, x)
	}
	return groups
}

// headerAuthor returns the first address in a forward header, which every mail program puts in
// the From line.
func headerAuthor(header string) intake.Address {
	for line := range strings.Lines(header) {
		at := findAddress(line)
		if at.End == 0 {
			continue
		}
		name := line[:at.Start]
		if i := strings.IndexByte(name, ':'); i >= 0 {
			name = name[i+1:]
		}
		name = strings.TrimSuffix(strings.TrimSpace(name), "mailto:")
		name = strings.TrimSpace(strings.Trim(strings.TrimSpace(name), `<["'*«»(`))
		return intake.Address{Name: name, Address: line[at.Start:at.End]}
	}
	return intake.Address{}
}

// readSentences splits the source into sentences and classifies each.
func (s *Source) readSentences() {
	for _, in := range []Part{PartTopic, PartBody} {
		for _, x := range s.Runs(func(p Part) bool { return p == in }) {
			s.Sentences = append(s.Sentences, cutSentences(s.Text, x.Start, x.End, in)...)
		}
	}
	slices.SortFunc(s.Sentences, func(a, b Sentence) int { return a.Start - b.Start })
	announced := false
	for i := range s.Sentences {
		x := &s.Sentences[i]
		text := s.Text[x.Start:x.End]
		announced = announced && (IsListItem(text) || IsTableRow(text))
		x.Roles = rolesOf(s.wording.roles, s.Folded(x.Start, x.End))
		x.Ask = s.askOf(*x, announced)
		if !announced && announces(text) {
			announced = s.Asks(*x)
		}
	}
}

// announces reports whether a sentence introduces what follows it, as one that ends in a colon
// or without punctuation does.
func announces(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	return last == ':' || unicode.IsLetter(last)
}

// Moments returns the dates stated in text[start:end]; relative dates are resolved against
// base.
func (s *Source) Moments(start, end int, base intake.Date) []dates.Moment {
	return s.wording.dates.In(s.Text, s.Scan, start, end, base)
}

// Linked reports whether the words in text[start:end] join two dates into one range rather
// than offer them as alternatives.
func (s *Source) Linked(start, end int) bool {
	return s.wording.dates.Linked(s.Scan.TokensIn(start, end))
}

// LooksLikeName reports whether a text is two to five capitalised words and nothing else:
// "Jelena Popadić", "Д. Р. Холматзода", "Mame Diarra NDIAYE".
func (s *Source) LooksLikeName(text string) bool { return s.wording.looksLikeName(text) }

// Folded returns the folded form of a stretch of the source.
func (s *Source) Folded(start, end int) string {
	f := s.Scan.Folded
	return f.Text[f.Of(start):f.Of(end)]
}

// PartAt returns the part of the line that contains an offset.
func (s *Source) PartAt(offset int) Part {
	for _, l := range s.Lines {
		if l.Start <= offset && offset <= l.End {
			return l.Part
		}
	}
	return PartIgnored
}
