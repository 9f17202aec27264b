package kind

import (
	"math"
	"strings"

	"verbale/intake"
)

// Weights of what speaks for a request and against it, fitted to the training
// mails by logistic regression. What decides is the ask; the whole of the mail,
// as the kinds model sees it, comes second, the phrases of near misses third.
const (
	askBias           = -1.3
	askWeight         = 4.1
	requestWeight     = 2.5
	otherWeight       = -2.4
	nearMissWeight    = -1.2
	nearMisses        = 2 // phrases of one sort of which more do not count
	nearMissInSubject = -0.9
)

// openChance is put for what the kinds model says of a language that it was not
// taught.
const openChance = 0.5

const reasonAsk = "asks for technical cooperation"

// asks judges between a request and genuine mail that asks for no technical
// cooperation.
func (e *examination) asks() (verdict, bool) {
	sort, phrases := e.top("other.")
	request, other := e.chance[string(intake.KindRequest)], e.chanceOf(string(intake.KindOther))
	if !e.letter.Language.Taught {
		request, other = openChance, openChance
	}
	score := askBias + askWeight*e.ask + requestWeight*request + otherWeight*other +
		nearMissWeight*float64(min(phrases, nearMisses))
	if e.subjectHas("other.") {
		score += nearMissInSubject
	}
	if score >= 0 {
		v := verdict{kind: intake.KindRequest, reason: reasonAsk, sure: probability(score), rival: intake.KindOther}
		if e.asking != nil {
			v.evidence = []intake.Evidence{e.where.Evidence(intake.FieldKind, string(intake.KindRequest), e.asking.Start, e.asking.End)}
		}
		return v, true
	}
	reason := sort
	if phrases < fewPhrases {
		reason = e.likeliest(string(intake.KindOther)+".", reason)
	}
	return verdict{kind: intake.KindOther, reason: reason, evidence: e.cite(intake.KindOther, "other."+sort), sure: 1 - probability(score), rival: intake.KindRequest}, true
}

// probability turns the score of a logistic regression into a probability.
func probability(score float64) float64 { return 1 / (1 + math.Exp(-score)) }

// chanceOf sums what the kinds model gives to the classes with a prefix.
func (e *examination) chanceOf(prefix string) (sum float64) {
	for _, class := range e.model.Classes() {
		if strings.HasPrefix(class, prefix) {
			sum += e.chance[class]
		}
	}
	return sum
}

// likeliest returns the class with a prefix that the kinds model finds most
// probable, the prefix left out.
func (e *examination) likeliest(prefix, otherwise string) string {
	best, top := otherwise, 0.0
	for class, p := range e.chance {
		if rest, ok := strings.CutPrefix(class, prefix); ok && (p > top || p == top && rest < best) {
			best, top = rest, p
		}
	}
	return best
}
