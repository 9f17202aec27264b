package lexicon

import "testing"

func TestDictionaryKnowsWordsOfAScan(t *testing.T) {
	d := NewDictionary(map[string]int{"may": 5, "июнь": 6, "decembre": 12})
	s := Words("En Décembre, ou ИЮНЬ; maybe May")
	want := []int{0, 12, 0, 6, 0, 5}
	if len(s.Tokens) != len(want) {
		t.Fatalf("%d words, want %d", len(s.Tokens), len(want))
	}
	for i, number := range want {
		if got := *d.Of(s, i); got != number {
			t.Errorf("%q is %d, want %d", s.Tokens[i].Folded, got, number)
		}
	}
}
