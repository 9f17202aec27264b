package what

import (
	"slices"
	"strings"

	"verbale/intake"
	"verbale/intake/lexicon"
)

// SignsOfThemes returns the model features of the subject for a list of hits: each theme with
// the strength of its term, its division, and the instruments.
func SignsOfThemes(v *lexicon.Vocabulary, hits []lexicon.Hit) []string {
	var signs []string
	add := func(theme, strength string) {
		t, _ := v.Theme(theme)
		signs = append(signs, "theme:"+theme+":"+strength, "division:"+t.Division)
		if strength == "strong" {
			signs = append(signs, "theme:"+theme)
		}
	}
	for _, h := range hits {
		for _, sense := range h.Senses {
			switch h.Class {
			case lexicon.ClassTheme:
				add(sense.ID, strengthOf(sense.Weight))
			case lexicon.ClassInstrument:
				signs = append(signs, "instrument:"+sense.ID)
				instrument, _ := v.Instrument(sense.ID)
				for _, theme := range instrument.Themes {
					add(theme, "strong")
				}
			}
		}
	}
	return signs
}

// SignsOfServices returns the model features of the requested services for a list of hits.
func SignsOfServices(hits []lexicon.Hit) []string {
	var signs []string
	for _, h := range hits {
		if h.Class != lexicon.ClassService {
			continue
		}
		for _, sense := range h.Senses {
			signs = append(signs, "service:"+sense.ID+":"+strengthOf(sense.Weight))
		}
	}
	return signs
}

func strengthOf(weight float64) string {
	switch {
	case weight >= 1:
		return "strong"
	case weight >= 0.5:
		return "plain"
	}
	return "weak"
}

// ClassOfServices returns the class of services.model for texts that request several services
// at once.
func ClassOfServices(services ...string) string {
	return strings.Join(slices.Sorted(slices.Values(services)), "+")
}

// servicesOf returns the services requested by texts of a class.
func servicesOf(class string) []intake.Service {
	var services []intake.Service
	for s := range strings.SplitSeq(class, "+") {
		services = append(services, intake.Service(s))
	}
	return services
}
