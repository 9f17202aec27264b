package intake

import "testing"

func TestWhichHelpIsAskedFor(t *testing.T) {
	for _, c := range []struct {
		name, body, services string
	}{
		{"advice", "We kindly request an advisory mission on our draft law on forests.", "advisory"},
		{"advice in Russian", "Просим направить эксперта для экспертизы проекта закона о статистике.", "advisory"},
		{"training", "We kindly request a training course on road safety audits for 20 officers.", "capacity_building"},
		{"training in French", "Nous sollicitons l'organisation d'un atelier de formation sur le guichet unique pour trente agents.", "capacity_building"},
		{"a project", "We invite UNECE to implement with us a technical cooperation project of two years on energy efficiency, and ask you to join it.", "project"},
		{"help to formulate a project is advice", "We would be grateful for the help of your adviser in preparing a project proposal and concept note on energy efficiency.", "advisory"},
		{"two items of a list", "The Ministry asks UNECE:\n- to review the draft rules on inland navigation;\n- to train 15 skippers and inspectors.", "advisory capacity_building"},
		{"two lettered items in French", "Nous vous prions de bien vouloir :\na) examiner le projet de loi sur le logement ;\nb) organiser un séminaire pour les maires.", "advisory capacity_building"},
		{"two wishes in one sentence", "The Agency asks from UNECE (1) an independent opinion of two experts on our draft methodology, (2) a training of three days for our methodologists.", "advisory capacity_building"},
		{"what was done before is not asked", "Last year you held a seminar here, for which we thank you. We now request the legal advice of an expert on the draft by-law on forests.", "advisory"},
		{"what is refused is not asked", "We request the written advice of an expert on our housing strategy. We do not ask for training.", "advisory"},
		{"what others ask of us is not asked", "The European Commission asks us for a project of three years. We kindly request a training course for our inspectors of forests.", "capacity_building"},
		{"money is not a service", "Просим провести семинар по безопасности хвостохранилищ. Расходы просим отнести на регулярную программу технического сотрудничества.", "capacity_building"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := mail("office@gov.am", "Letter to UNECE", "Dear colleagues,\n\n"+c.body)
			g := readRequest(t, m)
			if got := joined(g.Request.Services); got != c.services {
				t.Errorf("services %q, want %q", got, c.services)
			}
			checkEvidence(t, m, g)
		})
	}
}
