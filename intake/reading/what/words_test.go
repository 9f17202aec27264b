package what_test

import (
	"testing"

	"verbale/intake/reading/readingtest"
	"verbale/intake/reading/what"
)

// Names and numbers belong to one letter rather than to its subject, so they must be left out.
func TestWordsOfASubjectLeaveNamesAndNumbersOut(t *testing.T) {
	for text, want := range map[string]string{
		"In Osh the lorries of Mr Karimov wait 3 days.":       "in the lorries of wait days ",
		"Le pont de Sarajevo est fermé. Les camions tournent": "le pont de est ferme les camions tournent ",
		"Фермеры Иссык-Куля ждут воды: арык пуст":             "фермеры ждут воды арык пуст ",
	} {
		scan := readingtest.Vocabulary().Scan(text)
		if got := what.WordsOfSubject(text, scan.Tokens); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// Letters describe their subject in words that are in no list of terms. The theme must still
// be recognised.
func TestASubjectIsToldByWordsAlone(t *testing.T) {
	for _, c := range []struct{ body, theme string }{
		{"Could you send us somebody? The customs officer unseals what his colleague sealed an hour ago, and the driver sleeps three nights at the barrier with papers nobody recognises.", "border-crossing-tir"},
		{"Nous vous prions de nous aider : dans nos villages il ne reste que des vieilles personnes, leurs enfants travaillent au loin, et personne ne sait qui s'occupera d'elles demain.", "population-ageing"},
	} {
		m := readingtest.Mail("office@gov.am", "Letter", c.body)
		g := readingtest.Request(t, m)
		if g.Request.Themes[0] != c.theme {
			t.Errorf("main theme %v, want %s", g.Request.Themes, c.theme)
		}
		readingtest.CheckEvidence(t, m, g)
	}
}
