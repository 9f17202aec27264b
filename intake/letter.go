package intake

import (
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

// A source is one text of a message as evidence names it.
type source struct {
	name      string // "subject", "body" or "attachment:N"
	text      string
	scan      lexicon.Scan // of text, the whole of it, made once
	standing  standing
	lines     []line
	sentences []sentence
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
	partContact                // the person in charge of the file ("исп.", "Contact:")
)

// A sentence is one sentence or list item of a source's body, and what the
// learned model takes it to be doing.
type sentence struct {
	start, end int
	part       part
	roles      learned.Scores // by the role model; nil where not scored
}
