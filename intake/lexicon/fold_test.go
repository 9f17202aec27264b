package lexicon

import (
	"strings"
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

// Every folded word must map back to its place in the original, even if folding lengthened or
// shortened the text before or within it.
func TestFoldedWordsLeadBack(t *testing.T) {
	for text, want := range map[string]string{
		"l’œuvre ﬁnie à Łódź…":            "lodz",
		"Счёт «учёта» — край":             "учета",
		"1\u00a0000 co\u00adop е\u0301ra": "coop",
		"№ 5 ½ straße":                    "strasse",
	} {
		folded := Fold(text)
		at := strings.Index(folded.Text, want)
		start, end := folded.Original(at, at+len(want))
		if got := FoldString(text[start:end]); got != want {
			t.Errorf("%q leads back to %q", want, text[start:end])
		}
		if from, to := folded.Of(start), folded.Of(end); from != at || to != at+len(want) {
			t.Errorf("%q stands at %d to %d, not at %d to %d", want, at, at+len(want), from, to)
		}
	}
}

func BenchmarkFold(b *testing.B) {
	for name, text := range map[string]string{
		"English": "The Ministry of Transport of the Republic kindly requests a workshop on road safety audits – in Yerevan. ",
		"Russian": "Министерство транспорта Республики просит провести семинар по аудиту безопасности дорог — в Ереване. ",
	} {
		page := strings.Repeat(text, 20)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(page)))
			for b.Loop() {
				Fold(page)
			}
		})
	}
}

// For any text, each folded byte must map back to an offset in it, and the offsets must be in
// order.
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
			if first := folded.Of(start); first > i && utf8.RuneStart(folded.Text[i]) {
				t.Fatalf("byte %d came from %d, but the first of there is %d", i, start, first)
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
