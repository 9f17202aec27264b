package what

import (
	"strings"

	"verbale/intake/lexicon"
)

// A moneyHeading follows what stands under a heading that announces who pays
// ("Funding: …", "3. Financement."): the rest of its line, or the line after a
// heading that has its own.
type moneyHeading struct {
	open  bool
	alone bool // nothing has followed the heading yet
}

// covers reports whether the statement is or begins the text under a heading,
// and notes where one opens or ends.
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

// headingNumbers are the marks that number a heading or part it from its text.
const headingNumbers = " \t\u00a0\n0123456789.()*-–—•"

// afterMoneyHeading returns what follows a heading of money that begins the
// statement.
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

// restReach is how many sentences after a promise to pay may leave the rest of the
// costs to us.
const restReach = 2

// markShares marks the statements whose promise to pay for something is followed, or
// ended, by words that leave another part of the costs to us: "Eurostat can pay the
// trip, but not the fee", "The visit is on us. The fees we leave to you."
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

// verbless is the most words that a sentence without a verb has.
const verbless = 10

// allots reports whether a sentence without a verb says who gives what the
// place has to give ("Hall and interpreters: the Ministry").
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

// countCues counts the words of a stretch that a cue stands for.
func (s statement) countCues(id string, start, end int) int {
	n := 0
	for _, h := range lexicon.HitsIn(s.Scan.Hits, start, end) {
		if h.Class == lexicon.ClassCue && h.End <= end && h.Has(id) {
			n++
		}
	}
	return n
}

// beginsWith reports whether a cue is the first word, a number apart.
func (s statement) beginsWith(id string) bool {
	for _, h := range s.hits(lexicon.ClassCue) {
		if h.Has(id) {
			return strings.Trim(s.Text[s.Start:h.Start], headingNumbers) == ""
		}
	}
	return false
}

// namesPlace reports whether a State or a town stands after a point.
func (s statement) namesPlace(after int) bool {
	for _, h := range lexicon.HitsIn(s.Scan.Hits, after, s.End) {
		if h.Class == lexicon.ClassCountry || h.Class == lexicon.ClassCity {
			return true
		}
	}
	return false
}
