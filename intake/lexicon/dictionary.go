package lexicon

// A Dictionary tells what is known of single words, which it finds by the hashes that a
// Scan holds of its words. It is read only and may be used by several goroutines at once.
type Dictionary[T any] struct {
	table   table
	entries []T // by symbol; the first is that of all other words
}

// NewDictionary makes a dictionary of folded words.
func NewDictionary[T any](words map[string]T) Dictionary[T] {
	symbols, entries := make(map[string]int32, len(words)), make([]T, 1, len(words)+1)
	for word, entry := range words {
		symbols[word] = int32(len(entries))
		entries = append(entries, entry)
	}
	return Dictionary[T]{tableOf(symbols), entries}
}

// Of returns the entry of the i-th word of a scanned text; that of no value where the
// word is not known. The caller must not change it.
func (d *Dictionary[T]) Of(s Scan, i int) *T {
	return &d.entries[d.table.symbol(s.spellings.words[i].whole)]
}
