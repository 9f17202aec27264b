package intake

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/intake/learned"
	"verbale/intake/lexicon"
)

// A letter is a message laid out for reading: every text of it that may speak,
// which of them makes the request, and what each line and sentence of it is.
// All offsets are bytes into the text of the source.
type letter struct {
	sources []source // subject, body, then the attachments that have text
	main    int      // index of the source in which the request is made
	date    Date     // the day from which relative dates count; zero where unknown
}

// A source is one text of a message as evidence names it. A body that forwards
// another mail is several sources of one name: one for each author.
type source struct {
	name      string // "subject", "body" or "attachment:N"
	text      string
	scan      lexicon.Scan // of text, the whole of it, made once
	author    Address      // who wrote it, where a header says so
	standing  standing
	lines     []line
	sentences []sentence
	form      []lexicon.Hit // phrases of letter.yaml: what lines are
	acts      []lexicon.Hit // phrases of acts.yaml: what is being done
}

// A standing says how much a source has to say about the request.
type standing int

const (
	standingSubject standing = iota // the subject header
	standingLetter                  // the text that makes the request
	standingCover                   // a note around it: covering mail, forwarder's words
	standingAnnex                   // support: tables, terms of reference, lists
)

// A line is one line of a source, without its line feed, and its place in the
// anatomy of a letter.
type line struct {
	start, end int
	part       part
}

// A part is a place in the anatomy of a letter.
type part int

const (
	partIgnored    part = iota // quoted history, boilerplate, forward headers, blank lines
	partLetterhead             // name and address of the sender at the top
	partReference              // the line with the letter's own number, often its date too
	partDateline               // place and date
	partAddressee              // to whom it is written
	partTopic                  // "Subject:", "Objet :", "О …"
	partSalutation             // "Dear …", "Уважаемый …", "Monsieur,"
	partBody                   // what is said
	partClosing                // "Yours sincerely", "С уважением"
	partSignature              // name, post, institution, address of the signatory
	partBelow                  // copies, enclosures, the address of a note verbale, below the signature
	partContact                // the person in charge of the file ("исп.", "Contact:")
)

// A sentence is one sentence or list item of a source's body, and what the
// learned model takes it to be doing.
type sentence struct {
	start, end int
	part       part
	roles      learned.Scores // by the role model; nil where not scored
	ask        float64        // how much it asks us for technical cooperation, 0 to 1
}

// letterOf lays a message out: it cuts every text into lines and sentences and
// decides which of them is the letter.
func (r *Reader) letterOf(m *Message) letter {
	l := letter{}
	if !m.Date.IsZero() {
		l.date = DateOf(m.Date)
	}
	l.sources = append(l.sources, r.subjectSource(m))
	l.sources = append(l.sources, r.bodySources(m)...)
	for i := range m.Attachments {
		if a := &m.Attachments[i]; strings.TrimSpace(a.Text.Content) != "" && !a.Inline {
			l.sources = append(l.sources, r.attachmentSource(a, i+1))
		}
	}
	for i := range l.sources {
		r.readSentences(&l.sources[i])
	}
	l.choose()
	return l
}

func (r *Reader) newSource(name, text string, author Address) source {
	scan := r.vocabulary.Scan(text)
	return source{name: name, text: text, author: author, scan: scan, form: r.wording.form.Find(scan), acts: r.wording.acts.Find(scan)}
}

func (r *Reader) subjectSource(m *Message) source {
	s := r.newSource("subject", m.Subject, Address{})
	s.standing = standingSubject
	s.lines = []line{{start: 0, end: len(m.Subject), part: partTopic}}
	return s
}

// bodySources returns one source for what the sender wrote and one for each
// mail forwarded in the body.
func (r *Reader) bodySources(m *Message) []source {
	whole := r.newSource("body", m.Text.Content, m.From)
	var sources []source
	for _, group := range authors(m.Text, m.From) {
		s := whole
		s.author, s.standing = group.author, standingCover
		r.wording.layLines(&s, group.sections)
		sources = append(sources, s)
	}
	return sources
}

func (r *Reader) attachmentSource(a *Attachment, number int) source {
	s := r.newSource("attachment:"+strconv.Itoa(number), a.Text.Content, Address{})
	text := a.Text
	if a.Message != nil {
		s.author = a.Message.From
		if len(text.Sections) == 0 && a.Message.Text.Content == text.Content {
			text = a.Message.Text
		}
	}
	s.standing = standingAnnex
	r.wording.layLines(&s, sectionsOf(text))
	return s
}

// sectionsOf returns the sections of a text; one where none are told apart.
func sectionsOf(t Text) []Section {
	if len(t.Sections) > 0 {
		return t.Sections
	}
	return []Section{{Kind: SectionNew, Start: 0, End: len(t.Content)}}
}

// authored is the sections of a text that one person wrote.
type authored struct {
	author   Address
	sections []Section
}

// authors groups the sections of a text by who wrote them: each forward header
// begins the words of another author.
func authors(t Text, sender Address) []authored {
	groups := []authored{{author: sender}}
	for _, x := range sectionsOf(t) {
		if x.Kind == SectionForwardHeader {
			groups = append(groups, authored{author: headerAuthor(t.Content[x.Start:x.End])})
		}
		last := &groups[len(groups)-1]
		last.sections = append(last.sections, x)
	}
	return groups
}

// headerAuthor reads the first address of a forward header, which is the one
// of its From line in every mail program.
func headerAuthor(header string) Address {
	for line := range strings.Lines(header) {
		at := findAddress(line)
		if at.end == 0 {
			continue
		}
		name := line[:at.start]
		if i := strings.IndexByte(name, ':'); i >= 0 {
			name = name[i+1:]
		}
		name = strings.TrimSpace(strings.Trim(strings.TrimSpace(name), `<["'*«»(`))
		name = strings.TrimSuffix(name, "mailto:")
		return Address{Name: strings.TrimSpace(name), Address: line[at.start:at.end]}
	}
	return Address{}
}

// readSentences cuts the source into sentences and tells what each does.
func (r *Reader) readSentences(s *source) {
	for _, in := range []part{partTopic, partBody} {
		for _, x := range s.runs(func(p part) bool { return p == in }) {
			s.sentences = append(s.sentences, cutSentences(s.text, x.start, x.end, in)...)
		}
	}
	slices.SortFunc(s.sentences, func(a, b sentence) int { return a.start - b.start })
	announced := false
	for i := range s.sentences {
		x := &s.sentences[i]
		text := s.text[x.start:x.end]
		announced = announced && isListItem(text)
		x.roles = r.wording.roles.Scores(s.folded(x.start, x.end))
		x.ask = r.wording.askOf(s, *x, announced)
		if !announced && announces(text) {
			announced = holds(s.acts, "ask.verb", x.start, x.end)
		}
	}
}

// announces reports whether a sentence announces what follows it, as one does
// that ends in a colon or in no mark at all.
func announces(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	return last == ':' || unicode.IsLetter(last)
}

// folded returns the folded form of a stretch of the source.
func (s *source) folded(start, end int) string {
	f := s.scan.Folded
	return f.Text[f.Of(start):f.Of(end)]
}

// partAt returns the part of the line that holds an offset.
func (s *source) partAt(offset int) part {
	for _, l := range s.lines {
		if l.start <= offset && offset <= l.end {
			return l.part
		}
	}
	return partIgnored
}
