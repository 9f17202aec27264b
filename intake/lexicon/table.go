package lexicon

// A table finds the symbol of a word. It is a hash table with open addressing,
// at most half full and small enough to stay in a processor's cache: texts are
// asked for word by word, and most words are in no table.
type table struct {
	slots []slot // a power of two of them
	words []string
}

// A slot is empty where its word is 0.
type slot struct {
	hash   uint32
	word   int32 // index in words, from 1
	symbol int32
}

// tableOf makes a table of words and their symbols.
func tableOf(symbols map[string]int32) table {
	size := 4
	for size < 2*len(symbols) {
		size *= 2
	}
	t := table{slots: make([]slot, size), words: make([]string, 0, len(symbols))}
	for word, symbol := range symbols {
		t.words = append(t.words, word)
		hash := hashOf(hashSeed, word)
		at := t.place(hash)
		for t.slots[at].word != 0 {
			at = t.after(at)
		}
		t.slots[at] = slot{hash, int32(len(t.words)), symbol}
	}
	return t
}

// symbol finds the symbol of a word of the given hash; 0 where it has none.
func (t *table) symbol(hash uint32, word string) int32 {
	for at := t.place(hash); ; at = t.after(at) {
		s := t.slots[at]
		if s.word == 0 {
			return 0
		}
		if s.hash == hash && t.words[s.word-1] == word {
			return s.symbol
		}
	}
}

// place spreads a hash, whose last bits tell little, over the slots.
func (t *table) place(hash uint32) uint32 {
	return (hash ^ hash>>15) * 0x9e3779b1 >> 7 & uint32(len(t.slots)-1)
}

func (t *table) after(place uint32) uint32 { return (place + 1) & uint32(len(t.slots)-1) }

// hashOf goes on with a hash over further bytes (FNV-1a): the hash of a word
// passes by those of all its beginnings.
func hashOf(hash uint32, s string) uint32 {
	for i := 0; i < len(s); i++ {
		hash = (hash ^ uint32(s[i])) * hashPrime
	}
	return hash
}

const (
	hashSeed  uint32 = 2166136261
	hashPrime uint32 = 16777619
)
