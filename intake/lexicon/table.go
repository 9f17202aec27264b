package lexicon

// A table maps words to symbols. It is a hash table with open addressing, at most half full,
// in which a 64-bit hash stands for a word; accidental collisions are practically impossible.
//
// It is queried for every word and prefix of a text, nearly all of which are not in it. A
// filter rules out most of these.
type table struct {
	slots  []slot // a power of two of them
	filter filter
}

// A slot is empty if its symbol is 0.
type slot struct {
	hash   uint64
	symbol int32
}

// A filter is a Bloom filter with one bit per hash, small enough for all filters to stay in
// the CPU cache.
type filter []uint64

// bitsForEach is the minimum number of bits per hash.
const bitsForEach = 16

// newFilter returns a filter for up to n hashes.
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

// bit returns the position of a hash's bit.
func (f filter) bit(hash uint64) (i int, bit uint64) {
	at := spread(hash)
	return int(at>>6) & (len(f) - 1), 1 << (at & 63)
}

// spread mixes a hash so that all of its bits matter.
func spread(hash uint64) uint64 { return hash * 0x9e3779b97f4a7c15 >> 32 }

// tableOf builds a table of words and their symbols, which must not be 0.
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

// symbol returns the symbol of a word by its hash; 0 if it has none.
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

// place maps a hash, whose last bits are poorly distributed, to a slot.
func (t *table) place(hash uint64) int {
	return int((hash^hash>>32)*0x9e3779b97f4a7c15>>32) & (len(t.slots) - 1)
}

func (t *table) after(place int) int { return (place + 1) & (len(t.slots) - 1) }

// hashOf continues a hash over further bytes (FNV-1a), so that hashing a word yields the
// hashes of all its prefixes on the way.
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
