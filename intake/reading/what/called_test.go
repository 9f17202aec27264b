package what_test

import (
	"strings"
	"testing"

	"verbale/intake/reading/readingtest"
)

const askOfRoadSafety = "We request a training course on road safety audits for 25 engineers of our road agency. "

func TestDivisionsThatALetterCallsIn(t *testing.T) {
	for _, c := range []struct{ name, words, called string }{
		{"none", "The course may be held in June.", ""},
		{"by name", "We also ask that the Environment Division take part in the second day.", "environment"},
		{"by name, with a share of its own", "Your Energy Division should take a real part in the second day.", "energy"},
		{"by its people", "For the session on crash data please involve your statisticians.", "statistics"},
		{"by the field of its people", "Your energy colleagues would be welcome to contribute a session on charging stations.", "energy"},
		{"by what they are in charge of", "The colleagues in charge of trade should be associated with the part on waybills.", "economic-cooperation-trade"},
		{"as a smaller part", "A smaller part concerns forest roads, for which we hope to have your timber and forest specialists with us, too.", "forests-land-housing"},
		{"in French", "Un chapitre pourrait être confié à votre Division de statistique.", "statistics"},
		{"in French, by the field", "Nous souhaitons que vos spécialistes de l'énergie soient associés à la dernière séance.", "energy"},
		{"in French, with a share of its own", "Vos collègues de la Division de l'environnement devraient y prendre une part réelle.", "environment"},
		{"in Russian", "К разделу о выбросах просим привлечь Ваш Отдел окружающей среды.", "environment"},
		{"in Russian, by its people", "Просим также подключить ваших статистиков.", "statistics"},
		{"in Russian, by the field", "В этой части просим участия Ваших специалистов по торговле.", "economic-cooperation-trade"},
		{"what they did before is none", "In 2021 your Environment Division took part in our conference, for which we thank you.", ""},
		{"people of the sender are none", "Energy specialists of the Ministry will take part in the course.", ""},
		{"what is not wanted is none", "The participation of your energy experts is not requested.", ""},
		{"the Division that leads is its own", "We ask your transport colleagues to take part.", "transport"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := readingtest.Mail("office@gov.am", "Letter", askOfRoadSafety+c.words)
			g := readingtest.Request(t, m)
			var called []string
			for _, s := range g.Request.Subjects {
				if s.Called {
					called = append(called, s.Division)
				}
			}
			if got := strings.Join(called, ","); got != c.called {
				t.Errorf("called in: %q, want %q", got, c.called)
			}
			if g.Request.Themes[0] != "road-safety" {
				t.Errorf("themes %v", g.Request.Themes)
			}
			readingtest.CheckEvidence(t, m, g)
		})
	}
}

func TestThemeOfADivisionCalledIn(t *testing.T) {
	g := readingtest.Request(t, readingtest.Mail("office@gov.am", "Letter",
		askOfRoadSafety+"For the session on crash data please involve your statisticians, who know the gender statistics of other countries."))
	if got := strings.Join(g.Request.Themes, " "); got != "road-safety gender-statistics" {
		t.Errorf("themes %s", got)
	}
}

// A letter that asks for the participation of one Division in a part of the work is clear
// about which one leads. Words that suggest the fields of several Divisions must not put that
// in doubt.
func TestALetterThatCallsADivisionInHasALead(t *testing.T) {
	const ask = "We need advice on the inventory of emissions of our town under the Air Convention, so that it shows what comes from the power station, from stoves, from houses and from cars. "
	g := readingtest.Request(t, readingtest.Mail("mayor@town.gov.kg", "Smog", ask+"For the chapter on cars please involve your transport colleagues."))
	if got := g.Request.Themes[0]; got != "air-quality" {
		t.Errorf("main theme %s", got)
	}
}
