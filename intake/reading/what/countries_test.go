package what_test

import (
	"testing"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/readingtest"
)

func TestWhoBenefits(t *testing.T) {
	for _, c := range []struct {
		name      string
		from      string
		body      string
		countries string
		scope     intake.Scope
	}{
		{"the sender's State, by its domain", "info@mewr.gov.kg",
			"We kindly request a workshop on river basin management for our water managers.", "KG", intake.ScopeNational},
		{"by the signature under a private address", "d.petrov@mail.ru",
			"Просим провести семинар по учету выбросов для наших специалистов.\n\nС уважением,\nД. Петров\nМинистерство экологии Республики Узбекистан", "UZ", intake.ScopeNational},
		{"an example does not benefit", "office@gov.md",
			"We request your advice on public-private partnerships, as was done in Georgia and following the example of Serbia.", "MD", intake.ScopeNational},
		{"the host of a study tour does not", "office@gov.al",
			"Nous sollicitons l'organisation d'un voyage d'étude sur le cadastre pour dix agents, avec une visite en Autriche.", "AL", intake.ScopeNational},
		{"a donor does not", "office@gov.am",
			"The project financed by Germany has ended. We ask UNECE to train our inspectors on tailings safety.", "AM", intake.ScopeNational},
		{"a currency and a language do not", "office@gov.tj",
			"The Ministry kindly requests a training course on trade facilitation, in Russian, at a cost of some 20 000 US dollars.", "TJ", intake.ScopeNational},
		{"several ask together", "office@gov.kz",
			"On behalf of the Governments of Kazakhstan, Azerbaijan and Georgia we request a joint workshop on the electronic consignment note.", "AZ GE KZ", intake.ScopeMultiCountry},
		{"several ask together in Russian", "office@gov.kz",
			"От имени железнодорожных администраций Азербайджана, Грузии и Казахстана просим провести семинар по единому железнодорожному праву.", "AZ GE KZ", intake.ScopeMultiCountry},
		{"a basin body names its two States", "secretariat@basin.example",
			"République du Bénin - République togolaise\n\nMadame, Monsieur,\n\nNous sollicitons votre appui pour la rédaction d'un accord sur le partage des eaux du fleuve entre nos deux pays, le Bénin et le Togo.", "BJ TG", intake.ScopeMultiCountry},
		{"two agree, and one writes", "dgd@douanes.gov.dj",
			"Les douanes d'Éthiopie et nous-mêmes avons convenu de vous écrire d'une seule voix. Nous sollicitons une formation sur le système eTIR.", "DJ ET", intake.ScopeMultiCountry},
		{"three agree, and one writes", "office@economy.ge",
			"After agreement with our colleagues in the ministries of Azerbaijan and Kazakhstan, we ask UNECE to support us three with a study on the rail waybill.", "AZ GE KZ", intake.ScopeMultiCountry},
		{"a body acts for its States", "secretariat@basin.example",
			"The River Basin Commission, acting for Angola, Botswana and Namibia, requests a training session on the water, energy and food nexus.", "AO BW NA", intake.ScopeMultiCountry},
		{"colleagues elsewhere are an example", "office@gov.md",
			"Colleagues from Georgia told us of your seminar. We request a training course on public-private partnerships.", "MD", intake.ScopeNational},
		{"colleagues elsewhere told it, and each country is meant", "office@gov.md",
			"От коллег из Грузии и Армении стало известно, что ЕЭК ООН начинает проект, по которому в каждой стране проверят по два завода. Просим включить нас в число участников.", "MD", intake.ScopeNational},
		{"an authority groups its States", "secretariat@basin.example",
			"L'Autorité du bassin regroupe la République du Mali et la République de Guinée. Nous vous prions de mettre à la disposition de chacun des deux États un expert du droit de l'eau.", "GN ML", intake.ScopeMultiCountry},
		{"a whole sub-region", "office@centre.example",
			"We propose that UNECE holds a regional workshop on water accounts for all countries of Central Asia.", "KG KZ TJ TM UZ", intake.ScopeSubRegional},
		{"a programme stands for its members", "office@gov.tj",
			"В связи с председательством в СПЕКА просим направить консультанта для подготовки программы работы для всех стран СПЕКА.", "AF AZ KG KZ TJ TM UZ", intake.ScopeSubRegional},
		{"a sub-region in passing does not widen the ask", "office@gov.ge",
			"Georgia, like others of the South Caucasus, lacks experts. We request a training course on national accounts for our staff.", "GE", intake.ScopeNational},
		{"one country of ours is not several", "office@gov.ge",
			"Romania and Poland turned back lorries from our country. We request a training course on perishable foodstuffs.", "GE", intake.ScopeNational},
		{"where a study visit may go", "office@gov.az",
			"Our country has a law on hydrogen. We request your advice, and a study visit to a hydrogen valley, in Netherlands or Germany.", "AZ", intake.ScopeNational},
		{"who pays for a place in what several do", "office@gov.ua",
			"Five countries are named in the project and Ukraine is not among them. We ask to be included. Sweden confirmed in writing that it will pay the costs of Ukraine.", "UA", intake.ScopeNational},
		{"a donor writes for others", "programme@donor.li",
			"We finance a programme in both countries. We would like UNECE to implement a training project on fruit quality in Kyrgyzstan and Tajikistan. Uzbekistan asked to be included too.", "KG TJ", intake.ScopeMultiCountry},
		{"a neighbour asks in the same sentence", "office@gov.az",
			"Кура течет через Турцию и Армению, Азербайджан и Грузию. Агентство и Министерство охраны среды Грузии просят ЕЭК ООН провести семинар по единому отбору проб.", "AZ GE", intake.ScopeMultiCountry},
		{"a resident under a private address", "resident@mail.ru",
			"Я просто жительница, г. Бишкек. Говорят, в Минске и Вильнюсе так сделали. Просим провести обучение старших по домам.", "KG", intake.ScopeNational},
		{"a State outside the region may ask", "dce@commerce.gouv.cm",
			"Nous sollicitons un atelier de formation sur le guichet unique pour trente cadres à Douala.", "CM", intake.ScopeNational},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := readingtest.Mail(c.from, "Request for technical assistance", c.body)
			g := readingtest.Request(t, m)
			if got := readingtest.Join(g.Request.Countries); got != c.countries || g.Request.Scope != c.scope {
				t.Errorf("%s, %s; want %s, %s", got, g.Request.Scope, c.countries, c.scope)
			}
			readingtest.CheckEvidence(t, m, g)
		})
	}
}

func TestATerritoryIsLeftToAPerson(t *testing.T) {
	g := readingtest.Request(t, readingtest.Mail("office@rks-gov.net", "Request for training",
		"The Ministry of Infrastructure of Kosovo kindly requests a training course on road safety audits."))
	const kosovo = "Kosovo (all references in UN texts are in the context of Security Council resolution 1244 (1999))"
	for _, d := range g.Doubts {
		if d.Field == intake.FieldCountries && readingtest.Vocabulary().NameOf(lexicon.ListTerritories, d.Reason.Args["territory"], "en") == kosovo {
			return
		}
	}
	t.Errorf("countries %v with doubts %v; want a doubt that cites Security Council resolution 1244", g.Request.Countries, g.Doubts)
}
