package what

import (
	"slices"
	"strings"

	"verbale/intake"
	"verbale/intake/lexicon"
)

// SignsOfThemes returns what a list of hits tells a model about the subject:
// each theme with the strength of the term that speaks for it, its division,
// and the instruments.
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

// SignsOfServices returns what a list of hits tells a model about the kind of
// help that is asked for.
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

// ClassOfServices names the class of services.model for texts that ask for some
// services at once.
func ClassOfServices(services ...string) string {
	return strings.Join(slices.Sorted(slices.Values(services)), "+")
}

// servicesOf returns the services for which texts of a class ask.
func servicesOf(class string) []intake.Service {
	var services []intake.Service
	for s := range strings.SplitSeq(class, "+") {
		services = append(services, intake.Service(s))
	}
	return services
}
