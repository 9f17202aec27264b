package lexicon

// A table finds the symbol of a word. It is a hash table with open addressing,
// at most half full, in which a hash of 64 bits stands for a word: that two words
// share one does not happen by chance.
//
// Texts are asked for word by word and beginning by beginning, nearly all of which
// are in no table. A filter tells most of them.
type table struct {
	slots  []slot // a power of two of them
	filter filter
}

// A slot is empty where its symbol is 0.
type slot struct {
	hash   uint64
	symbol int32
}

// A filter tells of most hashes that were not added that they were not, by a bit
// that none set; the bits of all filters stay in a processor's cache.
type filter []uint64

// bitsForEach is how many bits there are, at least, for each hash.
const bitsForEach = 16

// newFilter makes a filter for up to n hashes.
func newFilter(n int) filter {
	size := 1
	for size*64 < n*bitsForEach {
		size *= 2
	}
	return make(filter, size)
}

func (f filter) add(hash uint64) {
	i, bit := f.bit(hash)
	f[i] |= bit
}

func (f filter) has(hash uint64) bool {
	i, bit := f.bit(hash)
	return f[i]&bit != 0
}

// bit returns where the bit of a hash stands.
func (f filter) bit(hash uint64) (i int, bit uint64) {
	at := spread(hash)
	return int(at>>6) & (len(f) - 1), 1 << (at & 63)
}

// spread makes every bit of a hash tell.
func spread(hash uint64) uint64 { return hash * 0x9e3779b97f4a7c15 >> 32 }

// tableOf makes a table of words and their symbols, none of which is 0.
func tableOf(symbols map[string]int32) table {
	size := 4
	for size < 2*len(symbols) {
		size *= 2
	}
	t := table{slots: make([]slot, size), filter: newFilter(len(symbols))}
	for word, symbol := range symbols {
		hash := hashOf(hashSeed, word)
		at := t.place(hash)
		for t.slots[at].symbol != 0 {
			at = t.after(at)
		}
		t.slots[at] = slot{hash, symbol}
		t.filter.add(hash)
	}
	return t
}

// symbol finds the symbol of a word by its hash; 0 where it has none.
func (t *table) symbol(hash uint64) int32 {
	if !t.filter.has(hash) {
		return 0
	}
	at := t.place(hash)
	for t.slots[at].symbol != 0 && t.slots[at].hash != hash {
		at = t.after(at)
	}
	return t.slots[at].symbol
}

// place spreads a hash, whose last bits tell little, over the slots.
func (t *table) place(hash uint64) int {
	return int((hash^hash>>32)*0x9e3779b97f4a7c15>>32) & (len(t.slots) - 1)
}

func (t *table) after(place int) int { return (place + 1) & (len(t.slots) - 1) }

// hashOf goes on with a hash over further bytes (FNV-1a): the hash of a word
// passes by those of all its beginnings.
func hashOf(hash uint64, s string) uint64 {
	for i := 0; i < len(s); i++ {
		hash = (hash ^ uint64(s[i])) * hashPrime
	}
	return hash
}

const (
	hashSeed  uint64 = 14695981039346656037
	hashPrime uint64 = 1099511628211
)
