package kind

import (
	"math"
	"slices"
	"strings"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// nearMisses is the number of phrases of one type of other mail above which further ones do
// not count.
const nearMisses = 2

// openChance replaces the probabilities of the kinds model for languages that it was not
// trained on; the sentence score of such a message does not count either.
const openChance = 0.5

// asks decides between a request and genuine mail that requests no technical cooperation.
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
	mostOfCover = 60  // words; a longer body is more than a cover note
	someAsk     = 0.4 // ask score from which a message is more than a cover note
)

// letterUnread recognises a cover note whose letter is an attachment that could not be read,
// so that a person has to open it.
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

// ofGovernment reports whether the message comes from a government's mail domain.
func (e *examination) ofGovernment() bool {
	_, government := e.vocabulary.CountryOfDomain(intake.DomainOf(e.message.From.Address))
	return government
}

// rolesOfOther lists the classes of the role model that are typical of sentences in other
// mail.
var rolesOfOther = []string{
	"invites_unece", "nominates_participant", "asks_information", "asks_visa_letter", "tender_or_offer", "thanks", "sends_document",
}

// fewSentences is added to the sentence counts for smoothing, so that a single sentence does
// not decide about a short message.
const fewSentences = 0.3

// sentences returns the log ratio of the expected number of sentences that request technical
// cooperation to that of sentences typical of other mail, as classified by the role model,
// over the whole message.
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

// chanceOf sums the probabilities of the classes of the kinds model whose names start with
// prefix.
func (e *examination) chanceOf(prefix string) (sum float64) {
	for _, class := range e.model.Classes() {
		if strings.HasPrefix(class, prefix) {
			sum += e.chance[class]
		}
	}
	return sum
}

// likeliest returns the name, without the prefix, of the most probable class of the kinds
// model that starts with prefix; otherwise if there is none.
func (e *examination) likeliest(prefix, otherwise string) string {
	best, top := otherwise, 0.0
	for class, p := range e.chance {
		if rest, ok := strings.CutPrefix(class, prefix); ok && (p > top || p == top && rest < best) {
			best, top = rest, p
		}
	}
	return best
}
