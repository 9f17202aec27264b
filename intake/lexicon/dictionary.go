package lexicon

// A Dictionary maps single words to entries and looks them up by the word hashes stored in a
// Scan. It is read-only and safe for concurrent use.
type Dictionary[T any] struct {
	table   table
	entries []T // by symbol; the first is the zero entry for all unknown words
}

// NewDictionary returns a dictionary of folded words.
func NewDictionary[T any](words map[string]T) Dictionary[T] {
	symbols, entries := make(map[string]int32, len(words)), make([]T, 1, len(words)+1)
	for word, entry := range words {
		symbols[word] = int32(len(entries))
		entries = append(entries, entry)
	}
	return Dictionary[T]{tableOf(symbols), entries}
}

// Of returns the entry of the i-th word of a scanned text, the zero entry if the word is
// unknown. The caller must not change it.
func (d *Dictionary[T]) Of(s Scan, i int) *T {
	return &d.entries[d.table.symbol(s.spellings.words[i].whole)]
}
