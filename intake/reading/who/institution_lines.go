package who

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// institutionNoun returns the first noun of an institution in a stretch, one
// of the letter's language before one of another.
func institutionNoun(people []lexicon.Hit, x letter.Stretch, language string) (found lexicon.Hit, native, ok bool) {
	for _, suffix := range []string{":" + language, ""} {
		for _, h := range lexicon.HitsIn(people, x.Start, x.End) {
			if h.Has("institution.public"+suffix) || h.Has("institution.private"+suffix) {
				return h, suffix != "", true
			}
		}
	}
	return lexicon.Hit{}, false, false
}

// describeInstitution makes the mention of an institution by its noun.
func describeInstitution(s *letter.Source, x letter.Stretch, noun lexicon.Hit, native bool, at place) institution {
	return institution{Stretch: x, public: noun.Has("institution.public"), unit: noun.Has("institution.unit"),
		native: native, place: at, noun: s.Folded(noun.Start, noun.End)}
}

// inLines finds institutions in the lines of a letterhead or signature.
func inLines(s *letter.Source, people []lexicon.Hit, language string, in letter.Part, at place) []institution {
	var out []institution
	for i := 0; i < len(s.Lines); i++ {
		if s.Lines[i].Part != in {
			continue
		}
		for _, x := range institutionPieces(s, i, at) {
			h, native, ok := institutionNoun(people, x, language)
			if !ok || strings.Contains(s.Text[x.Start:x.End], "@") || at == placeSignature && holdsPost(people, x, h) {
				continue
			}
			n := describeInstitution(s, x, h, native, at)
			switch {
			case isSentence(s, people, x):
				n.Start, n.End = nameStart(s, people, h, x.Start), nameEnd(s, people, h, x.End, language)
			case at == placeLetterhead && x.End == s.Lines[i].End:
				n.End = joined(s, people, i, in)
			}
			out = append(out, n)
		}
	}
	return out
}

// isSentence reports whether more than the name of an institution stands in a
// stretch of a line: a street, or a verb.
func isSentence(s *letter.Source, people []lexicon.Hit, x letter.Stretch) bool {
	text := s.Text[x.Start:x.End]
	return lexicon.Holds(s.Form, "address", x.Start, x.End) && strings.ContainsAny(text, "0123456789") || lexicon.Holds(s.Acts, "ask.verb", x.Start, x.End) ||
		lexicon.Holds(people, "formal", x.Start, x.End) || len(strings.Fields(text)) > fewWords && lexicon.Holds(people, "stop", x.Start, x.End)
}

// fewWords is the most words of a name that need not be looked through for the
// verb that ends it.
const fewWords = 12

// institutionPieces cuts a signature line at commas and a letterhead line at
// nothing but wide gaps, since long names hold commas.
func institutionPieces(s *letter.Source, i int, at place) []letter.Stretch {
	l := s.Lines[i]
	pieces := letter.CutPieces(s.Text, l.Start, l.End)
	if at == placeSignature {
		return joinSmall(s.Text, pieces)
	}
	if columns := columnsOf(s, i); columns != nil {
		return columns
	}
	if len(pieces) == 0 {
		return nil
	}
	return []letter.Stretch{{Start: pieces[0].Start, End: pieces[len(pieces)-1].End}}
}

// columnsOf returns the columns of a letterhead in two languages or of two
// senders: the halves of a line parted by a wide gap, where a line next to it is
// parted too; nil for none.
func columnsOf(s *letter.Source, i int) []letter.Stretch {
	here := wideHalves(s, s.Lines[i])
	if here == nil {
		return nil
	}
	for _, j := range []int{i - 1, i + 1} {
		if j >= 0 && j < len(s.Lines) && s.Lines[j].Part == s.Lines[i].Part && wideHalves(s, s.Lines[j]) != nil {
			return here
		}
	}
	return nil
}

// wideHalves returns the two halves of a line parted by one wide gap, nil where
// it is not so parted.
func wideHalves(s *letter.Source, l letter.Line) []letter.Stretch {
	text := s.Text[l.Start:l.End]
	trimmed := strings.TrimSpace(text)
	at := strings.IndexByte(trimmed, '\t')
	if at < 0 {
		at = strings.Index(trimmed, "    ")
	}
	if at <= 0 {
		return nil
	}
	start := l.Start + strings.Index(text, trimmed)
	right := strings.TrimLeftFunc(trimmed[at:], unicode.IsSpace)
	if strings.Contains(right, "\t") || strings.Contains(right, "    ") {
		return nil
	}
	left := strings.TrimRightFunc(trimmed[:at], unicode.IsSpace)
	return []letter.Stretch{{Start: start, End: start + len(left)}, {Start: start + len(trimmed) - len(right), End: start + len(trimmed)}}
}

// joinSmall joins a piece after a comma that begins with a small letter to the
// piece before it: "Ministry of Nature, ecology and supervision".
func joinSmall(text string, pieces []letter.Stretch) []letter.Stretch {
	var out []letter.Stretch
	for _, x := range pieces {
		r, _ := utf8.DecodeRuneInString(text[x.Start:])
		if n := len(out); n > 0 && unicode.IsLower(r) && strings.Trim(text[out[n-1].End:x.Start], ", ") == "" {
			out[n-1].End = x.End
			continue
		}
		out = append(out, x)
	}
	return out
}

// holdsPost reports whether a post stands before the institution's noun: "Head
// of Department".
func holdsPost(people []lexicon.Hit, x letter.Stretch, noun lexicon.Hit) bool {
	return lexicon.Holds(people, "post", x.Start, noun.Start)
}

// nameLines is the most lines that one name takes in a letterhead.
const nameLines = 4

// joined returns where the name that begins in line i ends, lines that go on
// with it included.
func joined(s *letter.Source, people []lexicon.Hit, i int, in letter.Part) int {
	end := s.Lines[i].End
	for j := i + 1; j < len(s.Lines) && j < i+nameLines; j++ {
		l := s.Lines[j]
		if l.Part != in || !goesOnName(s, people, s.Lines[j-1], l) {
			break
		}
		end = l.End
	}
	return s.Lines[i].Start + len(strings.TrimRightFunc(s.Text[s.Lines[i].Start:end], func(r rune) bool { return unicode.IsSpace(r) || r == ',' }))
}

// goesOnName reports whether a line of a letterhead continues the name in the
// line before: a joining word ends the one or begins the other.
func goesOnName(s *letter.Source, people []lexicon.Hit, before, l letter.Line) bool {
	tokens, earlier := s.Scan.TokensIn(l.Start, l.End), s.Scan.TokensIn(before.Start, before.End)
	if len(tokens) == 0 || len(earlier) == 0 || strings.ContainsAny(s.Text[l.Start:l.End], "0123456789@") {
		return false
	}
	last := earlier[len(earlier)-1]
	if lexicon.Holds(people, "joint", last.Start, last.End) || strings.HasSuffix(strings.TrimSpace(s.Text[before.Start:before.End]), ",") {
		return true
	}
	return lexicon.Holds(people, "joint", tokens[0].Start, tokens[0].End)
}
