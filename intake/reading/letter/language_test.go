package letter_test

import (
	"testing"

	"verbale/intake"
	"verbale/intake/reading/readingtest"
)

func TestLanguageOfWhatWasWritten(t *testing.T) {
	r := readingtest.Reader()
	for want, texts := range map[string][]string{
		"en": {"We would be grateful for an expert who reviews our draft law.", "training in Osh, please"},
		"fr": {"Nous vous serions reconnaissants de bien vouloir nous envoyer un expert.", "demande de formation pour nos agents"},
		"ru": {"Просим направить эксперта для оценки проекта закона.", "Zdravstvuyte, prosim provesti seminar dlya nashih spetsialistov, eto ochen nuzhno"},
		"uk": {"Просимо надати експертну допомогу у підготовці проєкту закону.", "шановні колеги, звертаємось щодо навчання"},
		"sr": {"Da li bi neko od vas mogao da dođe i kaže šta prvo da radimo?", "Молимо вас да пошаљете стручњака који ће нам помоћи."},
		"sq": {"Ju lutemi të na dërgoni një ekspert për trajnimin e inspektorëve tanë."},
		"ro": {"Vă rugăm să ne trimiteți un expert pentru instruirea inspectorilor noștri."},
		"az": {"Hörmətli həmkarlar, müfəttişlərimizin təlimi üçün ekspert göndərməyinizi xahiş edirik."},
		"tr": {"Sayın yetkili, müfettişlerimizin eğitimi için bir uzman gönderilmesini rica ederiz."},
		"kk": {"Құрметті әріптестер, инспекторларды оқыту үшін сарапшы жіберуіңізді сұраймыз."},
		"ky": {"Урматтуу кесиптештер, инспекторлорду окутуу үчүн эксперт жөнөтүүнү суранабыз."},
		"tg": {"Муҳтарам ҳамкорон, барои омӯзиши нозирони мо коршинос фиристед."},
		"uz": {"Hurmatli hamkasblar, inspektorlarimizni o'qitish uchun ekspert yuborishingizni so'raymiz va rahmat."},
		"bg": {"Молим да изпратите експерт, който да обучи нашите инспектори във връзка с проекта."},
		"mk": {"Почитувани, ве молиме да испратите експерт кој ќе ги обучи нашите инспектори."},
		"hy": {"Խնդրում ենք ուղարկել փորձագետ"},
		"ka": {"გთხოვთ გამოაგზავნოთ ექსპერტი"},
		"de": {"Wir bitten Sie, uns einen Experten für die Ausbildung unserer Inspektoren zu senden."},
		"es": {"Solicitamos que nos envíen un experto para la formación de nuestros inspectores."},
		"it": {"Vi chiediamo di inviare un esperto per la formazione dei nostri ispettori."},
		"pl": {"Prosimy o przysłanie eksperta, który przeszkoli naszych inspektorów w tym roku."},
	} {
		for _, text := range texts {
			if got := r.Read(&intake.Message{Text: intake.Text{Content: text}}).Language; got != want {
				t.Errorf("%q: got %s, want %s", text, got, want)
			}
		}
	}
}

func TestTheLettersLanguageCountsNotTheCovers(t *testing.T) {
	r := readingtest.Reader()
	m := &intake.Message{
		Text:        intake.Text{Content: "Dear Sir/Madam,\n\nPlease find attached our letter.\n\nKind regards,\nRegistry"},
		Attachments: []intake.Attachment{{Text: intake.Text{Content: "Уважаемые коллеги!\n\nПросим направить эксперта для оценки проекта закона о воде.\n\nС уважением,\nА. Ким"}}},
	}
	if got := r.Read(m).Language; got != "ru" {
		t.Errorf("got %s, want ru", got)
	}
}
