package mailtext

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/dates"
	"verbale/intake/reading/letter"
)

// IDs of the cues in the habits file.
const (
	CueChaser     = "chaser"   // asks for the state of the request
	CueWithdraw   = "withdraw" // withdraws the request
	CueOutcome    = "outcome"  // asks what was decided
	CueTold       = "told"     // says that an earlier letter was sent
	CueDelayed    = "delayed"  // a mail is delayed and may still arrive
	cueOwnLetter  = "own_letter"
	cueThanks     = "thanks"
	cueAsks       = "asks"
	cueNewDates   = "new_dates"
	cueCorrection = "correction"
	cueDenial     = "denial"
	cueElse       = "other_days"
	cueMore       = "more"
	cueInstead    = "instead"
	cueUnsuitable = "unsuitable"
	cueImpossible = "impossible"
	cueUntil      = "until"
	cueBack       = "back"
	cueUnless     = "unless"
)

// A CueReader finds cues and dates in texts, using the habits file and the vocabulary of dates.
type CueReader struct {
	Habits *Habits
	Days   *dates.Words
}

// A Cue is a phrase of the habits file found in a text, with its sentence.
type Cue struct {
	lexicon.Hit
	from, to int // byte range of the sentence
}

// A Cues is a text with the cues found in it.
type Cues struct {
	reader *CueReader
	text   string
	scan   lexicon.Scan
	cues   []Cue
	// denials are cues that negate the dates following them.
	denials []Cue
}

// wordsOfNegation is the maximum distance in words between a negating word and the cue that
// it negates.
const wordsOfNegation = 4

// Limits, since anyone can send text: only the first cues of a text count, and a sentence
// extends at most this many bytes to either side of its cue.
const (
	mostCues     = 100
	longSentence = 1000
)

// Find finds the cues in a text, without negated ones.
func (e *CueReader) Find(text string) Cues {
	h := Cues{reader: e, text: text, scan: lexicon.Words(text)}
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
	h.hearFrames(hits)
	return h
}

// negated reports whether one of the hits before a cue negates it.
func (h Cues) negated(c Cue, before []lexicon.Hit) bool {
	for _, b := range before {
		if b.Has(cueUnless) && c.Token-(b.Token+b.N) < wordsOfNegation {
			return true
		}
	}
	return false
}

// First returns the first cue of an ID, if there is one.
func (h Cues) First(id string) (Cue, bool) {
	for _, c := range h.cues {
		if c.Has(id) {
			return c, true
		}
	}
	return Cue{}, false
}

// Sentence returns the sentence of a cue, on one line.
func (h Cues) Sentence(c Cue) string { return OneLine(h.text[c.from:c.to]) }

// sentenceAround returns the range of the sentence that contains a range of the text.
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

// endsSentence reports whether a mark ends a sentence, judging by the text around it.
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

// longestMarkOfNumber is the maximum length of an abbreviation before a number, in bytes.
const longestMarkOfNumber = 12

// shortened reports whether a full stop marks an abbreviation, as in "2027 г.", rather than
// the end of a sentence.
func shortened(before, after string) bool {
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(after, " "))
	if next == '№' || unicode.IsDigit(next) && letter.EndsInNumberMark(before[max(0, len(before)-longestMarkOfNumber):]) {
		return true
	}
	last, size := utf8.DecodeLastRuneInString(before)
	ahead, _ := utf8.DecodeLastRuneInString(before[:len(before)-size])
	return unicode.IsLower(next) && unicode.IsLetter(last) && !unicode.IsLetter(ahead)
}

// NewText returns the new text of a mail, preceded by its subject unless that was copied from
// the mail that it answers.
func (h *Habits) NewText(m *intake.Message) string {
	if h.Subject(m.Subject) != Cut(OneLine(m.Subject), h.SubjectLength) {
		return m.Body()
	}
	return m.Subject + "\n\n" + m.Body()
}

// Without returns the text without the sentences that contain a cue of one of the IDs and ask
// for nothing more behind it. They are replaced by spaces.
func (h Cues) Without(ids ...string) string {
	rest := []byte(h.text)
	for _, c := range h.cues {
		if !slices.ContainsFunc(ids, c.Has) || h.goesOn(c, ids) {
			continue
		}
		for i := c.from; i < c.to; i++ {
			if rest[i] != '\n' {
				rest[i] = ' '
			}
		}
	}
	return string(rest)
}

// goesOn reports whether the sentence of a cue asks for something more behind it, and behind
// the other cues of the IDs in it.
func (h Cues) goesOn(c Cue, ids []string) bool {
	last := c.End
	for _, other := range h.cues {
		if other.from == c.from && slices.ContainsFunc(ids, other.Has) {
			last = max(last, other.End)
		}
	}
	return slices.ContainsFunc(h.cues, func(m Cue) bool { return m.Has(cueMore) && last <= m.Start && m.End <= c.to })
}
