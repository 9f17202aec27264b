package lexicon

import (
	"iter"
	"slices"
	"strings"
	"unicode/utf8"
)

// A Class says what a term stands for.
type Class string

// The classes of terms. Those of one layer compete for a stretch of text: the
// longest match wins. Cues, services, funding and the like have layers of
// their own, so that a phrase may be a cue and hold a name.
const (
	ClassCountry     Class = "country"     // a name of a State
	ClassAdjective   Class = "adjective"   // "Albanian": weaker than a name
	ClassCity        Class = "city"        // a capital or another town
	ClassAbbreviated Class = "abbreviated" // "RK": support for another sign
	ClassRegion      Class = "region"      // a named sub-region or programme
	ClassTerritory   Class = "territory"   // a place that is no State by ISO 3166-1
	ClassMask        Class = "mask"        // holds a country's or city's name without meaning it
	ClassPartner     Class = "partner"
	ClassInstrument  Class = "instrument"
	ClassTheme       Class = "theme"
	ClassAuthority   Class = "authority" // an authority whose field is that of a division
	ClassService     Class = "service"
	ClassFunding     Class = "funding"
	ClassCue         Class = "cue"    // a phrase that tells what a sentence does
	classPhrase      Class = "phrase" // a phrase of a caller's own list
)

// A Sense is one meaning of a term.
type Sense struct {
	Class  Class
	ID     string
	Weight float64 // 1 for a term that decides by itself, less for support
	// Context lists folded word beginnings one of which must stand near for
	// the sense to count; empty where the term is unambiguous.
	Context []string
}

// A Hit is a term found in a text. Several senses share a hit where one term
// stands for several things of one class.
type Hit struct {
	Class      Class
	Start, End int // byte offsets in the original text
	Token, N   int // index of the first word, number of words
	Senses     []Sense
}

// Has reports whether the hit may mean the given id.
func (h Hit) Has(id string) bool {
	for _, s := range h.Senses {
		if s.ID == id {
			return true
		}
	}
	return false
}

// layerOf groups the classes that compete for a stretch of text. Cues compete
// with nothing: a longer one does not unsay a shorter.
func layerOf(c Class) int {
	switch c {
	case ClassInstrument, ClassTheme:
		return 1
	case ClassService:
		return 2
	case ClassFunding:
		return 3
	case classPhrase:
		return 4
	case ClassAuthority:
		return 5
	}
	return 0 // places and partners
}

const layerCount = 6

// maxAcronym is the longest all-capitals term that is matched in capitals only.
const maxAcronym = 5

// A matcher finds all terms of a vocabulary in one pass: a trie over words,
// whose edges are whole words, stems, or acronyms.
type matcher struct {
	words   table // whole words
	stems   table
	longest int              // stem, in bytes
	edges   map[uint64]int32 // node and symbol to node
	roots   []int32          // the edges of the root, by symbol; 0 for none
	ends    [][]Sense        // by node
}

// A matcherBuilder collects terms before the tables can be made.
type matcherBuilder struct {
	edges   map[uint64]int32
	ends    [][]Sense
	words   map[string]int32
	stems   map[string]int32
	symbols int32
}

func newMatcherBuilder() *matcherBuilder {
	return &matcherBuilder{
		edges: map[uint64]int32{}, ends: make([][]Sense, 1), words: map[string]int32{}, stems: map[string]int32{},
	}
}

// add compiles one term; false where it holds no word.
func (b *matcherBuilder) add(term string, s Sense) bool {
	symbols := b.termSymbols(term)
	if len(symbols) == 0 {
		return false
	}
	node := int32(0)
	for _, symbol := range symbols {
		key := uint64(node)<<32 | uint64(symbol)
		next, ok := b.edges[key]
		if !ok {
			next = int32(len(b.ends))
			b.ends = append(b.ends, nil)
			b.edges[key] = next
		}
		node = next
	}
	b.ends[node] = mergeSense(b.ends[node], s)
	return true
}

// mergeSense adds a sense unless the term has it already; the heavier stays.
func mergeSense(senses []Sense, s Sense) []Sense {
	for i, old := range senses {
		if old.Class == s.Class && old.ID == s.ID {
			senses[i].Weight = max(old.Weight, s.Weight)
			return senses
		}
	}
	return append(senses, s)
}

// termSymbols turns a term into the symbols of its words. A trailing * makes
// a word a stem; a short acronym standing alone is bound to capitals.
func (b *matcherBuilder) termSymbols(term string) []int32 {
	tokens := tokenise(term, Fold(term))
	symbols := make([]int32, 0, len(tokens))
	for _, t := range tokens {
		word := t.Folded
		switch {
		case strings.HasPrefix(term[t.End:], "*"):
			symbols = append(symbols, b.symbol(b.stems, word))
		case len(tokens) == 1 && t.Capitals && utf8.RuneCountInString(word) <= maxAcronym:
			symbols = append(symbols, b.symbol(b.words, acronym(word)))
		default:
			symbols = append(symbols, b.symbol(b.words, wordKey(word)))
		}
	}
	return symbols
}

// acronym is the key of a word that must stand in capitals; no folded word
// can hold the sign.
func acronym(word string) string { return "^" + word }

// wordKey makes the singular and the plural of English and French words, and
// British and American spelling, one.
func wordKey(word string) string {
	const shortest = 4
	if len(word) <= shortest || word[len(word)-1] >= utf8.RuneSelf {
		return word
	}
	if i := strings.Index(word, "isation"); i > 0 {
		word = word[:i] + "ization" + word[i+len("isation"):]
	}
	switch {
	case strings.HasSuffix(word, "ies"):
		return word[:len(word)-len("ies")] + "y"
	case strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss"):
		return word[:len(word)-1]
	}
	return word
}

func (b *matcherBuilder) symbol(table map[string]int32, word string) int32 {
	if s, ok := table[word]; ok {
		return s
	}
	b.symbols++
	table[word] = b.symbols
	return b.symbols
}

func (b *matcherBuilder) build() *matcher {
	m := &matcher{words: tableOf(b.words), stems: tableOf(b.stems), edges: b.edges, ends: b.ends, roots: make([]int32, b.symbols+1)}
	for stem := range b.stems {
		m.longest = max(m.longest, len(stem))
	}
	for symbol := range m.roots {
		m.roots[symbol] = m.edges[uint64(symbol)]
	}
	return m
}

// symbolsOf appends every symbol that the word can stand for, the longest stem
// before the others.
func (m *matcher) symbolsOf(t Token, symbols []int32) []int32 {
	key := wordKey(t.Folded)
	if s := m.words.symbol(hashOf(hashSeed, key), key); s != 0 {
		symbols = append(symbols, s)
	}
	if t.Capitals && len(t.Folded) <= 2*maxAcronym {
		key := acronym(t.Folded)
		if s := m.words.symbol(hashOf(hashSeed, key), key); s != 0 {
			symbols = append(symbols, s)
		}
	}
	first := len(symbols)
	symbols = m.stemsOf(t.Folded, symbols)
	slices.Reverse(symbols[first:])
	return symbols
}

// stemsOf appends the symbols of all stems that begin the word, the shortest
// first. It is asked for every word of every text.
func (m *matcher) stemsOf(word string, symbols []int32) []int32 {
	hash := hashSeed
	for end := 1; end <= min(len(word), m.longest); end++ {
		hash = (hash ^ uint32(word[end-1])) * hashPrime
		if end < len(word) && !utf8.RuneStart(word[end]) {
			continue
		}
		if s := m.stems.symbol(hash, word[:end]); s != 0 {
			symbols = append(symbols, s)
		}
	}
	return symbols
}

// find returns the hits of all terms in the order of the text: every cue, and
// of the other classes, by layer, the longest from each word on.
func (m *matcher) find(tokens []Token) []Hit {
	s := newSearch(m, tokens)
	for i := range tokens {
		if s.mayBegin(i) {
			s.from(i)
		}
	}
	slices.SortStableFunc(s.hits, func(a, b Hit) int { return a.Start - b.Start })
	return s.hits
}

// A search is one pass over a text.
type search struct {
	m       *matcher
	tokens  []Token
	symbols []int32 // of all words, one after the other
	ends    []int32 // where those of each word end
	nodes   []int32
	next    []int32
	free    [layerCount]int // first word not yet taken, by layer
	hits    []Hit
}

func newSearch(m *matcher, tokens []Token) *search {
	s := &search{m: m, tokens: tokens, symbols: make([]int32, 0, len(tokens)), ends: make([]int32, len(tokens))}
	for i, t := range tokens {
		s.symbols = m.symbolsOf(t, s.symbols)
		s.ends[i] = int32(len(s.symbols))
	}
	return s
}

// symbolsAt are those that word i can stand for.
func (s *search) symbolsAt(i int) []int32 {
	if i == 0 {
		return s.symbols[:s.ends[0]]
	}
	return s.symbols[s.ends[i-1]:s.ends[i]]
}

// mayBegin reports whether any term begins with word i; with most words none does.
func (s *search) mayBegin(i int) bool {
	for _, symbol := range s.symbolsAt(i) {
		if s.m.roots[symbol] != 0 {
			return true
		}
	}
	return false
}

// from takes the longest match of each layer that begins at word i.
func (s *search) from(i int) {
	var longest [layerCount]int
	var ends [layerCount][]int32
	s.nodes = append(s.nodes[:0], 0)
	for j := i; j < len(s.tokens) && len(s.nodes) > 0 && (j == i || !s.tokens[j].Break); j++ {
		s.step(j)
		for _, node := range s.nodes {
			for at, sense := range s.m.ends[node] {
				if sense.Class == ClassCue {
					s.hits = append(s.hits, s.hit(i, j-i+1, s.m.ends[node][at:at+1:at+1]))
					continue
				}
				layer := layerOf(sense.Class)
				if longest[layer] < j-i+1 {
					longest[layer], ends[layer] = j-i+1, ends[layer][:0]
				}
				if n := len(ends[layer]); n == 0 || ends[layer][n-1] != node {
					ends[layer] = append(ends[layer], node)
				}
			}
		}
	}
	for layer, n := range longest {
		if n > 0 && i >= s.free[layer] {
			s.take(i, n, layer, ends[layer])
			s.free[layer] = i + n
		}
	}
}

func (s *search) step(j int) {
	s.next = s.next[:0]
	for _, node := range s.nodes {
		for _, symbol := range s.symbolsAt(j) {
			if to := s.m.follow(node, symbol); to != 0 {
				s.next = append(s.next, to)
			}
		}
	}
	s.nodes, s.next = s.next, s.nodes
}

// follow goes from a node along the edge of a symbol; 0 where there is none.
func (m *matcher) follow(node, symbol int32) int32 {
	if node == 0 {
		return m.roots[symbol]
	}
	return m.edges[uint64(node)<<32|uint64(symbol)]
}

// take records the match of n words from word i, a hit for each class.
func (s *search) take(i, n, layer int, nodes []int32) {
	first := len(s.hits)
	for _, node := range nodes {
		for alike := range senseRuns(s.m.ends[node]) {
			class := alike[0].Class
			if class == ClassCue || layerOf(class) != layer {
				continue
			}
			at := first
			for at < len(s.hits) && s.hits[at].Class != class {
				at++
			}
			if at == len(s.hits) {
				s.hits = append(s.hits, s.hit(i, n, alike))
				continue
			}
			merged := slices.Clone(s.hits[at].Senses)
			for _, sense := range alike {
				merged = mergeSense(merged, sense)
			}
			s.hits[at].Senses = merged
		}
	}
}

// senseRuns yields the senses of a term in runs of one class, each without room
// for more.
func senseRuns(senses []Sense) iter.Seq[[]Sense] {
	return func(yield func([]Sense) bool) {
		for from := 0; from < len(senses); {
			to := from + 1
			for to < len(senses) && senses[to].Class == senses[from].Class {
				to++
			}
			if !yield(senses[from:to:to]) {
				return
			}
			from = to
		}
	}
}

// hit makes the hit of n words from word i, which shares its senses with the
// matcher.
func (s *search) hit(i, n int, senses []Sense) Hit {
	return Hit{
		Class: senses[0].Class, Start: s.tokens[i].Start, End: s.tokens[i+n-1].End, Token: i, N: n, Senses: senses,
	}
}
