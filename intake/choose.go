package intake

import (
	"math"
	"strings"
)

// choose decides which source is the letter; the others are notes around it or
// its annexes.
func (l *letter) choose() {
	best := math.Inf(-1)
	for i := range l.sources {
		s := &l.sources[i]
		if s.standing == standingSubject {
			continue
		}
		if score := letterness(s); score > best {
			best, l.main = score, i
		}
	}
	for i := range l.sources {
		s := &l.sources[i]
		switch {
		case s.standing == standingSubject:
		case i == l.main:
			s.standing = standingLetter
		case s.name == "body":
			s.standing = standingCover
		default:
			s.standing = standingAnnex
		}
	}
}

// Weights of the signs by which the letter is told from covers and annexes. A
// text that asks, is addressed to us, greets and closes is a letter; a short
// note that points to an attachment is not.
const (
	askSign        = 2.0
	addresseeSign  = 0.8
	salutationSign = 0.4
	closingSign    = 0.4
	referenceSign  = 0.4
	lengthSign     = 0.6
	fullLength     = 120 // words at which a text counts as long
	coverSign      = -1.5
	shortCover     = 90 // words up to which a note that points elsewhere is only a cover
	annexSign      = -1.0
	calendarSign   = -5.0
)

// letterness weighs how much a source looks like the letter that asks.
func letterness(s *source) float64 {
	_, ask := s.bestAsk()
	score := askSign * ask
	parts := map[part]bool{}
	words := 0
	for _, x := range s.lines {
		parts[x.part] = true
		if x.part == partBody {
			words += len(s.tokensIn(x.start, x.end))
		}
	}
	for p, sign := range map[part]float64{partAddressee: addresseeSign, partSalutation: salutationSign, partClosing: closingSign, partReference: referenceSign} {
		if parts[p] {
			score += sign
		}
	}
	score += lengthSign * float64(min(words, fullLength)) / fullLength
	if words <= shortCover && holds(s.form, "covers", 0, len(s.text)) {
		score += coverSign
	}
	if strings.HasPrefix(s.name, "attachment") && looksLikeAnnex(s) {
		score += annexSign
	}
	if strings.HasPrefix(strings.TrimSpace(s.text), "BEGIN:V") {
		score += calendarSign
	}
	if words == 0 {
		score -= 1
	}
	return score
}

// looksLikeAnnex reports whether a text calls itself an annex in its first
// line.
func looksLikeAnnex(s *source) bool {
	text := strings.TrimLeft(s.text, " \t\n\ufeff")
	head := len(s.text) - len(text)
	end := head + strings.IndexByte(text+"\n", '\n')
	return holds(s.form, "annex", head, end)
}
