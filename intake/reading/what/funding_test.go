package what_test

import (
	"testing"

	"verbale/intake"
	"verbale/intake/reading/readingtest"
)

// askBefore is put before sentences about money, partners and time to make them a request.
const askBefore = "We kindly request a workshop on water allocation for 20 water managers. "

func TestWhoPaysAndWhoTakesPart(t *testing.T) {
	for _, c := range []struct {
		name, words, funding, partners string
	}{
		{"silence", "The participants come from all regions.", "", ""},
		{"our own budget pays all", "All costs, including the travel of your experts, will be covered by the budget of the Ministry.", "self_funded", ""},
		{"we pay a share", "The Ministry will provide the venue, lunch and interpretation.", "co_funded", ""},
		{"a partner pays a share", "UNDP has confirmed that it will pay the travel of the participants and the translation.", "co_funded", "undp"},
		{"a donor pays for it", "The World Bank is ready to make for this purpose an extra-budgetary contribution to UNECE.", "extra_budgetary", "world-bank"},
		{"the bill is to come to us", "Costs: charge us, the Agency has a line.", "self_funded", ""},
		{"all of it, in a few words", "The Authority covers all.", "self_funded", ""},
		{"bed and board", "The Chamber offers beds, food and a minibus.", "co_funded", ""},
		{"half of it", "UNICEF will pay half of the expenses and we pay the rest.", "co_funded", "unicef"},
		{"half of it, in Russian", "ПРООН подтвердила, что разделит с Министерством расходы поровну.", "co_funded", "undp"},
		{"a percentage, in French", "Le Ministère prend en charge soixante pour cent du coût par son propre budget.", "co_funded", ""},
		{"what we cannot give", "Accommodation we can't provide.", "", ""},
		{"what a partner gives is data", "UNDP has promised to give us data on vehicles.", "", "undp"},
		{"what a consultant was paid by before", "A consultant paid by the European Union in 2021 left us a survey.", "", ""},
		{"all of it, in four words of French", "Nous payons tout.", "self_funded", ""},
		{"a bank has confirmed it, in Russian", "Финансирование подтвердил Европейский инвестиционный банк.", "extra_budgetary", "eib"},
		{"a partner that left", "L'OMPI, dont le prêt est clos, n'est plus partie prenante.", "", ""},
		{"one that has what we do not ask for", "Nous ne demandons ni casques ni radars : la Banque mondiale les a promis.", "", ""},
		{"one that shall not be disturbed", "Выполнение просим совместить с ЦМТ, который опрашивает те же предприятия.", "", "itc"},
		{"one to speak with", "UNDP has a project on charging stations, please speak with them before.", "", "undp"},
		{"a partner pays for tickets", "The tickets will be paid by UNICEF.", "co_funded", "unicef"},
		{"the regular programme", "We propose that the costs be borne by the Regular Programme of Technical Cooperation.", "rptc", ""},
		{"the Development Account", "Просим рассмотреть возможность финансирования за счет Счета развития ООН.", "unda", ""},
		{"a donor that paid for something else", "In 2021 the Asian Development Bank financed the pumping stations, and that project is finished.", "", ""},
		{"a partner to agree with", "Просим согласовать программу с ПРООН и провести семинар совместно с ней.", "", "undp"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := readingtest.Mail("office@gov.am", "Request for a workshop", askBefore+c.words)
			g := readingtest.Request(t, m)
			if got := readingtest.Join(g.Request.Funding); got != c.funding {
				t.Errorf("funding %q, want %q", got, c.funding)
			}
			if got := readingtest.Join(g.Request.Partners); got != c.partners {
				t.Errorf("partners %q, want %q", got, c.partners)
			}
			readingtest.CheckEvidence(t, m, g)
		})
	}
}

func TestWhatIsUrgent(t *testing.T) {
	for _, c := range []struct {
		name, words string
		want        intake.Urgency
	}{
		{"nothing said", "", intake.UrgencyNormal},
		{"in so many words", "The matter is urgent: we need your advice as soon as possible.", intake.UrgencyUrgent},
		{"in French", "Nous vous saurions gré de bien vouloir nous répondre dans les plus brefs délais.", intake.UrgencyUrgent},
		{"in Russian", "Просим оказать содействие в кратчайшие сроки.", intake.UrgencyUrgent},
		{"by an answer wanted within ten days", "We would be grateful for a reply by 10 March 2026.", intake.UrgencyUrgent},
		{"an answer wanted later", "We would be grateful for a reply by 30 April 2026.", intake.UrgencyNormal},
		{"said not to be", "There is no urgency, please answer at your convenience.", intake.UrgencyNormal},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := readingtest.Request(t, readingtest.Mail("office@gov.am", "Request for a workshop", askBefore+c.words))
			if g.Request.Urgency != c.want {
				t.Errorf("%s, want %s", g.Request.Urgency, c.want)
			}
		})
	}
}
