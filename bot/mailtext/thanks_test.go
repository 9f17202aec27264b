package mailtext_test

import "testing"

func TestWhatIsNothingButThanks(t *testing.T) {
	e := ear()
	for text, only := range map[string]bool{
		"Thank you very much for your answer.":                          true,
		"Nous vous remercions de votre réponse.":                        true,
		"Благодарим за ответ.":                                          true,
		"Thank you. Please send us the programme.":                      false,
		"Merci de nous indiquer qui paie.":                              false,
		"Благодарим за ответ и просим направить программу.":             false,
		"Thanks! Who pays?":                                             false,
		"Thank you. The mission must be postponed to 10-14 May 2027.":   false,
		"Thank you, but we have not received a reply to the second one": false,
		"The decree was signed.":                                        false,
	} {
		if got := e.Find(text).OnlyThanks(); got != only {
			t.Errorf("%q is nothing but thanks: %t", text, got)
		}
	}
}
