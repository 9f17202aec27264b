package reading_test

import (
	"testing"

	"verbale/intake"
	"verbale/intake/reading/readingtest"
)

// TestUrgencySaidInOtherWords reads mails that press without the word itself.
func TestUrgencySaidInOtherWords(t *testing.T) {
	for _, says := range []string{
		"This cannot wait.", "Every day counts.", "Chaque jour compte.", "Le dossier ne souffre aucun retard.",
		"Вопрос не терпит отлагательства.", "Дело не ждёт.",
	} {
		m := readingtest.Letter("We kindly ask UNECE to send an expert to review our draft law on road safety. " + says)
		if got := readingtest.Request(t, m).Request.Urgency; got != intake.UrgencyUrgent {
			t.Errorf("%s: %s", says, got)
		}
	}
}
