package letters_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"verbale/bot"
	"verbale/bot/letters"
	"verbale/bot/mailtext"
	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/internal/phrases"
	"verbale/routing"
	"verbale/routing/followup"
)

var noon = time.Date(2026, time.November, 25, 12, 0, 0, 0, time.UTC)

// writer has the embedded data, loaded once.
var writer = sync.OnceValue(func() *letters.Writer {
	must := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	directory, err := routing.EmbeddedDirectory()
	must(err)
	vocabulary, err := lexicon.Load(lexicon.Embedded())
	must(err)
	habits, err := mailtext.Load(nil)
	must(err)
	policy, err := followup.Embedded()
	must(err)
	return &letters.Writer{
		Phrases: phrases.Default(), Directory: directory, Vocabulary: vocabulary, Policy: policy, Habits: habits,
		Office: "Technical Cooperation Desk", Desk: "tc@desk.unece.example", Zone: time.UTC,
	}
})

func record(language string, countries ...string) *intake.Record {
	return &intake.Record{
		Reference: "TC-2026-00042", Kind: intake.KindRequest, Language: language, Status: intake.StatusAssigned, Owner: "ra-environment",
		Origin:  intake.Origin{Subject: "Request for assistance", AnswerTo: intake.Address{Address: "office@water.gov.kg"}},
		Routing: &intake.Routing{Assignee: "ra-environment", Division: "environment"},
		Request: &intake.Request{Countries: countries, Themes: []string{"water"}, Institution: "Ministry of Water"},
		Plan:    []intake.PlanStep{{At: noon.AddDate(0, 0, 10), Step: intake.StepAnswer, To: "ra-environment"}},
	}
}

func TestRequestersAreWrittenToInTheirLanguages(t *testing.T) {
	for name, test := range map[string]struct {
		rec       *intake.Record
		languages string
	}{
		"the letter's":                            {record("fr", "CH"), "fr"},
		"English for another":                     {record("de", "CH"), "en"},
		"with Russian beside it where it is read": {record("ky", "KG"), "en, ru"},
	} {
		w := writer().Acknowledgement(test.rec, letters.Receipt{Received: noon, Now: noon})
		if w.Language != test.languages || !strings.Contains(w.Subject, "TC-2026-00042") {
			t.Errorf("%s: %q in %q", name, w.Subject, w.Language)
		}
	}
}

func TestAnAcknowledgementRepeatsNothingOfTheLetter(t *testing.T) {
	w := writer().Acknowledgement(record("en", "KG"), letters.Receipt{Received: noon, Now: noon})
	if strings.Contains(w.Text, "Ministry of Water") {
		t.Errorf("it reads\n%s", w.Text)
	}
}

// The acknowledgement must not promise a reply earlier than the requester asked for, nor by
// today. Our own deadline is two working days before the requested day, so that a letter that
// asked for a reply within 24 hours was once promised one on the day it arrived.
func TestACountryIsPromisedNothingBeforeTheDayItAskedForNorForToday(t *testing.T) {
	today := intake.DateOf(noon)
	for name, test := range map[string]struct {
		due     time.Time
		replyBy intake.Date
		told    string
	}{
		"no day is named":                      {noon.AddDate(0, 0, 15), intake.Date{}, "by 10 December 2026"},
		"within 24 hours":                      {noon.Add(time.Hour), today.AddDays(1), "by 26 November 2026"},
		"our step before the day named":        {noon.AddDate(0, 0, 5).Add(8 * time.Hour), today.AddDays(7), "by 2 December 2026"},
		"a day named far from now":             {noon.AddDate(0, 0, 15), today.AddDays(60), "by 10 December 2026"},
		"today":                                {noon.Add(time.Hour), today, ""},
		"a day that is over":                   {noon.Add(time.Hour), today.AddDays(-3), ""},
		"a day that is over, and we are later": {noon.AddDate(0, 0, 1), today, "by 26 November 2026"},
		"we are late":                          {noon.AddDate(0, 0, -1), intake.Date{}, ""},
	} {
		rec := record("en", "KG")
		rec.Request.ReplyBy, rec.Plan[0].At = test.replyBy, test.due
		for _, w := range []letters.Written{
			writer().Acknowledgement(rec, letters.Receipt{Received: noon, Now: noon}), writer().Status(rec, noon),
		} {
			_, after, promises := strings.Cut(w.Text, "expect a first reply from us ")
			if promises != (test.told != "") || !strings.HasPrefix(after, test.told) {
				t.Errorf("%s: it reads\n%s", name, w.Text)
			}
		}
	}
}

func TestMailsSayNoMoreThatTheDeskDecidesOnceItHas(t *testing.T) {
	rec := record("en", "KG")
	rec.Routing.Reasons = []intake.Remark{
		{ID: "route.given", Args: map[string]string{"owner": "ra-environment"}},
		{ID: "triage.unsure", Args: map[string]string{"percent": "64"}},
	}
	for name, w := range map[string]letters.Written{
		"assignment": writer().Assignment(rec, "ra-environment", letters.Background{}, letters.Effect{Token: "token1"}),
		"support":    writer().Support(rec, "environment", letters.Effect{Token: "token1"}),
	} {
		if strings.Contains(w.Text, "64 %") || !strings.Contains(w.Text, writer().Remark(rec.Routing.Reasons[0], "en")) {
			t.Errorf("%s: it reads\n%s", name, w.Text)
		}
	}
	rec.Status = intake.StatusNeedsTriage
	if why := rec.WhyRouted(); len(why) != 2 {
		t.Errorf("before, the reasons are %v", why)
	}
}

func TestASubjectTellsNothingOfAConfidentialRecord(t *testing.T) {
	rec := record("en", "KG")
	rec.Confidential = true
	for name, w := range map[string]letters.Written{
		"assignment": writer().Assignment(rec, "ra-environment", letters.Background{}, letters.Effect{Token: "token1"}),
		"reminder":   writer().Reminder(rec, "ra-environment", intake.Reminder{Step: intake.StepAnswer, To: "ra-environment"}, noon, letters.Effect{}),
	} {
		if strings.Contains(w.Subject, "Kyrgyz") || !strings.Contains(w.Subject, "TC-2026-00042") {
			t.Errorf("%s: %q", name, w.Subject)
		}
	}
}

func TestWhatAnAnswerDoesIsSaid(t *testing.T) {
	rec := record("en", "KG")
	in := letters.MailIn{Message: &intake.Message{Text: intake.Text{Content: "Any news?"}}, ReceivedAt: noon, What: "mail_in.reply"}
	for token, effect := range map[string]letters.Effect{"": {Token: "token1"}, "token1": {Token: "token1", Steps: true}} {
		w := writer().MailIn(rec, "ra-environment", in, effect)
		if strings.Contains(w.Text, "token1") != (token != "") {
			t.Errorf("with %+v it reads\n%s", effect, w.Text)
		}
	}
}

func TestStrangersWordsAreNoPartOfThePageOfADigest(t *testing.T) {
	w := writer().DigestMail(&bot.Post{Language: "en", Title: "Digest", Sections: []bot.PostSection{
		{Title: "New: 1", Records: []string{"TC-2026-00042"}, Lines: []string{"TC-2026-00042, <script>alert(1)</script>"}},
	}})
	if strings.Contains(w.HTML, "<script>") || !strings.Contains(w.HTML, "New: 1") {
		t.Errorf("the page is\n%s", w.HTML)
	}
}

func TestValuesAreSaidInWords(t *testing.T) {
	for _, test := range []struct {
		field              intake.Field
		value, lang, words string
	}{
		{intake.FieldServices, "capacity_building", "en", "capacity-building"},
		{intake.FieldKind, "auto_reply", "fr", "réponse automatique"},
		{intake.FieldCountries, "KG", "fr", "Kirghizistan"},
		{intake.FieldLanguage, "fr", "en", "French"},
		{intake.FieldReplyBy, "2026-12-10", "en", "10 December 2026"},
		{intake.FieldInstitution, "Ministry of Water", "ru", "Ministry of Water"},
	} {
		if got := writer().Value(test.field, test.value, test.lang); got != test.words {
			t.Errorf("%s %s is %q in %s, want %q", test.field, test.value, got, test.lang, test.words)
		}
	}
}

func TestWhatADoubtOffersIsSaidInWords(t *testing.T) {
	rec := record("en", "KG")
	rec.Doubts = []intake.Doubt{{Field: intake.FieldServices, Reason: intake.Plain("two kinds of help are asked for"), Candidates: []string{"advisory", "project"}}}
	w := writer().Assignment(rec, "ra-environment", letters.Background{}, letters.Effect{Token: "token1"})
	if !strings.Contains(w.Text, "advisory services, technical cooperation project") {
		t.Errorf("it reads\n%s", w.Text)
	}
}

// A mail without a subject is called a message. Its subject must not be quoted as "no subject".
func TestAMissingSubjectIsNotQuoted(t *testing.T) {
	for lang, want := range map[string]string{
		"en": "receipt of your message, which reached us", "fr": "de votre message, qui lui est parvenu", "ru": "Вашего сообщения, которое",
	} {
		rec := record(lang)
		rec.Origin.Subject = "Re: "
		text := writer().Acknowledgement(rec, letters.Receipt{Received: noon, Now: noon}).Text
		if !strings.Contains(text, want) {
			t.Errorf("it does not say %q:\n%s", want, text)
		}
	}
}
