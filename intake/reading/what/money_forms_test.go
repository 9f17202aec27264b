package what_test

import "testing"

// closeIn is the end of a letter, by language.
var closeIn = map[string]string{
	"en": "We look forward to your answer.\n\nYours sincerely,\nA. Sample",
	"fr": "Dans l'attente de votre réponse, nous vous prions d'agréer nos salutations distinguées.\n\nA. Modèle",
	"ru": "Будем признательны за ответ.\n\nС уважением,\nА. Образцов",
}

// Short statements of who pays: under a heading, in a list, without a verb, or with a verb
// that only its object relates to paying.
func TestWhoPaysInFewWords(t *testing.T) {
	for _, c := range []struct{ lang, words, funding string }{
		// the host contributes, named or not
		{"en", "Hall and interpreters: the Ministry.", "co_funded"},
		{"en", "Venue, coffee - our Inspectorate.", "co_funded"},
		{"en", "Local arrangements: Ministry provides hall and bus.", "co_funded"},
		{"en", "The Institute brings its laboratories and two engineers.", "co_funded"},
		{"en", "The room shall be on our Department.", "co_funded"},
		{"en", "We place our training centre at your disposal.", "co_funded"},
		{"en", "Lunches and the interpreters will be for our account.", "co_funded"},
		{"en", "Financing: we share the costs with UNECE half and half.", "co_funded"},
		{"fr", "Salle et interprètes : le Ministère.", "co_funded"},
		{"fr", "Locaux, repas et véhicules - notre Agence.", "co_funded"},
		{"fr", "L'Institut apporte ses locaux et deux ingénieurs.", "co_funded"},
		{"fr", "La restauration incombera à notre Direction.", "co_funded"},
		{"fr", "Contrepartie nationale : salle, transport local et secrétariat.", "co_funded"},
		{"ru", "Зал, переводчики – Министерство.", "co_funded"},
		{"ru", "Помещение и обеды: Агентство.", "co_funded"},
		{"ru", "Институт предоставляет свои лаборатории и транспорт.", "co_funded"},
		{"ru", "Организация питания и трансфер ложатся на Комитет.", "co_funded"},
		{"ru", "Расходы на месте – наши.", "co_funded"},
		// the host pays everything
		{"en", "The costs of the mission shall be on our Department.", "self_funded"},
		{"en", "The expenses of (c) will be on our Institute.", "self_funded"},
		{"en", "Funding: own budget of the Agency, in full.", "self_funded"},
		{"en", "The expenses of your experts are to be charged to our Ministry.", "self_funded"},
		{"en", "Source of funds: State budget.", "self_funded"},
		{"fr", "Financement : budget de l'État, en totalité.", "self_funded"},
		{"fr", "Source de financement : ressources propres de l'Office.", "self_funded"},
		{"fr", "Les frais de mission incombent à notre Ministère.", "self_funded"},
		{"ru", "Источник финансирования: республиканский бюджет.", "self_funded"},
		{"ru", "Финансирование – за счёт средств Министерства, полностью.", "self_funded"},
		{"ru", "Командировочные расходы экспертов лягут на Комитет.", "self_funded"},
		// another organisation pays
		{"en", "UNDP shall pay the first week and send a facilitator.", "extra_budgetary"},
		{"en", "The World Bank pays under its transport project.", "extra_budgetary"},
		{"en", "Funding: Sida, agreed.", "extra_budgetary"},
		{"en", "Financing: Asian Development Bank.", "extra_budgetary"},
		{"en", "The workshop is at the expense of the Islamic Development Bank.", "extra_budgetary"},
		{"en", "Costs are borne by the EU4Environment programme of the European Union.", "extra_budgetary"},
		{"en", "The money will come from our project with GIZ.", "extra_budgetary"},
		{"en", "KfW will give a grant for the accompanying work.", "extra_budgetary"},
		{"en", "Resources: Multi-Partner Trust Fund.", "extra_budgetary"},
		{"en", "JICA has made funds available for the training.", "extra_budgetary"},
		{"en", "The experts can be charged to the grant of the Green Climate Fund.", "extra_budgetary"},
		{"en", "The Embassy of Norway has approved a grant for the seminar.", "extra_budgetary"},
		{"en", "UNIDO shall finance (b).", "extra_budgetary"},
		{"fr", "Le PNUD paiera a) et dépêchera un animateur.", "extra_budgetary"},
		{"ru", "ЮНИДО оплатит (а) и направит модератора.", "extra_budgetary"},
		{"fr", "Financement : Banque mondiale.", "extra_budgetary"},
		{"fr", "L'AFD règle la formation au titre de son programme.", "extra_budgetary"},
		{"fr", "La mission est aux frais de la GIZ.", "extra_budgetary"},
		{"fr", "Les dépenses sont imputables au projet de la Banque européenne d'investissement.", "extra_budgetary"},
		{"fr", "Le PNUD est prêt à accorder une subvention pour l'atelier.", "extra_budgetary"},
		{"fr", "Les crédits proviendraient du projet de l'Union européenne.", "extra_budgetary"},
		{"ru", "Источник финансирования: проект Всемирного банка.", "extra_budgetary"},
		{"ru", "Финансирование: АБР, согласовано.", "extra_budgetary"},
		{"ru", "Всемирный банк готов дать грант на проведение обучения.", "extra_budgetary"},
		{"ru", "ПРООН оплачивает в рамках своего проекта.", "extra_budgetary"},
		{"ru", "Расходы на семинар несёт ЕБРР.", "extra_budgetary"},
		{"ru", "Миссия – за счёт средств проекта GIZ.", "extra_budgetary"},
		{"ru", "Средства на семинар выделены Европейским союзом.", "extra_budgetary"},
		// both pay
		{"en", "Resources: Asian Development Bank and our own budget, half each.", "co_funded extra_budgetary"},
		{"fr", "Ressources : BAD et notre budget, à parts égales.", "co_funded extra_budgetary"},
		{"ru", "Финансирование: Всемирный банк и республиканский бюджет в равных долях.", "co_funded extra_budgetary"},
		// nobody is said to pay
		{"en", "Who pays for what is to be discussed.", ""},
		{"en", "Sida finances the software of the register and asked us to agree the dates with them.", ""},
		{"en", "The Bank reports to the Ministry.", ""},
		{"en", "Observers of Mongolia may come at their own cost.", ""},
		{"fr", "Le budget de l'État couvre les salaires des inspecteurs.", ""},
		{"ru", "Комитет несёт ответственность за состояние каналов.", ""},
	} {
		t.Run(c.words, func(t *testing.T) { wantFunding(t, c.lang, "\n"+c.words+"\n"+closeIn[c.lang], c.funding) })
	}
}
