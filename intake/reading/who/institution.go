package who

import (
	"slices"
	"strings"
	"unicode"

	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// An institution is a mention in the text of an institution that may be the requester.
type institution struct {
	letter.Stretch
	public bool
	unit   bool // a department rather than a whole institution
	native bool // named in the letter's language
	asks   bool // its sentence makes a request
	late   bool // named after the first few sentences
	under  bool // below, and not a department
	below  bool // stands below a ministry in the letterhead
	headed bool // named in the signatory's post
	sender bool // the sender's name, address or number is its own
	place  place
	// a Permanent Mission, which may make its own request or pass on that of others
	mission bool
	noun    string // folded noun of its kind, such as "ministry"
	folded  string // its whole name, folded
	words   int
}

// A place is where in the letter an institution is named.
type place int

const (
	placeLetterhead place = iota
	placeOpening          // it begins a sentence of the body
	placeSignature
)

// Weights of the features that distinguish the requesting institution from others named in the
// letter. The most important is a name in the letter's own language, then its place;
// departments, and Missions that only pass on a request, score lower.
var placeSigns = map[place]float64{placeLetterhead: 1, placeOpening: 0.9, placeSignature: 0.8}

const (
	nativeSign = 3.0
	unitSign   = -2.5
	aboveSign  = -1.0
	headedSign = -2.0 // named only in the signatory's post
	lateSign   = -0.6
	askingSign = 0.3
	passesSign = -3.8 // a Mission that passes on another institution's request
	repeatSign = 0.6  // an institution with the same noun is mentioned in another place
	underSign  = 0.5  // in the letterhead, below the ministry it belongs to
	senderSign = 0.9  // the sender's name, address or number is its own
)

// chooseInstitution returns the institution of a source that is most likely the requester, in
// the longest form used in the source, and a rival with a different noun and nearly the same
// score.
func (p *page) chooseInstitution(from sender) (best, rival institution, ok bool) {
	named := p.institutionsOf(from)
	named = named[:min(len(named), manyInstitutions)]
	scores := make([]float64, len(named))
	top := 0.0
	for i, n := range named {
		if scores[i] = n.score(p, named); scores[i] > top {
			best, top = n, scores[i]
		}
	}
	for i, n := range named {
		if n.noun != best.noun && scores[i] > top-closeRival {
			rival = n
		}
	}
	return p.fullest(p.headOf(best, named), named), rival, best.End > 0
}

// headOf returns the institution as named in the letterhead or signature, if the body only
// names it after "on behalf of", where its noun is inflected: "по поручению Министерства …".
func (p *page) headOf(best institution, named []institution) institution {
	if best.place != placeOpening || !p.isSpokenFor(best.Stretch) {
		return best
	}
	for _, n := range named {
		if n.place != placeOpening && n.native == best.native && n.unit == best.unit && n.words > 1 && !n.headed && p.bendsTo(n, best) {
			return n
		}
	}
	return best
}

// longestBend is the maximum number of letters at the end of a noun that inflection may
// change.
const longestBend = 2

// bendsTo reports whether the name of n begins with that of bent, whose noun may be in another
// grammatical case.
func (p *page) bendsTo(n, bent institution) bool {
	noun, other := []rune(n.noun), []rune(bent.noun)
	stem := min(len(noun), len(other)) - longestBend
	if stem < longestBend || string(noun[:stem]) != string(other[:stem]) {
		return false
	}
	rest := strings.TrimSpace(strings.TrimPrefix(bent.folded, bent.noun))
	return strings.HasPrefix(strings.TrimSpace(strings.TrimPrefix(n.folded, n.noun)), rest)
}

// manyInstitutions is the maximum number of mentions that are compared.
const manyInstitutions = 60

// closeRival is the score difference below which a second institution is reported as a doubt.
const closeRival = 0.15

// score rates how likely a mention is the requester; 0 for a bare "the Ministry", which names
// none.
func (n institution) score(p *page, named []institution) float64 {
	if n.words < 2 {
		return 0
	}
	score := placeSigns[n.place]
	n.sender, n.under = n.sender && !n.outspoken(named), n.under && !n.outspoken(named)
	for _, s := range []struct {
		sign  float64
		holds bool
	}{
		{nativeSign, n.native}, {unitSign, n.unit && (n.below || !n.sender)}, {underSign, n.under}, {senderSign, n.sender}, {askingSign, n.asks}, {lateSign, n.late}, {repeatSign, n.repeated(named)},
		{passesSign, n.mission && n.passesOn(named) && !p.missionAsks()}, {aboveSign, p.isAbove(n)}, {headedSign, n.headed},
	} {
		if s.holds {
			score += s.sign
		}
	}
	return score
}

// passesOn reports whether a Mission passes on a request: another institution, named in full
// in the letter's language, speaks in the letter.
func (n institution) passesOn(named []institution) bool {
	for _, other := range named {
		if other.place == placeOpening && other.native && other.public && !other.mission && !other.unit && other.words > 2 {
			return true
		}
	}
	return false
}

// missionAsks reports whether the Mission makes the letter's request itself, or says that it
// does so on instruction.
func (p *page) missionAsks() bool {
	const soon = 2 // words, an article among them
	for _, x := range p.Sentences {
		words := p.Scan.TokensIn(x.Start, x.End)
		words = words[:min(soon, len(words))]
		if x.Ask >= plainAsk && len(words) > 0 && p.says("mission", words[0].Start, words[len(words)-1].End) && !p.asksForAnswer(x) && !p.says("behalf", x.Start, x.End) {
			return true
		}
	}
	return p.says("instructed", 0, len(p.Text))
}

// asksForAnswer reports whether a sentence mainly sets a deadline for the reply.
func (p *page) asksForAnswer(x letter.Sentence) bool {
	return x.Roles.Share("reply_deadline") > plainAsk
}

// plainAsk is the ask score from which a sentence clearly requests technical cooperation.
const plainAsk = 0.5

// isAbove reports whether the name begins with that of the government, to which all public
// institutions belong.
func (p *page) isAbove(n institution) bool {
	return slices.ContainsFunc(lexicon.HitsAt(p.people, n.Start), func(h lexicon.Hit) bool { return h.Has("above") })
}

// outspoken reports whether another whole institution, named in the letter's language, makes
// the request in the body, so that n, which is below it, is not the requester.
func (n institution) outspoken(named []institution) bool {
	outspoken := false
	for i, other := range named {
		if !other.speaksUp() {
			continue
		}
		if slices.ContainsFunc(named[:i], func(earlier institution) bool { return earlier.speaksUp() && earlier.parts(other) }) {
			return false // several institutions make the request; the sender acts for all of them
		}
		outspoken = outspoken || other.noun != n.noun
	}
	return outspoken
}

// speaksUp reports whether a whole institution, named in the letter's language, makes a
// request in the body.
func (n institution) speaksUp() bool {
	return n.place == placeOpening && n.asks && n.native && !n.unit && n.words > 1
}

// parts reports whether two full names are those of two different institutions.
func (n institution) parts(other institution) bool {
	const whole = 2 // words; a longer name identifies an institution
	return n.words > whole && other.words > whole && !strings.HasPrefix(n.folded, other.folded) && !strings.HasPrefix(other.folded, n.folded)
}

// repeated reports whether an institution with the same noun is mentioned in another place of
// the letter.
func (n institution) repeated(named []institution) bool {
	for _, other := range named {
		if other.place != n.place && other.noun == n.noun {
			return true
		}
	}
	return false
}

// fullest returns the longest form in which an institution is named.
func (p *page) fullest(best institution, named []institution) institution {
	for _, n := range named {
		if n.noun == best.noun && n.native == best.native && n.unit == best.unit && n.words > best.words && p.holdsWords(n, best) {
			best = n
		}
	}
	return best
}

// holdsWords reports whether a name contains all words of a shorter form in the same order:
// "Customs Committee of the Republic of X" those of "Customs Committee of X".
func (p *page) holdsWords(n, shorter institution) bool {
	words := p.Scan.TokensIn(shorter.Start, shorter.End)
	for _, t := range p.Scan.TokensIn(n.Start, n.End) {
		if len(words) > 0 && t.Folded == words[0].Folded {
			words = words[1:]
		}
	}
	return len(words) == 0
}

// institutionsOf lists the institutions named in a source, in the order letterhead, body,
// signature.
func (p *page) institutionsOf(from sender) []institution {
	out := p.inLines(letter.PartLetterhead, placeLetterhead)
	p.markUnder(out)
	out = append(out, p.inBody(from)...)
	out = append(out, p.inLines(letter.PartSignature, placeSignature)...)
	for i := range out {
		n := &out[i]
		for _, h := range lexicon.HitsIn(p.people, n.Start, n.End) {
			if h.Has("accredited") {
				n.End = n.Start + len(strings.TrimRightFunc(p.Text[n.Start:h.Start], unicode.IsSpace))
				break
			}
		}
		n.Stretch = p.beforeNumber(n.Stretch)
		n.words, n.folded = len(p.Scan.TokensIn(n.Start, n.End)), strings.TrimSpace(p.Folded(n.Start, n.End))
		n.sender = from.isCalled(p.Text[n.Start:n.End])
		if from.minister && n.below {
			n.sender, n.under = false, false
		}
	}
	return out
}

// beforeNumber cuts a name off before the letter's number, for lines that contain both: "City
// Hall of Strelsau, no. 12-3/45 of 3 May".
func (p *page) beforeNumber(x letter.Stretch) letter.Stretch {
	words := p.Scan.TokensIn(x.Start, x.End)
	for i := 2; i < len(words); i++ {
		register := strings.ContainsAny(p.Text[words[i].Start:min(x.End, words[i].Start+longestNumber)], "/-")
		if register && unicode.IsDigit(rune(words[i].Folded[0])) && letter.EndsInNumberMark(p.Text[x.Start:words[i].Start]) {
			last := i - 1
			if letter.EndsInNumberMark(p.Text[x.Start:words[last].End]) {
				last-- // the tokens leave out most number marks, but not all
			}
			return letter.Stretch{Start: x.Start, End: words[last].End}
		}
	}
	return x
}

// markUnder marks the institutions that are below a ministry in a letterhead: they are the
// authors, and the ministry is only named as their parent.
func (p *page) markUnder(letterhead []institution) {
	parent := false
	for i := range letterhead {
		n := &letterhead[i]
		isParent := p.says("parent", n.Start, n.End) && !p.says("under", n.Start, n.End)
		n.below = parent && !isParent
		n.unit = n.unit || n.below && p.says("below_ministry", n.Start, n.Start+1)
		n.under = n.below && !n.unit
		parent = parent || isParent
	}
}
