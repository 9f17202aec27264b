package what_test

import (
	"testing"

	"verbale/intake"
	"verbale/intake/reading/readingtest"
)

// askIn is a request to which sentences are added, by language.
var askIn = map[string]string{
	"en": askBefore,
	"fr": "Nous sollicitons l'organisation d'un atelier sur la répartition des eaux pour vingt gestionnaires. ",
	"ru": "Просим провести семинар по распределению водных ресурсов для 20 специалистов. ",
}

// Statements of who pays, as different writers word them.
func TestWhoPays(t *testing.T) {
	for _, c := range []struct{ lang, name, words, funding string }{
		// others pay for the work or for those who do it
		{"en", "a donor finances the whole", "KfW will finance the entire activity under its regional programme.", "extra_budgetary"},
		{"en", "a donor has set a sum aside", "Norway has pledged 150,000 euro for this purpose.", "extra_budgetary"},
		{"en", "a partner pays the experts' way", "UNDP has agreed to cover the air tickets of the trainers.", "extra_budgetary"},
		{"en", "a partner pays, in passive", "The fees of the consultants are to be met by the EBRD.", "extra_budgetary"},
		{"fr", "a donor in French", "Les honoraires des formateurs seront pris en charge par l'Agence française de développement.", "extra_budgetary"},
		{"fr", "a donor in the conditional", "La GIZ serait disposée à financer l'atelier dans son ensemble.", "extra_budgetary"},
		{"fr", "a donor's sum in French", "La Banque mondiale a réservé 40 000 dollars à cette fin.", "extra_budgetary"},
		{"ru", "a donor in Russian", "Азиатский банк развития готов оплатить командировки двух международных экспертов.", "extra_budgetary"},
		{"ru", "a sum in Russian", "ЕБРР выделяет на проведение семинара 25 тыс. евро.", "extra_budgetary"},
		{"ru", "a donor without a name", "Расходы на тренинг возьмёт на себя донор, переговоры завершены.", "extra_budgetary"},
		{"ru", "extra-budgetary in so many words", "Финансирование проекта предполагается за счёт внебюджетных средств.", "extra_budgetary"},
		{"en", "a partner takes all on itself", "The FAO takes on itself all expenses of the workshop.", "extra_budgetary"},
		{"fr", "a partner at its own cost", "Le PNUD prendrait les voyages des formateurs à son compte.", "extra_budgetary"},
		{"en", "money still to be found", "For the financing we count on voluntary contributions of your member States.", "extra_budgetary"},
		// others pay for local costs
		{"en", "a partner gives the room", "The OSCE will provide the conference hall and simultaneous interpretation.", "co_funded"},
		{"fr", "a partner pays half", "L'ONUDI a accepté de prendre en charge la moitié du coût de la formation.", "co_funded"},
		{"ru", "a partner brings the participants", "ЮНИСЕФ оплатит проезд участников из областей и синхронный перевод.", "co_funded"},
		// short statements that cover all costs
		{"en", "a city pays", "The city pays, and the contract is ready.", "self_funded"},
		{"fr", "a State pays", "Monaco paie.", "self_funded"},
		{"ru", "a region pays", "Платит область, смета готова.", "self_funded"},
		{"en", "a partner pays", "UNDP pays for it.", "extra_budgetary"},
		// the host pays a share
		{"en", "the host gives the place", "The Agency will provide the venue, coffee breaks and local transport.", "co_funded"},
		{"en", "the host, in passive", "Local costs shall be met by the Ministry.", "co_funded"},
		{"en", "the host, in a few words", "Hall and lunches are on us.", "co_funded"},
		{"fr", "the host in French", "Nous mettrons à disposition la salle et assurerons l'hébergement sur place.", "co_funded"},
		{"fr", "the host's charge in French", "La restauration et l'interprétation sont à notre charge.", "co_funded"},
		{"ru", "the host in Russian", "Помещение, питание и переводчиков обеспечит принимающая сторона.", "co_funded"},
		{"ru", "the host from its side", "С нашей стороны предоставим зал и транспорт.", "co_funded"},
		{"fr", "in kind", "Notre contribution en nature comprend les locaux et un véhicule.", "co_funded"},
		// the host pays everything
		{"en", "the state budget pays all", "All expenses of the mission will be borne by the state budget.", "self_funded"},
		{"en", "the experts at our expense", "Travel of your experts and their per diem will be paid from our own budget.", "self_funded"},
		{"ru", "the costs, whichever they are", "Расходы будут оплачены из республиканского бюджета.", "self_funded"},
		{"en", "everything, in a few words", "The Authority pays everything.", "self_funded"},
		{"fr", "borne in full by the State", "Les frais seraient intégralement supportés par le budget de l'État.", "self_funded"},
		{"fr", "in full, in French", "Le Ministère prendra en charge l'intégralité des frais, y compris les billets d'avion de vos experts.", "self_funded"},
		{"ru", "all costs in Russian", "Все расходы, включая гонорары экспертов, оплатим из республиканского бюджета.", "self_funded"},
		{"ru", "the mission in Russian", "Командировочные расходы экспертов Министерство берёт на себя.", "self_funded"},
		// several pay
		{"en", "the host and a donor", "The Ministry will provide the room. The travel of the trainers will be paid by GIZ.", "co_funded extra_budgetary"},
		{"en", "the regular programme and the host", "The tickets could be paid by the RPTC, and the Ministry will provide accommodation and interpretation.", "co_funded rptc"},
		// nobody is said to pay
		{"en", "no money", "Unfortunately we cannot pay the travel of the experts.", ""},
		{"fr", "no money in French", "Nous ne disposons d'aucun budget pour les frais de mission.", ""},
		{"ru", "no donor", "Донора у нас нет, средств нет.", ""},
		{"fr", "you are to pay", "Les frais de voyage seraient à la charge de votre institution.", ""},
		{"en", "paid long ago", "The laboratory was financed by the World Bank in 2016.", ""},
		{"en", "paid for something else", "The EBRD continues to finance the pumps of the irrigation canal.", ""},
		{"ru", "something else in Russian", "Всемирный банк финансирует строительство дамбы, к данной просьбе это не имеет отношения.", ""},
		{"fr", "something else in French", "L'Union européenne finance par ailleurs la rénovation des écoles.", ""},
		{"en", "another project", "KOICA finances the pumps in the north, but this is another project and has no connection with the basin.", ""},
		{"en", "money that may not be used", "All expenses will be paid from the budget of the Association by agreement with the UN. The loan of the World Bank cannot be used for it.", "self_funded"},
		{"en", "a partner and the host each a part", "The ministry offers the hall; UNDP agreed to pay the trip of one lecturer. The other expenses we hope for from the side of UNECE.", "co_funded"},
		{"en", "the host finds the place", "We can find a room and lunch with our members.", "co_funded"},
		{"ru", "no money, far from its verb", "Средств на оплату поездки эксперта у нас нет.", ""},
		{"ru", "the host gives a house", "Жильё и машину специалисту дадим.", "co_funded"},
		{"en", "others elsewhere", "Other towns have consultants under grants of the EU.", ""},
		{"en", "what it costs", "The price of water covers a third of the maintenance.", ""},
	} {
		t.Run(c.name, func(t *testing.T) { wantFunding(t, c.lang, c.words, c.funding) })
	}
}

// Organisations that take part in the work, and those that do not.
func TestWhoTakesPart(t *testing.T) {
	for _, c := range []struct{ lang, name, words, partners string }{
		{"en", "one who joins", "Two lawyers of OTIF would like to participate in the discussion.", "otif"},
		{"en", "one who sends somebody", "The Danube Commission will send its adviser to the workshop.", "danube-commission"},
		{"en", "one who helps to hold it", "The seminar will be co-organised by the ILO.", "ilo"},
		{"en", "one to agree with", "Please liaise with the office of the Resident Coordinator before the mission.", "un-rco"},
		{"en", "one not to overlap with", "To avoid duplication, the dates should be coordinated with Eurostat.", "eurostat"},
		{"fr", "one who joins, in French", "La CNUCED s'y associera et enverra une formatrice.", "unctad"},
		{"fr", "one to agree with, in French", "Il serait utile de vous concerter avec l'OIT, qui prépare une enquête.", "ilo"},
		{"fr", "one who gives a trainer, in French", "L'OMPI mettra un intervenant à disposition.", "wipo"},
		{"ru", "one who joins, in Russian", "Представитель ВОЗ подключится к семинару.", "who"},
		{"ru", "one to be drawn in, in Russian", "Работу предлагаем провести с привлечением ЮНЕП.", "unep"},
		{"ru", "one who lends an expert, in Russian", "ОБСЕ командирует своего консультанта.", "osce"},
		{"en", "one who pays", "The Islamic Development Bank will pay the travel of the trainers.", "isdb"},
		{"ru", "in a long name", "Фонд ООН в области народонаселения готов участвовать.", "unfpa"},
		{"en", "one that sees to the travel", "UNITAR and the ITU will handle the registration.", "itu"},
		{"en", "one that is content", "ESCWA is agreeable to hold it with you.", "escwa"},
		{"en", "one that wants the dates agreed", "Sida finances the software and asks us to co-ordinate the calendar with its team.", "sida"},
		{"fr", "one that sees to it, in French", "Le PNUE se chargera des inscriptions.", "unep"},
		{"fr", "one that arranges its dates", "Le FMI coordonnera son calendrier avec le vôtre.", "imf"},
		{"ru", "one that delegates somebody", "ЮНКТАД делегирует одного преподавателя.", "unctad"},
		{"ru", "one whose dates are to be agreed", "Со Статкомитетом СНГ просим согласовать сроки.", "cis-stat"},
		{"en", "one in a joint mission", "We have in mind a joint mission with the Labour Office in Geneva.", "ilo"},
		{"fr", "one with which a workshop is planned", "Nous souhaitons un atelier organisé avec la Commission Tchou-Talas.", "chu-talas"},
		{"ru", "one with which a seminar is held", "Предлагаем совместный семинар с Исламским банком развития.", "isdb"},
		{"en", "two", "ESCAP and the World Bank are ready to take part in the workshop.", "escap world-bank"},
		{"en", "one that is to be in it", "We ask that WHO is included from the beginning.", "who"},
		{"en", "one that wants to send somebody", "The ILO told us that it wants to send a speaker.", "ilo"},
		{"fr", "one that would be associated", "L'UNESCO serait associée au cours.", "unesco"},
		{"ru", "a commission in its long name", "Программу просим согласовать с секретариатом Чу-Таласской водохозяйственной комиссии.", "chu-talas"},
		{"en", "one thanked for the past", "We thank UNDP for the seminar of 2019.", ""},
		{"en", "one whose project is over", "The project of USAID ended in 2024.", ""},
		{"en", "one that is an example", "Our neighbours learned this from the OECD.", ""},
		{"en", "one elsewhere", "The World Bank is rehabilitating the canals in another province.", ""},
	} {
		t.Run(c.name, func(t *testing.T) { wantPartners(t, c.lang, c.words, c.partners) })
	}
}

// wantFunding checks which funding is read from a request that ends with the given words.
func wantFunding(t *testing.T, lang, words, want string) {
	t.Helper()
	if got := readingtest.Join(requestWith(t, lang, words).Request.Funding); got != want {
		t.Errorf("funding %q, want %q", got, want)
	}
}

// wantPartners checks which partners are read from a request that ends with the given words.
func wantPartners(t *testing.T, lang, words, want string) {
	t.Helper()
	if got := readingtest.Join(requestWith(t, lang, words).Request.Partners); got != want {
		t.Errorf("partners %q, want %q", got, want)
	}
}

func requestWith(t *testing.T, lang, words string) intake.Reading {
	t.Helper()
	m := readingtest.Mail("office@gov.am", "Request for a workshop", askIn[lang]+words)
	g := readingtest.Request(t, m)
	readingtest.CheckEvidence(t, m, g)
	return g
}
