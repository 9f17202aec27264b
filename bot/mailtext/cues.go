package mailtext

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/dates"
)

// Ids of the cues in the habits of mail.
const (
	CueChaser     = "chaser"   // asks what became of the request
	CueWithdraw   = "withdraw" // takes the request back
	CueDelayed    = "delayed"  // a mail has not arrived, and may still
	cueOwnLetter  = "own_letter"
	cueNewDates   = "new_dates"
	cueCorrection = "correction"
	cueDenial     = "denial"
	cueElse       = "other_days"
	cueUntil      = "until"
	cueBack       = "back"
	cueUnless     = "unless"
)

// An Ear finds what texts say, by the habits of mail and the words of dates.
type Ear struct {
	Habits *Habits
	Days   *dates.Words
}

// A Cue is one phrase of the habits' cues in a text, in its sentence.
type Cue struct {
	lexicon.Hit
	from, to int // bytes of the sentence
}

// A Heard text is one that was looked through for cues.
type Heard struct {
	ear  *Ear
	text string
	scan lexicon.Scan
	cues []Cue
	// denials take back the days that follow them.
	denials []Cue
}

// wordsOfNegation is how far before a cue a word may stand that takes its meaning
// away.
const wordsOfNegation = 4

// Strangers write what is heard: of a text full of cues the first ones count, and of
// a sentence without an end so many bytes on either side of the cue.
const (
	mostCues     = 100
	longSentence = 1000
)

// Hear looks through a text for cues. Those whose meaning another word takes away
// are left out.
func (e *Ear) Hear(text string) Heard {
	h := Heard{ear: e, text: text, scan: lexicon.Words(text)}
	hits := e.Habits.cues.Find(h.scan)
	for _, hit := range hits {
		if len(h.cues)+len(h.denials) == mostCues {
			break
		}
		from, to := sentenceAround(text, hit.Start, hit.End)
		c := Cue{hit, from, to}
		if hit.Has(cueDenial) {
			h.denials = append(h.denials, c)
		} else if !hit.Has(cueUnless) && !h.negated(c, lexicon.HitsIn(hits, from, hit.Start)) {
			h.cues = append(h.cues, c)
		}
	}
	return h
}

// negated reports whether one of the hits before a cue takes its meaning away.
func (h Heard) negated(c Cue, before []lexicon.Hit) bool {
	for _, b := range before {
		if b.Has(cueUnless) && c.Token-(b.Token+b.N) < wordsOfNegation {
			return true
		}
	}
	return false
}

// First is the first cue of an id, and whether there is one.
func (h Heard) First(id string) (Cue, bool) {
	for _, c := range h.cues {
		if c.Has(id) {
			return c, true
		}
	}
	return Cue{}, false
}

// Sentence is the one in which a cue stands, on one line.
func (h Heard) Sentence(c Cue) string { return OneLine(h.text[c.from:c.to]) }

// sentenceAround is where the sentence begins and ends that holds a stretch.
func sentenceAround(text string, start, end int) (from, to int) {
	for from = start; from > max(0, start-longSentence); {
		r, size := utf8.DecodeLastRuneInString(text[:from])
		if endsSentence(r, text[:from-size], text[from:]) {
			break
		}
		from -= size
	}
	for to = end; to < min(len(text), end+longSentence); {
		r, size := utf8.DecodeRuneInString(text[to:])
		to += size
		if endsSentence(r, text[:to-size], text[to:]) {
			break
		}
	}
	return from, to
}

// endsSentence reports whether a mark ends a sentence, by what stands around it.
func endsSentence(r rune, before, after string) bool {
	switch r {
	case '.':
		return (after == "" || strings.IndexAny(after, " \n\r") == 0) && !shortened(before, after)
	case '!', '?':
		return true
	case '\n':
		return strings.HasPrefix(after, "\n") || strings.HasPrefix(after, "\r\n")
	}
	return false
}

// shortened reports whether a full stop ends a word that is cut short, as in "2027 г.",
// and its sentence goes on.
func shortened(before, after string) bool {
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(after, " "))
	last, size := utf8.DecodeLastRuneInString(before)
	ahead, _ := utf8.DecodeLastRuneInString(before[:len(before)-size])
	return unicode.IsLower(next) && unicode.IsLetter(last) && !unicode.IsLetter(ahead)
}

// NewText is what a mail newly says, its subject above it unless that was taken
// over from the mail that it answers.
func (h *Habits) NewText(m *intake.Message) string {
	if h.Subject(m.Subject) != Cut(OneLine(m.Subject), h.SubjectLength) {
		return m.Body()
	}
	return m.Subject + "\n\n" + m.Body()
}
