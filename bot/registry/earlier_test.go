package registry_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"verbale/bot"
	"verbale/bot/registry"
	"verbale/intake"
	letters "verbale/intake/reading"
)

// readsItself is the reader of the program.
var readsItself = sync.OnceValue(func() *letters.Reader {
	return letters.NewReader(vocabulary(), intake.Ours{Domain: "desk.unece.example", Prefix: "TC"})
})

// readingOffice returns an office that reads mail itself and has one accepted request from a
// ministry, for training on dam safety.
func readingOffice(t *testing.T, change ...func(*registry.Options)) *office {
	o := open(t, append([]func(*registry.Options){func(o *registry.Options) { o.Reader = readsItself() }}, change...)...)
	o.sends(letter("a@water.gov.kg", about("Dam safety"), saying(damSafety)))
	o.change(first, func(rec *intake.Record) { rec.Status = intake.StatusAccepted })
	return o
}

const damSafety = "Excellency,\n\nWe kindly request the assistance of UNECE in training our inspectors in the safety of tailings dams and dams, in Bishkek in May 2027.\n\nMinistry of Water Resources of the Kyrgyz Republic"

func about(subject string) func(*intake.Message) {
	return func(m *intake.Message) { m.Subject = subject }
}

// sends handles a mail, which the office reads itself.
func (o *office) sends(m *intake.Message) bot.Committed {
	o.t.Helper()
	return o.arrives(m, intake.Reading{})
}

// speakingOfEarlier has mails that refer to an earlier request without naming it, and contain
// nothing else.
var speakingOfEarlier = map[string]struct{ subject, text, what string }{
	"a chaser":              {"No answer to our letter", "Dear Sir or Madam,\n\nWe wrote to you three weeks ago about the training of inspectors and have received no answer. May we kindly ask when we can expect one?", bot.WhatChaser},
	"a chaser in French":    {"Notre lettre", "Bonjour,\n\nSauf erreur de notre part, notre courrier du 3 novembre est resté sans suite. Merci de nous tenir informés.", bot.WhatChaser},
	"a chaser in Russian":   {"О безопасности плотин (повторно)", "Уважаемые коллеги!\n\nТри недели назад мы направили Вам письмо о безопасности плотин, однако ответа до настоящего времени не получили. Просим сообщить о результатах рассмотрения.", bot.WhatChaser},
	"a withdrawal":          {"Dam safety", "Excellency,\n\nWe regret to inform you that we no longer need the assistance requested in our letter on dam safety, since the World Bank will provide it.", bot.WhatWithdraw},
	"a withdrawal, French":  {"Retrait", "Madame,\n\nNous vous prions de considérer notre demande du 3 novembre comme retirée.", bot.WhatWithdraw},
	"a withdrawal, Russian": {"Отзыв запроса", "Уважаемые коллеги,\n\nВ связи с изменением бюджета просим считать наш запрос о безопасности плотин отозванным.", bot.WhatWithdraw},
}

func TestAMailOnTheOnlyOpenRequestOfItsSenderJoinsIt(t *testing.T) {
	for name, tt := range speakingOfEarlier {
		o := readingOffice(t)
		done := o.sends(letter("b@water.gov.kg", about(tt.subject), saying(tt.text)))
		if done.Outcome != bot.ArrivalJoined || done.Reference != first || !slices.Contains(o.happened(first), tt.what) {
			t.Errorf("%s: %s %q, %v", name, done.Outcome, done.Reference, o.happened(first))
		}
		if _, told := o.store.Written[told("b@water.gov.kg")]; !told {
			t.Errorf("%s: the owner is not told: %v", name, o.keys())
		}
	}
}

// A mail from a colleague of the requester may refer to another letter, so that the desk is
// asked.
func TestAColleaguesMailOnAnEarlierRequestIsAskedAbout(t *testing.T) {
	o := readingOffice(t)
	aside := o.wantAside(o.sends(letter("b@water.gov.kg", from("registry@water.gov.kg"), about("No answer"), saying("We wrote to you three weeks ago and have received no answer."))))
	if aside.Reference != first || len(aside.Doubts) == 0 {
		t.Errorf("%+v", aside)
	}
	o.wantHistory(first, "recorded")
}

// The desk decides which request a mail belongs to, or whether it is a new one. Until then it is
// not acknowledged as a new record.
func TestAMailOnOneOfSeveralRequestsOrAnotherThemeIsTheDesksToPlace(t *testing.T) {
	for name, tt := range map[string]struct {
		text    string
		similar int
	}{
		"several":       {"Dear colleagues,\n\nOur letter of 3 November has remained unanswered.", 2},
		"another theme": {"We wrote to you three weeks ago about the training of road safety auditors and have received no answer.", 1},
	} {
		o := readingOffice(t)
		if tt.similar > 1 {
			o.sends(letter("b@water.gov.kg", about("Statistics"), saying("We kindly request training in the compilation of environmental accounts for our statisticians.")))
		}
		done := o.sends(letter("c@water.gov.kg", about("No answer"), saying(tt.text)))
		rec := o.record(done.Reference)
		if done.Outcome != bot.ArrivalRecorded || len(rec.Similar) != tt.similar || doubtOn(rec, intake.FieldKind) == nil || rec.Status != intake.StatusNeedsTriage {
			t.Errorf("%s: %s, %s, similar to %v, doubts %+v", name, done.Outcome, rec.Status, rec.Similar, rec.Doubts)
		}
		if _, acknowledged := o.store.Written["acknowledge:"+done.Reference]; acknowledged {
			t.Errorf("%s: it is acknowledged", name)
		}
	}
}

// A mail that asks for something is a request, even if it also asks about an earlier one.
func TestARequestThatChasesAnEarlierOneIsARequest(t *testing.T) {
	for name, text := range map[string]string{
		"chases":    "Dear colleagues,\n\nOur letter of 3 November has remained unanswered.\n\nIn addition, we kindly request training in the compilation of environmental accounts for ten statisticians in Bishkek.",
		"withdraws": "Dear colleagues,\n\nWe withdraw our earlier letter on dams.\n\nInstead of that, we kindly request training in the compilation of environmental accounts for ten statisticians in Bishkek.",
	} {
		o := readingOffice(t)
		done := o.sends(letter("b@water.gov.kg", about("Environmental accounts"), saying(text)))
		if done.Outcome != bot.ArrivalRecorded || done.Reference == first {
			t.Fatalf("%s: %s %q", name, done.Outcome, done.Reference)
		}
		rec := o.record(done.Reference)
		if rec.Kind != intake.KindRequest || doubtOn(rec, intake.FieldKind) != nil || len(rec.Similar) != 1 || rec.Similar[0].Reference != first {
			t.Errorf("%s: %s, doubts %+v, similar %+v", name, rec.Kind, rec.Doubts, rec.Similar)
		}
	}
}

// New requests that only contain words of a chaser or a withdrawal.
func TestANewRequestIsNoChaser(t *testing.T) {
	for _, text := range []string{
		"We kindly request training in environmental accounts for ten statisticians. We would be grateful to be informed of the outcome of the consideration of this request.",
		"Просим организовать обучение специалистов по экологическому учёту в Бишкеке. О результатах рассмотрения просим сообщить.",
		"Nous sollicitons une formation de nos statisticiens aux comptes de l’environnement. Nous vous saurions gré de nous tenir informés de la suite réservée à notre demande.",
		"We no longer need paper forms and kindly request advice on electronic ones for our statistical surveys.",
	} {
		o := readingOffice(t)
		done := o.sends(letter("b@water.gov.kg", about("Environmental accounts"), saying(text)))
		if done.Outcome != bot.ArrivalRecorded || done.Reference == first || o.record(done.Reference).Kind != intake.KindRequest {
			t.Errorf("%s %q: %q", done.Outcome, done.Reference, text)
		}
	}
}

// A chaser without a known letter asks the desk whether the letter was lost.
func TestAChaserOfALetterThatDidNotArrive(t *testing.T) {
	for name, tt := range speakingOfEarlier {
		o := readingOffice(t)
		done := o.sends(letter("b@mud.gov.mk", from("info@mud.gov.mk"), about(tt.subject), saying(tt.text)))
		if tt.what != bot.WhatChaser {
			continue
		}
		if done.Outcome != bot.ArrivalRecorded || done.Reference == first {
			t.Errorf("%s: %s %q", name, done.Outcome, done.Reference)
			continue
		}
		rec := o.record(done.Reference)
		if !slices.ContainsFunc(rec.Doubts, func(d intake.Doubt) bool { return d.Reason.Is("doubt.lost") }) {
			t.Errorf("%s: %+v", name, rec.Doubts)
		}
	}
}

func TestASellersChaserIsSetAside(t *testing.T) {
	o := readingOffice(t)
	o.wantAside(o.sends(letter("b@seller.example", from("sales@seller.example"), about("Following up"),
		saying("Hi,\n\nI am following up on my earlier message about our products. We offer the best price. Any news?"))))
}

// A letter is also found by the first part of its number, without the suffixes of the register.
func TestALetterIsFoundByTheFirstPartOfItsNumber(t *testing.T) {
	for cited, want := range map[string]bool{"1187": true, "1187/MCVT/DC/SGM": true, "118": false, "11": false} {
		o := open(t)
		r := request("fr")
		r.Request.OfficialRef = "1187/MCVT/DC/SGM"
		o.arrives(letter("a@water.gov.kg"), r)
		done := o.arrives(letter("b@water.gov.kg", saying("Sauf erreur, notre courrier n° "+cited+" du 23 novembre est resté sans suite.")), reading(intake.KindOther, "documents", intake.FieldKind))
		if joined := done.Reference == first && o.store.Histories[first][1].Reason == "it cites the earlier letter "+cited; joined != want {
			t.Errorf("%s: %s %q", cited, done.Outcome, done.Reference)
		}
	}
}

func TestTheOwnerIsToldWhatAMailSays(t *testing.T) {
	for text, want := range map[string]string{
		"Is there any news?": "an enquiry about what has become of the request",
		"Просим аннулировать наш запрос.":                                           "a withdrawal of the request",
		"Could the mission take place from 8 to 10 February 2027 instead?":          "a proposal of other dates",
		"Nous n’avons toujours pas reçu de réponse. Où en est le dossier ?":         "an enquiry about what has become of the request",
		"Просим сообщить о результатах рассмотрения.":                               "an enquiry about what has become of the request",
		"Please find attached the programme. The participants will be named later.": "a reply or an addition",
	} {
		o := opened(t)
		o.arrives(letter("b@water.gov.kg", saying(text)), quoting(first))
		if mail := o.action(told("b@water.gov.kg")).Mail; !strings.Contains(mail.Text, want) {
			t.Errorf("%q: %s", text, mail.Text)
		}
	}
}

// A proposal of other dates is not a new request.
func TestOtherDatesAreNoNewRequest(t *testing.T) {
	o := readingOffice(t)
	o.sends(letter("b@water.gov.kg", about("Re: Dam safety ["+first+"]"), saying("Dear colleagues,\n\nunfortunately the week of 18 January does not suit us any more. Could the mission take place from 8 to 10 February 2027 instead?")))
	if got := o.happened(first); slices.Contains(got, bot.WhatNewAsk) || !slices.Contains(got, bot.WhatNewDates) {
		t.Errorf("%v", got)
	}
}

// The letters of two partners of a joint request are offered as a merge, even if different
// themes were read from them.
func TestTheOtherPartnersLetterIsOfferedAsAMerge(t *testing.T) {
	both := func(countries []string, theme string) intake.Reading {
		r := request("en")
		r.Request.Countries, r.Request.Themes, r.Request.Institution = countries, []string{theme}, "Office of "+theme
		return r
	}
	copied := func(m *intake.Message) { m.Cc = []intake.Address{{Address: "a.yuldashev@suvchi.gov.uz"}} }
	for name, tt := range map[string]struct {
		subject string
		from    string
		reading intake.Reading
		reason  string
	}{
		"the same subject":          {"Joint request: dam safety", "other@mfa.gov.uz", both([]string{"UZ"}, "water"), "alike.subject"},
		"it had a copy":             {"Our support", "a.yuldashev@suvchi.gov.uz", both([]string{"UZ"}, "water"), "alike.copied"},
		"the same countries":        {"Training", "other@mfa.gov.uz", both([]string{"KG", "UZ"}, "water"), "alike.countries"},
		"another matter":            {"Training of foresters", "other@mfa.gov.uz", both([]string{"UZ"}, "forests"), ""},
		"another country's subject": {"Joint request: dam safety", "other@mfa.gov.rs", both([]string{"RS"}, "water"), ""},
	} {
		o := open(t)
		o.arrives(letter("a@water.gov.kg", about("Joint request: dam safety"), copied), both([]string{"KG", "UZ"}, "industrial-accidents"))
		ref := o.arrives(letter("b@suvchi.gov.uz", from(tt.from), about(tt.subject)), tt.reading).Reference
		like := o.record(ref).Similar
		if tt.reason == "" {
			if len(like) > 0 {
				t.Errorf("%s: %+v", name, like)
			}
		} else if len(like) != 1 || like[0].Reference != first || !like[0].Reason.Is(tt.reason) {
			t.Errorf("%s: %+v", name, like)
		}
	}
}
