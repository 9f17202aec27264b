package kind

import (
	"math"
	"slices"
	"strings"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// nearMisses is of how many phrases of one sort of other mail more do not count.
const nearMisses = 2

// openChance is put for what the kinds model says of a language that it was not
// taught; the sentences of such a mail do not count.
const openChance = 0.5

// asks judges between a request and genuine mail that asks for no technical
// cooperation.
func (e *examination) asks() (verdict, bool) {
	sort, phrases := e.top("other.")
	request, other := e.chance[string(intake.KindRequest)], e.chanceOf(string(intake.KindOther))
	sentences := e.sentences()
	if !e.letter.Language.Taught {
		request, other, sentences = openChance, openChance, 0
	}
	w := e.weights.Request
	score := w.Bias + w.Ask*e.ask + w.ModelRequest*request + w.ModelOther*other +
		w.NearMiss*float64(min(phrases, nearMisses)) + pick(e.subjectHas("other."), w.NearMissInSubject) + w.Sentences*sentences + pick(e.ofGovernment(), w.Government)
	if score >= 0 {
		v := verdict{kind: intake.KindRequest, reason: intake.Remark{ID: "kind.asks"}, sure: probability(score), rival: intake.KindOther}
		if e.asking != nil {
			v.evidence = []intake.Evidence{e.where.Evidence(intake.FieldKind, string(intake.KindRequest), e.asking.Start, e.asking.End)}
		}
		return v, true
	}
	told := sort
	if phrases < fewPhrases {
		told = e.likeliest(string(intake.KindOther)+".", told)
	}
	return verdict{kind: intake.KindOther, reason: ofSort(told), evidence: e.cite(intake.KindOther, "other."+sort), sure: 1 - probability(score), rival: intake.KindRequest}, true
}

const (
	mostOfCover = 60  // words beyond which a mail says something itself
	someAsk     = 0.4 // how much a sentence must ask for the mail to be more than a cover
)

// letterUnread judges mail that only covers its letter, where the letter is a
// file that could not be read: a person has to open it.
func (e *examination) letterUnread() (verdict, bool) {
	unread := slices.ContainsFunc(e.message.Attachments, func(a intake.Attachment) bool {
		return !a.Inline && a.Message == nil && strings.TrimSpace(a.Text.Content) == ""
	})
	if !unread || e.carriesLetter() || e.words > mostOfCover || e.ask >= someAsk || e.phrases("other.") > e.acts["other.documents"] {
		return verdict{}, false
	}
	covers := slices.ContainsFunc(e.letter.Sources, func(s *letter.Source) bool { return lexicon.Holds(s.Form, "covers", 0, len(s.Text)) })
	return verdict{kind: intake.KindOther, reason: intake.Remark{ID: intake.ReasonUnreadable}, sure: 1, rival: intake.KindRequest}, covers
}

// ofGovernment reports whether the mail comes from a government's mail domain.
func (e *examination) ofGovernment() bool {
	_, government := e.vocabulary.CountryOfDomain(intake.DomainOf(e.message.From.Address))
	return government
}

// rolesOfOther are the classes of the role model whose sentences other mail is
// made of.
var rolesOfOther = []string{
	"invites_unece", "nominates_participant", "asks_information", "asks_visa_letter", "tender_or_offer", "thanks", "sends_document",
}

// fewSentences is added to counts of sentences, so that a short mail is not told
// by one of them.
const fewSentences = 0.3

// sentences weighs, over the whole of the mail, the sentences that ask for
// technical cooperation, as the role model expects, against those that do what
// other mail does: the logarithm of their ratio.
func (e *examination) sentences() float64 {
	asking, otherwise := fewSentences, fewSentences
	for _, s := range e.letter.Sources {
		if s.Standing == letter.StandingAnnex {
			continue
		}
		for _, x := range s.Sentences {
			if x.Part == letter.PartBody {
				asking += x.Roles.Share(letter.AskRole)
				for _, role := range rolesOfOther {
					otherwise += x.Roles.Of(role)
				}
			}
		}
	}
	return math.Log(asking / otherwise)
}

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
