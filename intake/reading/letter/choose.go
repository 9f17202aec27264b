package letter

import (
	"math"
	"strings"

	"verbale/intake/lexicon"
)

// choose selects the source that is the letter; the others become cover notes or annexes.
func (l *Letter) choose() {
	best := math.Inf(-1)
	for _, s := range l.Sources {
		if s.Standing == StandingSubject {
			continue
		}
		if score := letterness(s); score > best {
			best, l.Main = score, s
		}
	}
	for _, s := range l.Sources {
		switch {
		case s.Standing == StandingSubject:
		case s == l.Main:
			s.Standing = StandingLetter
		case s.Name == "body":
			s.Standing = StandingCover
		default:
			s.Standing = StandingAnnex
		}
	}
}

// ByRank lists the sources in order of precedence: the letter, the subject, cover notes,
// annexes.
func (l *Letter) ByRank() []*Source {
	order := []*Source{l.Main}
	for _, standing := range []Standing{StandingSubject, StandingCover, StandingAnnex} {
		for _, s := range l.Sources {
			if s != l.Main && s.Standing == standing {
				order = append(order, s)
			}
		}
	}
	return order
}

// Weights of the features that distinguish the letter from cover notes and annexes. A text
// that requests something, is addressed to us, and has a salutation and a closing is a letter;
// a short note that points to an attachment is not.
const (
	askSign        = 2.0
	addresseeSign  = 0.8
	salutationSign = 0.4
	closingSign    = 0.4
	referenceSign  = 0.4
	lengthSign     = 0.6
	fullLength     = 120 // words; length from which a text gets the full lengthSign
	coverSign      = -1.5
	shortCover     = 90 // words; up to this length, a note that points to an attachment is only a cover
	annexSign      = -1.0
	calendarSign   = -5.0
)

// letterness scores how much a source looks like the letter that makes the request.
func letterness(s *Source) float64 {
	_, ask := s.BestAsk()
	score := askSign * ask
	parts := map[Part]bool{}
	words := 0
	for _, x := range s.Lines {
		parts[x.Part] = true
		if x.Part == PartBody {
			words += len(s.Scan.TokensIn(x.Start, x.End))
		}
	}
	for p, sign := range map[Part]float64{PartAddressee: addresseeSign, PartSalutation: salutationSign, PartClosing: closingSign, PartReference: referenceSign} {
		if parts[p] {
			score += sign
		}
	}
	score += lengthSign * float64(min(words, fullLength)) / fullLength
	if words <= shortCover && lexicon.Holds(s.Form, "covers", 0, len(s.Text)) {
		score += coverSign
	}
	if strings.HasPrefix(s.Name, "attachment") && looksLikeAnnex(s) {
		score += annexSign
	}
	if strings.HasPrefix(strings.TrimSpace(s.Text), "BEGIN:V") {
		score += calendarSign
	}
	if words == 0 {
		score -= 1
	}
	return score
}

// looksLikeAnnex reports whether the first line of a text calls it an annex.
func looksLikeAnnex(s *Source) bool {
	text := strings.TrimLeft(s.Text, " \t\n\ufeff")
	head := len(s.Text) - len(text)
	end := head + strings.IndexByte(text+"\n", '\n')
	return lexicon.Holds(s.Form, "annex", head, end)
}
