package lexicon

import (
	"testing"
	"unicode/utf8"
)

func TestFoldMakesTextsComparable(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"case", "Road SAFETY", "road safety"},
		{"French accents", "Évaluation à l’Été", "evaluation a l'ete"},
		{"ligatures", "œuvre ﬁnance", "oeuvre finance"},
		{"yo", "Счёт учёта", "счет учета"},
		{"short i is a letter of its own", "край", "край"},
		{"short i that arrives decomposed", "краи\u0306", "край"},
		{"Turkish and Polish letters", "Türkiye Łódź ışık", "turkiye lodz isik"},
		{"dashes", "capacity–building — now", "capacity-building - now"},
		{"no-break and thin spaces", "10\u00a0000\u2009km", "10 000 km"},
		{"soft hyphen and zero width", "co\u00adope\u200bration", "cooperation"},
		{"apostrophes", "d\u02bcAlbanie d`Arm", "d'albanie d`arm"},
		{"bytes that are no UTF-8", "a\xffb", "a b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := FoldString(c.text); got != c.want {
				t.Errorf("FoldString(%q) = %q, want %q", c.text, got, c.want)
			}
		})
	}
}

// Whatever the text, each folded byte leads back to a place in it, in order.
func FuzzFold(f *testing.F) {
	f.Add("L’été à Łódź: œuvre\u00a0— счёт и\u0306 \xff\u200b")
	f.Fuzz(func(t *testing.T, text string) {
		folded := Fold(text)
		if !utf8.ValidString(folded.Text) {
			t.Fatalf("folded text is not UTF-8: %q", folded.Text)
		}
		last := 0
		for i := range len(folded.Text) {
			start, end := folded.Original(i, i+1)
			if start < last || end < start || end > len(text) {
				t.Fatalf("byte %d leads back to %d..%d of %d", i, start, end, len(text))
			}
			last = start
		}
		for _, token := range tokenise(nil, text, folded) {
			if token.Start >= token.End || token.End > len(text) {
				t.Fatalf("token %q stands at %d..%d of %d", token.Folded, token.Start, token.End, len(text))
			}
		}
	})
}
