package what_test

import "testing"

// An organisation that pays for a part and leaves the rest to UNECE shares the costs. One that
// pays for everything is the only source of funding, even if it also contributes something
// else.
func TestWhoPaysForAPart(t *testing.T) {
	for _, c := range []struct{ lang, name, words, funding string }{
		{"en", "a partner, all but the fees", "UNDP can pay the flights of the trainers, but not the fees.", "co_funded"},
		{"en", "a partner, the rest in the next sentence", "The EBRD has agreed to pay for the survey boats. Your experts are not covered by it.", "co_funded"},
		{"en", "a partner, the rest for UNECE", "KfW will pay the laboratory tests. Travel of the trainers would be for UNECE.", "co_funded"},
		{"en", "the host, the rest left to us", "The expenses of the study tour are on us. The fees we leave to your consideration.", "co_funded"},
		{"en", "the host, in a few words", "Hotel we can pay, tickets no.", "co_funded"},
		{"fr", "a partner, the rest to be covered", "La Banque mondiale prendra à sa charge les mesures sur le terrain ; il resterait à couvrir les honoraires.", "co_funded"},
		{"fr", "the host, not the expert", "L'Institut prend à sa charge les appareils ; le formateur, malheureusement, non.", "co_funded"},
		{"ru", "a partner, the fees from us", "Перелёт оплатит ПРООН, гонорары - Вы.", "co_funded"},
		{"en", "all, and an interpreter besides", "The interpreter will be from us. The Agency will pay everything: travel, fees, materials.", "self_funded"},
		{"fr", "two hosts by halves", "Les frais de la mission seront partagés par moitié entre nos deux budgets.", "self_funded"},
		{"en", "a programme of ours, where there is no money", "No money was foreseen for this, so perhaps your regular programme of technical cooperation could help, please.", "rptc"},
		{"en", "who pays is a question", "Who pays translation and who keeps the minutes nobody knows.", ""},
		{"fr", "what another had paid", "La GIZ avait payé des audits.", ""},
		{"fr", "another's project", "Les pompes sont payées par l'Union européenne dans le cadre d'un projet distinct.", ""},
	} {
		t.Run(c.name, func(t *testing.T) { wantFunding(t, c.lang, c.words, c.funding) })
	}
}

// Organisations that work alongside the request are partners; those that work separately, or
// worked with somebody years ago, are not.
func TestWhoWorksBeside(t *testing.T) {
	for _, c := range []struct{ lang, name, words, partners string }{
		{"fr", "to be heard", "La KfW demande à être tenue au courant et consultée sur le texte final.", "kfw"},
		{"fr", "to be fitted in with theirs", "L'UNESCO nous accompagne sur les programmes scolaires : il y aurait lieu de caler votre intervention avec la sienne.", "unesco"},
		{"fr", "who pays the local experts", "Le PNUD rémunérera deux experts nationaux.", "undp"},
		{"en", "a part stays with another", "The courses for drivers stay with GIZ.", "giz"},
		{"fr", "of one mind on a chapter", "ONU-Habitat rédigerait le chapitre sur le climat ; c'est entendu avec eux.", "un-habitat"},
		{"en", "who wants the dates settled with it", "The EEA has the same question on its programme and asks that the dates are settled with it.", "eea"},
		{"en", "whose works are apart", "GIZ pays the transport model and SECO the heat network, these are separate works and need no coordination.", ""},
		{"fr", "who takes no part", "La Commission européenne se réjouit de votre étude sans y prendre part.", ""},
		{"ru", "whose programme is not connected", "МФСА ведёт свою программу, с ней проект не связан.", ""},
		{"ru", "together, years ago", "Обследование 2021 года ФАО провела вместе с нашим институтом.", ""},
	} {
		t.Run(c.name, func(t *testing.T) { wantPartners(t, c.lang, c.words, c.partners) })
	}
}
