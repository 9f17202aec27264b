package what

import (
	"strings"

	"verbale/intake/lexicon"
)

// A moneyHeading tracks the text under a heading about who pays ("Funding: …", "3.
// Financement."): the rest of the line, or the next line if the heading has a line of its own.
type moneyHeading struct {
	open  bool
	alone bool // nothing has followed the heading yet
}

// covers reports whether the statement is under such a heading or starts with one, and updates
// the state.
func (h *moneyHeading) covers(s statement) bool {
	if rest, ok := s.afterMoneyHeading(); ok {
		h.open, h.alone = true, rest == ""
		return rest != ""
	}
	if s.startsLine() && !h.alone {
		h.open = false
	}
	h.alone = false
	return h.open
}

// headingNumbers are the characters that number a heading or separate it from its text.
const headingNumbers = " \t\u00a0\n0123456789.()*-–—•"

// afterMoneyHeading returns the text after a funding heading at the start of the statement.
func (s statement) afterMoneyHeading() (rest string, ok bool) {
	for _, h := range s.hits(lexicon.ClassCue) {
		if !h.Has("money_heading") || strings.Trim(s.Text[s.Start:h.Start], headingNumbers) != "" {
			continue
		}
		rest = strings.TrimSpace(s.Text[h.End:s.End])
		if rest == "" || strings.ContainsAny(rest[:1], ":.-") || strings.HasPrefix(rest, "–") || strings.HasPrefix(rest, "—") {
			return strings.Trim(rest, headingNumbers+":"), true
		}
	}
	return "", false
}

// restReach is the maximum number of sentences from a promise to pay to one that leaves the
// rest of the costs to us.
const restReach = 2

// markShares marks the statements that promise to pay for something and leave another part of
// the costs to us, in the same sentence or shortly after: "Eurostat can pay the trip, but not
// the fee", "The visit is on us. The fees we leave to you."
func markShares(all []statement) {
	for i := range all {
		if !all[i].cued("leaves_rest") {
			continue
		}
		all[i].shares = true
		for back := 1; back <= restReach && back <= i && !all[i].cued("will_pay"); back++ {
			if all[i-back].Source == all[i].Source {
				all[i-back].shares = true
			}
		}
	}
}

// verbless is the maximum number of words in a sentence without a verb.
const verbless = 10

// allots reports whether a sentence without a verb says who contributes in kind ("Hall and
// interpreters: the Ministry").
func (s statement) allots() bool {
	words := s.Words(s.Sentence)
	if len(strings.Fields(words)) > verbless {
		return false
	}
	for _, mark := range []string{":", " - ", " – ", " — "} {
		at := strings.Index(words, mark)
		if at <= 0 {
			continue
		}
		split := s.Start + at
		if n := s.countCues("in_kind", s.Start, split); n > 0 && s.beginsWith("in_kind") && (n > 1 || s.cuedWithin("host_side", split, s.End)) {
			return !s.namesPlace(split)
		}
	}
	return false
}

// countCues returns how often a cue occurs in text[start:end].
func (s statement) countCues(id string, start, end int) int {
	n := 0
	for _, h := range lexicon.HitsIn(s.Scan.Hits, start, end) {
		if h.Class == lexicon.ClassCue && h.End <= end && h.Has(id) {
			n++
		}
	}
	return n
}

// beginsWith reports whether the statement begins with a cue, apart from a number.
func (s statement) beginsWith(id string) bool {
	for _, h := range s.hits(lexicon.ClassCue) {
		if h.Has(id) {
			return strings.Trim(s.Text[s.Start:h.Start], headingNumbers) == ""
		}
	}
	return false
}

// namesPlace reports whether a country or a town is named after an offset.
func (s statement) namesPlace(after int) bool {
	for _, h := range lexicon.HitsIn(s.Scan.Hits, after, s.End) {
		if h.Class == lexicon.ClassCountry || h.Class == lexicon.ClassCity {
			return true
		}
	}
	return false
}
