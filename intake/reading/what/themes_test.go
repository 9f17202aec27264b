package what_test

import (
	"strings"
	"testing"

	"verbale/intake/reading/readingtest"
)

func TestWhatItIsAbout(t *testing.T) {
	for _, c := range []struct {
		name, body, themes, instruments string
	}{
		{"by its terms", "We kindly request a training on the carriage of dangerous goods under ADR for our inspectors.", "dangerous-goods", "adr"},
		{"in plain words", "Could you send an expert? Every winter the smoke of coal stoves hangs over the town, and we do not know how to count what goes into the air.", "air-quality", ""},
		{"in plain words, in French", "Nous sollicitons l'avis d'un expert : le cadastre ne connaît pas la moitié des parcelles et les titres fonciers manquent.", "land-administration", ""},
		{"in plain words, in Russian", "Просим провести обучение: старые шахты закрываются, шахтеры остаются без работы, моногород ждет плана.", "just-transition-coal", ""},
		{"background does not lead", "In 2022 your colleagues from the water convention helped us with the river basin, for which we are grateful. Now we request a training course on the consumer price index for our price collectors.", "price-statistics", ""},
		{"an instrument by its year", "We ask for advice on acceding to the Convention of 1979, the long-range air pollution treaty.", "air-quality", "air-convention"},
		{"a recommendation by its number", "Nous sollicitons un atelier sur votre recommandation n° 33 relative au guichet unique.", "single-window", "rec-33-single-window"},
		{"a recommendation by its number in words", "We request advice on the monitoring mechanism of Recommendation number 42 for our trade facilitation committee.", "trade-facilitation", "rec-42-tt-monitoring"},
		{"the topic line leads", "Subject: population census\n\nDear colleagues,\n\nWe request a workshop of three days for 20 staff of our office.", "population-census", ""},
		{"what is not asked does not count", "We request advice on our draft law on public-private partnerships. We do not ask for road construction equipment.", "ppp", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := readingtest.Mail("office@gov.am", "Letter", c.body)
			g := readingtest.Request(t, m)
			if got := g.Request.Themes[0]; got != c.themes {
				t.Errorf("main theme %s, want %s", got, c.themes)
			}
			if got := readingtest.Join(g.Request.Instruments); got != c.instruments {
				t.Errorf("instruments %q, want %q", got, c.instruments)
			}
			readingtest.CheckEvidence(t, m, g)
		})
	}
}

func TestSharesOfTheSubjectAddUpToOne(t *testing.T) {
	g := readingtest.Request(t, readingtest.Mail("office@gov.am", "Request",
		"We request training on road safety audits and on water accounts, with a share of air quality."))
	sum := 0.0
	for i, s := range g.Request.Subjects {
		sum += s.Weight
		if i > 0 && s.Weight > g.Request.Subjects[i-1].Weight {
			t.Errorf("%s is heavier than %s before it", s.Division, g.Request.Subjects[i-1].Division)
		}
	}
	if sum < 0.999 || sum > 1.001 {
		t.Errorf("the shares add up to %v", sum)
	}
	if !g.Request.Subjects[0].Asked {
		t.Error("the heaviest subject does not stand in the ask")
	}
}

func TestSeveralSectorsInOneAskHaveNoLead(t *testing.T) {
	g := readingtest.Request(t, readingtest.Mail("mayor@town.gov.ua", "Recovery",
		"After the shelling we need a recovery plan. We request one mission for the water supply, for apartment buildings, for bridges and for the power grid, on equal terms."))
	theme, _ := readingtest.Vocabulary().Theme(g.Request.Themes[0])
	if theme.Division != "technical-cooperation" {
		t.Errorf("main theme %s of %s", theme.ID, theme.Division)
	}
	if len(g.Request.Subjects) < 4 {
		t.Errorf("subjects %+v, want those of all sectors", g.Request.Subjects)
	}
}

func TestALetterThatPutsNoSectorFirstGoesToTheirCoordination(t *testing.T) {
	const troubles = "The bridge is broken, the river floods the cellars, the apartment buildings leak, and the power grid fails. "
	for words, want := range map[string]string{
		troubles + "We do not know where to begin. Could you send us two experts who would look at it?":                                      "technical-cooperation",
		troubles + "Tout se tient. Nous sollicitons une mission d'experts.":                                                                  "technical-cooperation",
		"We ask for one mission of your specialists in energy, in forests and housing and in transport, who look at all proposals together.": "technical-cooperation",
		troubles + "Просим направить комплексную миссию. Ведущего направления мы не выделяем.":                                               "technical-cooperation",
		"We do not know where to begin with the draft law on road safety. Could you send us two experts for advice?":                         "transport",
	} {
		g := readingtest.Request(t, readingtest.Mail("mayor@town.gov.ua", "Letter", words))
		if theme, _ := readingtest.Vocabulary().Theme(g.Request.Themes[0]); theme.Division != want {
			t.Errorf("%s: main theme %s of %s, want %s", words, theme.ID, theme.Division, want)
		}
	}
}

func TestALetterThatSpeaksOfSeveralSectorsGoesToTheirCoordination(t *testing.T) {
	const ask = "The floods broke the water intake and came near the tailings facility. We request an expert to help us to formulate a programme of disaster risk reduction. "
	for words, want := range map[string]string{
		ask + "The programme must be inter-ministerial, a matter of several ministries.":                                             "technical-cooperation",
		"We request an expert who would advise several ministries on the safety of tailings facilities and on industrial accidents.": "environment",
	} {
		g := readingtest.Request(t, readingtest.Mail("office@mes.gov.kg", "Letter", words))
		if theme, _ := readingtest.Vocabulary().Theme(g.Request.Themes[0]); theme.Division != want {
			t.Errorf("%s: main theme %s of %s, want %s", words, theme.ID, theme.Division, want)
		}
	}
}

func TestSecondThemes(t *testing.T) {
	for body, want := range map[string]string{
		"We request a training on the nexus of water, energy, food and ecosystems, with the allocation of water between river basins.":       "water-energy-food-nexus",
		"Nous sollicitons un atelier sur la déclaration pour des normes tenant compte du genre, pour les experts de nos comités techniques.": "regulatory-cooperation gender-equality",
		"The Agency requests a training course on road safety and customs for thirty officers.":                                              "road-safety border-crossing-tir",
		"Nous sollicitons un atelier sur la sécurité routière et les douanes.":                                                               "road-safety border-crossing-tir",
		"We kindly request a training on land registration for our registrars.":                                                              "land-administration",
	} {
		m := readingtest.Mail("office@gov.am", "Letter", body)
		g := readingtest.Request(t, m)
		if got := strings.Join(g.Request.Themes, " "); got != want {
			t.Errorf("%s: themes %s, want %s", body, got, want)
		}
		readingtest.CheckEvidence(t, m, g)
	}
}

func TestWordsOfCooperationAreNoSecondSubject(t *testing.T) {
	g := readingtest.Request(t, readingtest.Mail("office@mines.gov.am", "Programme of cooperation",
		"Could you send us an expert who would train our geologists?"))
	if len(g.Request.Themes) != 1 || g.Request.Themes[0] == "technical-cooperation-coordination" {
		t.Errorf("themes %v, want the one that the geologists tell", g.Request.Themes)
	}
}

func TestWhoIsAskedForHelpIsNoShareOfTheSubject(t *testing.T) {
	g := readingtest.Request(t, readingtest.Mail("office@water.example", "Request for advisory services on water management",
		"The Ministry of Environment of Armenia requests advisory services of the Regional Adviser on water management. We would be grateful for an advisory mission."))
	if s := g.Request.Subjects; len(s) != 1 || s[0].Division != "environment" {
		t.Errorf("subjects %+v, want that of water alone", s)
	}
}
