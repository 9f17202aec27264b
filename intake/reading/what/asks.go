package what

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"strings"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// asksFile is the file of the weights for recognising requests for a service in a clause.
const asksFile = "asks.yaml"

// askWeights are the weights of the features that indicate that a clause requests a service,
// as documented in asks.yaml. A missing weight is 0.
type askWeights struct {
	Version int                        `yaml:"version"`
	Bias    map[intake.Service]float64 `yaml:"bias"`

	Model float64 `yaml:"model"`
	Role  float64 `yaml:"role"`
	Share float64 `yaml:"share"`

	Strong      float64 `yaml:"strong"`
	Weak        float64 `yaml:"weak"`
	StrongOther float64 `yaml:"strong_other"`
	Learners    float64 `yaml:"learners"`

	Plainly  float64 `yaml:"plainly"`
	Verb     float64 `yaml:"verb"`
	Help     float64 `yaml:"help"`
	Request  float64 `yaml:"request"`
	Question float64 `yaml:"question"`
	InList   float64 `yaml:"in_list"`
	ListItem float64 `yaml:"list_item"`
	Further  float64 `yaml:"further"`

	TakenBack   float64 `yaml:"taken_back"`
	AskedOfUs   float64 `yaml:"asked_of_us"`
	TakesPart   float64 `yaml:"takes_part"`
	AboutLetter float64 `yaml:"about_letter"`
	Background  float64 `yaml:"background"`
	Otherwise   float64 `yaml:"otherwise"`
	Declined    float64 `yaml:"declined"`
	Cover       float64 `yaml:"cover"`

	NamedAsDeclined float64 `yaml:"named_as_declined"`

	Best     float64 `yaml:"best"`
	Together float64 `yaml:"together"`
	Letter   float64 `yaml:"letter"`

	Lasts    []lasting                  `yaml:"lasts"`
	HalfOpen map[intake.Service]float64 `yaml:"half_open"`
}

// A lasting is the weights for an activity up to a given duration.
type lasting struct {
	Days int                        `yaml:"days"` // maximum duration, first and last day included; 0 is any
	Odds map[intake.Service]float64 `yaml:"odds"` // by service
}

// loadAskWeights reads asks.yaml and checks that every service has a bias.
func loadAskWeights(files fs.FS) (askWeights, error) {
	var w askWeights
	if err := lexicon.ReadYAML(files, asksFile, &w); err != nil {
		return w, err
	}
	var missing []error
	for _, s := range intake.Services() {
		if _, ok := w.Bias[s]; !ok {
			missing = append(missing, fmt.Errorf("%s gives no bias to service %s", asksFile, s))
		}
	}
	return w, errors.Join(missing...)
}

// otherAsks are the classes of the role model that request something other than a service: who
// is to pay, whom to coordinate with, when to reply.
var otherAsks = []string{"other_donor_pays", "offer_cofunding", "offer_hosting", "partner_to_coordinate", "reply_deadline"}

// declinedRole is the class of the role model for what is explicitly not requested.
const declinedRole = "not_asked"

// ofSentence returns the score of a sentence, independent of the service.
func (w *askWeights) ofSentence(s statement) float64 {
	others := 0.0
	for _, role := range otherAsks {
		others += s.Roles.Of(role)
	}
	return w.Share*logOdds(s.Roles.Share(letter.AskRole)) + w.Plainly*s.asked + w.Otherwise*others + w.Declined*s.Roles.Of(declinedRole) +
		signs{
			{w.Verb, s.Asks(s.Sentence)},
			{w.Help, s.holdsAct("ask.help")},
			{w.Request, s.holdsAct("ask.request") && s.holdsAct("ask.service")},
			{w.Question, strings.HasSuffix(s.Words(s.Sentence), "?")},
			{w.InList, s.inList},
			{w.Further, s.cued("further_ask") || s.cued("further_wish")},
			{w.TakenBack, s.holdsAct("ask.not")},
			{w.AskedOfUs, s.cued("asked_of_us")},
			{w.TakesPart, s.cued("takes_part")},
			{w.AboutLetter, s.cued("about_letter")},
			{w.Background, s.isBackground()},
			{w.Cover, s.Standing == letter.StandingCover},
		}.sum()
}

// ofClause returns the score of the words of a clause for one service.
func (w *askWeights) ofClause(service intake.Service, byModel, byRole float64, named serviceTerms) float64 {
	return w.Bias[service] + w.Model*logOdds(byModel) + w.Role*logOdds(byRole) + signs{
		{w.Strong, named.strong[service]},
		{w.Weak, named.weak[service]},
		{w.StrongOther, named.strongOther(service)},
		{w.ListItem, named.item},
		{w.Learners, named.learners && service == intake.ServiceCapacityBuilding},
	}.sum()
}

// ofPeriod returns the score of the proposed duration of the activity.
func (w *askWeights) ofPeriod(service intake.Service, first, last intake.Date) float64 {
	switch {
	case first.IsZero() && last.IsZero():
		return 0
	case first.IsZero() || last.IsZero():
		return w.HalfOpen[service]
	}
	for _, l := range w.Lasts {
		if l.Days == 0 || last.Before(first.AddDays(l.Days)) {
			return l.Odds[service]
		}
	}
	return 0
}

// signs are weights, each with a flag that says whether it applies.
type signs []struct {
	weight float64
	there  bool
}

func (x signs) sum() (sum float64) {
	for _, sign := range x {
		if sign.there {
			sum += sign.weight
		}
	}
	return sum
}

// Smoothing terms that bound the log-odds of a model's probability and of a service's share in
// all requests.
const (
	leastChance = 0.05
	leastShare  = 0.25
)

func logOdds(p float64) float64 { return oddsWithin(p, leastChance) }

func oddsWithin(p, least float64) float64 { return math.Log((p + least) / (1 - p + least)) }

// probability converts log-odds to a probability.
func probability(odds float64) float64 { return 1 / (1 + math.Exp(-odds)) }

// serviceTerms are the services named by terms in a clause, and whether the clause counts
// learners and is a list item.
type serviceTerms struct {
	strong, weak   map[intake.Service]bool
	learners, item bool
}

func serviceTermsIn(hits []lexicon.Hit) serviceTerms {
	t := serviceTerms{strong: map[intake.Service]bool{}, weak: map[intake.Service]bool{}}
	for _, h := range hits {
		if h.Class != lexicon.ClassService {
			continue
		}
		for _, sense := range h.Senses {
			if sense.Weight >= 1 {
				t.strong[intake.Service(sense.ID)] = true
			} else {
				t.weak[intake.Service(sense.ID)] = true
			}
		}
	}
	return t
}

func (t serviceTerms) strongOther(service intake.Service) bool {
	for other := range t.strong {
		if other != service {
			return true
		}
	}
	return false
}
