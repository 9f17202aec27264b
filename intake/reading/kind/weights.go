package kind

import (
	"io/fs"
	"math"

	"verbale/intake/lexicon"
)

// weights is the format of kinds.yaml, where each feature is explained.
type weights struct {
	Version int `yaml:"version"`
	Request struct {
		Bias              float64 `yaml:"bias"`
		Ask               float64 `yaml:"ask"`
		ModelRequest      float64 `yaml:"model_request"`
		ModelOther        float64 `yaml:"model_other"`
		NearMiss          float64 `yaml:"near_miss"`
		NearMissInSubject float64 `yaml:"near_miss_in_subject"`
		Sentences         float64 `yaml:"sentences"`
		Government        float64 `yaml:"government"`
	} `yaml:"request"`
	AutoReply struct {
		Bias            float64 `yaml:"bias"`
		Model           float64 `yaml:"model"`
		Phrase          float64 `yaml:"phrase"`
		PhraseInSubject float64 `yaml:"phrase_in_subject"`
		Word            float64 `yaml:"word"`
		Ask             float64 `yaml:"ask"`
	} `yaml:"auto_reply"`
	Spam struct {
		Bias         float64 `yaml:"bias"`
		Model        float64 `yaml:"model"`
		ModelRequest float64 `yaml:"model_request"`
		Phrase       float64 `yaml:"phrase"`
		Ask          float64 `yaml:"ask"`
		Flagged      float64 `yaml:"flagged"`
		Bulk         float64 `yaml:"bulk"`
		Government   float64 `yaml:"government"`
	} `yaml:"spam"`
}

func loadWeights(files fs.FS) (weights, error) {
	var w weights
	err := lexicon.ReadYAML(files, "kinds.yaml", &w)
	return w, err
}

// pick returns weight if the feature is present, otherwise 0.
func pick(sign bool, weight float64) float64 {
	if sign {
		return weight
	}
	return 0
}

// probability converts the score of a logistic regression to a probability.
func probability(score float64) float64 { return 1 / (1 + math.Exp(-score)) }
