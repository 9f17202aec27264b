package kind_test

import (
	"slices"
	"testing"

	"verbale/intake"
	"verbale/intake/reading/readingtest"
)

// A letter to another organisation that reached the desk by mistake was acknowledged as a
// request to us. It must have a doubt that names that organisation.
func TestLetterToAnotherOrganisation(t *testing.T) {
	const ministry = "MINISTRY OF AGRICULTURE OF RURITANIA\nNo. 12/3-45\n2 March 2026\n\n"
	const ask = "\n\nThe Ministry of Agriculture kindly requests technical assistance in preparing a strategy and training for its inspectors in May 2026.\n\nSincerely,\nA. Sample\nDeputy Minister\n"
	const askInFrench = "\n\nNous sollicitons une mission d'experts pour réviser le code du travail et former nos inspecteurs en juin.\n\nCordialement,\nA. Exemple\nDirecteur\n"
	const askInRussian = "\n\nМинистерство просит оказать техническое содействие в подготовке закона и провести обучение специалистов.\n\nС уважением,\nзаместитель министра\nБ. Примеров\n"
	for _, c := range []struct {
		name, text string
		partner    string // named in the doubt; "" if the letter is addressed to us
	}{
		{"in the head", ministry + "FAO Representation in Ruritania\nMr. O. Sample, Representative\n\nDear Mr. Sample," + ask, "fao"},
		{"in the head, with us in copy and in the background", ministry + "To the World Health Organization\n\nDear Sir," + ask + "\ncc: UNECE\n", "who"},
		{"in the head, in French", "MINISTÈRE DU TRAVAIL\nN° 14/MT\n\nÀ l'attention de l'Organisation internationale du Travail\n\nMonsieur le Directeur," + askInFrench, "ilo"},
		{"in the head, in Russian", "Министерство финансов\n№ 12-3/45 от 27 февраля 2026 г.\n\nПостоянному представителю Всемирного банка\nв Республике Руритания\n\nУважаемый господин Образец!" + askInRussian, "world-bank"},
		{"in the salutation, in French", "Mesdames et Messieurs du Bureau international du Travail," + askInFrench, "ilo"},
		{"in the request", "Dear Sir or Madam,\n\nWe kindly request the World Bank to provide advisory services on the draft law.\n\nSincerely,\nB. Sample", "world-bank"},
		{"in the request, in Russian", "Добрый день!\n\nПросим представительство ФАО направить экспертов и провести обучение.\n\nС уважением,\nБ. Примеров", "fao"},

		{"to several bodies", ministry + "To: FAO Representation\nTo: United Nations Economic Commission for Europe\n\nDear Sirs," + ask, ""},
		{"to several bodies, in the request", "Dear colleagues,\n\nWe kindly request UNECE and FAO to advise us on the draft forest law and to train twenty officials.\n\nSincerely,\nB. Sample", ""},
		{"with another in copy", ministry + "cc: FAO Representation\n\nDear Sirs," + ask + "\nCopy: FAO\n", ""},
		{"of another organisation", "Food and Agriculture Organization of the United Nations\nRef: 12/45\n2 March 2026\n\nDear colleagues," + ask + "FAO Representation in Ruritania\n", ""},
		{"with a partner to bring in", "Уважаемые коллеги!\n\nПросим провести для нас семинар; ФАО просим привлечь к преподаванию.\n\nС уважением,\nБ. Примеров", ""},
		{"to us in clumsy words", "Уважаемая Европейская комиссия ООН!" + askInRussian, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := readingtest.Request(t, readingtest.Letter(c.text))
			i := slices.IndexFunc(g.Doubts, func(d intake.Doubt) bool { return d.Reason.Is(intake.DoubtElsewhere) })
			switch {
			case i < 0 && c.partner != "":
				t.Errorf("no doubt about the addressee; doubts %+v", g.Doubts)
			case i >= 0 && (g.Doubts[i].Field != intake.FieldKind || g.Doubts[i].Reason.Args["partner"] != c.partner):
				t.Errorf("doubt %+v, want one about %q", g.Doubts[i], c.partner)
			}
		})
	}
}
