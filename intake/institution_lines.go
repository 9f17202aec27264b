package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/intake/lexicon"
)

// institutionNoun returns the first noun of an institution in a stretch, one
// of the letter's language before one of another.
func institutionNoun(people []lexicon.Hit, x stretch, language string) (found lexicon.Hit, native, ok bool) {
	for _, suffix := range []string{":" + language, ""} {
		for _, h := range hitsWithin(people, x.start, x.end) {
			if h.Has("institution.public"+suffix) || h.Has("institution.private"+suffix) {
				return h, suffix != "", true
			}
		}
	}
	return lexicon.Hit{}, false, false
}

// describeInstitution makes the mention of an institution by its noun.
func describeInstitution(s *source, x stretch, noun lexicon.Hit, native bool, at place) institution {
	return institution{stretch: x, public: noun.Has("institution.public"), unit: noun.Has("institution.unit"),
		native: native, place: at, noun: s.folded(noun.Start, noun.End)}
}

// inLines finds institutions in the lines of a letterhead or signature.
func (w *Wording) inLines(s *source, people []lexicon.Hit, language string, in part, at place) []institution {
	var out []institution
	for i := 0; i < len(s.lines); i++ {
		if s.lines[i].part != in {
			continue
		}
		for _, x := range w.institutionPieces(s, i, at) {
			h, native, ok := institutionNoun(people, x, language)
			if !ok || strings.Contains(s.text[x.start:x.end], "@") || at == placeSignature && holdsPost(people, x, h) {
				continue
			}
			n := describeInstitution(s, x, h, native, at)
			switch {
			case w.isSentence(s, people, x):
				n.start, n.end = nameStart(s, people, h, x.start), nameEnd(s, people, h, x.end, language)
			case at == placeLetterhead && x.end == s.lines[i].end:
				n.end = w.joined(s, people, i, in)
			}
			out = append(out, n)
		}
	}
	return out
}

// isSentence reports whether more than the name of an institution stands in a
// stretch of a line: a street, or a verb.
func (w *Wording) isSentence(s *source, people []lexicon.Hit, x stretch) bool {
	text := s.text[x.start:x.end]
	return holds(s.form, "address", x.start, x.end) && strings.ContainsAny(text, "0123456789") || holds(s.acts, "ask.verb", x.start, x.end) ||
		holds(people, "formal", x.start, x.end) || len(strings.Fields(text)) > fewWords && holds(people, "stop", x.start, x.end)
}

// fewWords is the most words of a name that need not be looked through for the
// verb that ends it.
const fewWords = 12

// institutionPieces cuts a signature line at commas and a letterhead line at
// nothing but wide gaps, since long names hold commas.
func (w *Wording) institutionPieces(s *source, i int, at place) []stretch {
	l := s.lines[i]
	pieces := cutPieces(s.text, l.start, l.end)
	if at == placeSignature {
		return joinSmall(s.text, pieces)
	}
	if columns := w.columnsOf(s, i); columns != nil {
		return columns
	}
	if len(pieces) == 0 {
		return nil
	}
	return []stretch{{pieces[0].start, pieces[len(pieces)-1].end}}
}

// columnsOf returns the columns of a letterhead in two languages or of two
// senders: the halves of a line parted by a wide gap, where a line next to it is
// parted too; nil for none.
func (w *Wording) columnsOf(s *source, i int) []stretch {
	here := wideHalves(s, s.lines[i])
	if here == nil {
		return nil
	}
	for _, j := range []int{i - 1, i + 1} {
		if j >= 0 && j < len(s.lines) && s.lines[j].part == s.lines[i].part && wideHalves(s, s.lines[j]) != nil {
			return here
		}
	}
	return nil
}

// wideHalves returns the two halves of a line parted by one wide gap, nil where
// it is not so parted.
func wideHalves(s *source, l line) []stretch {
	text := s.text[l.start:l.end]
	trimmed := strings.TrimSpace(text)
	at := strings.IndexByte(trimmed, '\t')
	if at < 0 {
		at = strings.Index(trimmed, "    ")
	}
	if at <= 0 {
		return nil
	}
	start := l.start + strings.Index(text, trimmed)
	right := strings.TrimLeftFunc(trimmed[at:], unicode.IsSpace)
	if strings.Contains(right, "\t") || strings.Contains(right, "    ") {
		return nil
	}
	left := strings.TrimRightFunc(trimmed[:at], unicode.IsSpace)
	return []stretch{{start, start + len(left)}, {start + len(trimmed) - len(right), start + len(trimmed)}}
}

// joinSmall joins a piece after a comma that begins with a small letter to the
// piece before it: "Ministry of Nature, ecology and supervision".
func joinSmall(text string, pieces []stretch) []stretch {
	var out []stretch
	for _, x := range pieces {
		r, _ := utf8.DecodeRuneInString(text[x.start:])
		if n := len(out); n > 0 && unicode.IsLower(r) && strings.Trim(text[out[n-1].end:x.start], ", ") == "" {
			out[n-1].end = x.end
			continue
		}
		out = append(out, x)
	}
	return out
}

// holdsPost reports whether a post stands before the institution's noun: "Head
// of Department".
func holdsPost(people []lexicon.Hit, x stretch, noun lexicon.Hit) bool {
	return holds(people, "post", x.start, noun.Start)
}

// nameLines is the most lines that one name takes in a letterhead.
const nameLines = 4

// joined returns where the name that begins in line i ends, lines that go on
// with it included.
func (w *Wording) joined(s *source, people []lexicon.Hit, i int, in part) int {
	end := s.lines[i].end
	for j := i + 1; j < len(s.lines) && j < i+nameLines; j++ {
		l := s.lines[j]
		if l.part != in || !w.goesOnName(s, people, s.lines[j-1], l) {
			break
		}
		end = l.end
	}
	return s.lines[i].start + len(strings.TrimRightFunc(s.text[s.lines[i].start:end], func(r rune) bool { return unicode.IsSpace(r) || r == ',' }))
}

// goesOnName reports whether a line of a letterhead continues the name in the
// line before: a joining word ends the one or begins the other.
func (w *Wording) goesOnName(s *source, people []lexicon.Hit, before, l line) bool {
	tokens, earlier := s.tokensIn(l.start, l.end), s.tokensIn(before.start, before.end)
	if len(tokens) == 0 || len(earlier) == 0 || strings.ContainsAny(s.text[l.start:l.end], "0123456789@") {
		return false
	}
	last := earlier[len(earlier)-1]
	if holds(people, "joint", last.Start, last.End) || strings.HasSuffix(strings.TrimSpace(s.text[before.start:before.end]), ",") {
		return true
	}
	return holds(people, "joint", tokens[0].Start, tokens[0].End)
}
