package letter

import (
	"iter"
	"strings"

	"verbale/intake/learned"
)

// Roles are the possible functions of a sentence: each class of the role model with its
// probability.
type Roles struct {
	model  *learned.Model
	scores learned.Scores
}

func rolesOf(model *learned.Model, folded string) Roles {
	return Roles{model, model.Scores(folded)}
}

// All yields the roles with their probabilities.
func (r Roles) All() iter.Seq2[string, float64] {
	return func(yield func(string, float64) bool) {
		for i, p := range r.scores {
			if !yield(r.model.Classes()[i], float64(p)) {
				return
			}
		}
	}
}

// Share sums the probabilities of the roles that start with prefix.
func (r Roles) Share(prefix string) float64 {
	sum := 0.0
	for i, role := range r.model.Classes() {
		if strings.HasPrefix(role, prefix) {
			sum += float64(r.scores[i])
		}
	}
	return sum
}

// Of returns the probability of one role; 0 if the model does not have it.
func (r Roles) Of(role string) float64 {
	if i := r.model.Index(role); i >= 0 {
		return float64(r.scores[i])
	}
	return 0
}

// Likeliest returns the most probable role; "" if there is none.
func (r Roles) Likeliest() string {
	best, top := "", 0.0
	for role, p := range r.All() {
		if p > top {
			best, top = role, p
		}
	}
	return best
}
