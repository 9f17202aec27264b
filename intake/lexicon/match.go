package lexicon

import (
	"slices"
	"sort"
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

// layers groups the classes that compete for a stretch of text. Cues compete
// with nothing: a longer one does not unsay a shorter.
var layers = map[Class]int{
	ClassCountry: 0, ClassAdjective: 0, ClassCity: 0, ClassAbbreviated: 0, ClassRegion: 0, ClassTerritory: 0, ClassMask: 0,
	ClassPartner: 0, ClassInstrument: 1, ClassTheme: 1, ClassService: 2, ClassFunding: 3, classPhrase: 4, ClassAuthority: 5,
}

const layerCount = 6

// maxAcronym is the longest all-capitals term that is matched in capitals only.
const maxAcronym = 5

// A matcher finds all terms of a vocabulary in one pass: a trie over words,
// whose edges are whole words, stems, or acronyms.
type matcher struct {
	words map[string]int32 // folded word to symbol
	stems []stem           // sorted by text
	edges map[uint64]int32 // node and symbol to node
	roots []int32          // the edges of the root, by symbol; 0 for none
	ends  [][]Sense        // by node
}

type stem struct {
	text   string
	symbol int32
	parent int32 // index of the longest other stem that begins this one; -1 for none
}

// A matcherBuilder collects terms before the stems can be sorted.
type matcherBuilder struct {
	m       matcher
	stems   map[string]int32
	symbols int32
}

func newMatcherBuilder() *matcherBuilder {
	return &matcherBuilder{
		m: matcher{
			words: make(map[string]int32, 1<<14),
			edges: make(map[uint64]int32, 1<<14),
			ends:  make([][]Sense, 1, 1<<14),
		},
		stems: make(map[string]int32, 1<<13),
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
		next, ok := b.m.edges[key]
		if !ok {
			next = int32(len(b.m.ends))
			b.m.ends = append(b.m.ends, nil)
			b.m.edges[key] = next
		}
		node = next
	}
	b.m.ends[node] = mergeSense(b.m.ends[node], s)
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
			symbols = append(symbols, b.symbol(b.m.words, acronym(word)))
		default:
			symbols = append(symbols, b.symbol(b.m.words, wordKey(word)))
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
	m := b.m
	for text, symbol := range b.stems {
		m.stems = append(m.stems, stem{text: text, symbol: symbol})
	}
	sort.Slice(m.stems, func(i, j int) bool { return m.stems[i].text < m.stems[j].text })
	for i := range m.stems {
		parent := int32(i) - 1
		for parent >= 0 && !strings.HasPrefix(m.stems[i].text, m.stems[parent].text) {
			parent = m.stems[parent].parent
		}
		m.stems[i].parent = parent
	}
	m.roots = make([]int32, b.symbols+1)
	for symbol := range m.roots {
		m.roots[symbol] = m.edges[uint64(symbol)]
	}
	return &m
}

// symbolsOf appends every symbol that the word can stand for.
func (m *matcher) symbolsOf(t Token, symbols []int32) []int32 {
	if s, ok := m.words[wordKey(t.Folded)]; ok {
		symbols = append(symbols, s)
	}
	if t.Capitals && len(t.Folded) <= 2*maxAcronym {
		if s, ok := m.words[acronym(t.Folded)]; ok {
			symbols = append(symbols, s)
		}
	}
	for at := m.lastStemUpTo(t.Folded); at >= 0; {
		if strings.HasPrefix(t.Folded, m.stems[at].text) {
			symbols = append(symbols, m.stems[at].symbol)
		}
		at = m.stems[at].parent
	}
	return symbols
}

// lastStemUpTo returns the index of the last stem that does not sort after the
// word, -1 where all do. It is asked for every word of every text.
func (m *matcher) lastStemUpTo(word string) int32 {
	low, high := 0, len(m.stems)
	for low < high {
		if middle := (low + high) / 2; m.stems[middle].text > word {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return int32(low) - 1
}

// find returns the hits of all terms in the order of the text: every cue, and
// of the other classes, by layer, the longest from each word on.
func (m *matcher) find(tokens []Token) []Hit {
	s := newSearch(m, tokens)
	for i := range tokens {
		s.from(i)
	}
	sort.SliceStable(s.hits, func(i, j int) bool { return s.hits[i].Start < s.hits[j].Start })
	return s.hits
}

// A search is one pass over a text.
type search struct {
	m       *matcher
	tokens  []Token
	symbols [][]int32
	nodes   []int32
	next    []int32
	free    [layerCount]int // first word not yet taken, by layer
	hits    []Hit
}

func newSearch(m *matcher, tokens []Token) *search {
	s := &search{m: m, tokens: tokens, symbols: make([][]int32, len(tokens))}
	pool := make([]int32, 0, 2*len(tokens))
	for i, t := range tokens {
		start := len(pool)
		pool = m.symbolsOf(t, pool)
		s.symbols[i] = pool[start:len(pool):len(pool)]
	}
	return s
}

// from takes the longest match of each layer that begins at word i. With most
// words none does.
func (s *search) from(i int) {
	if !slices.ContainsFunc(s.symbols[i], func(symbol int32) bool { return s.m.roots[symbol] != 0 }) {
		return
	}
	var longest [layerCount]int
	var ends [layerCount][]int32
	s.nodes = append(s.nodes[:0], 0)
	for j := i; j < len(s.tokens) && len(s.nodes) > 0 && (j == i || !s.tokens[j].Break); j++ {
		s.step(j)
		for _, node := range s.nodes {
			for _, sense := range s.m.ends[node] {
				if sense.Class == ClassCue {
					s.hits = append(s.hits, s.hit(i, j-i+1, sense))
					continue
				}
				layer := layers[sense.Class]
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
		for _, symbol := range s.symbols[j] {
			if to, ok := s.m.edges[uint64(node)<<32|uint64(symbol)]; ok {
				s.next = append(s.next, to)
			}
		}
	}
	s.nodes, s.next = s.next, s.nodes
}

// take records the match of n words from word i, a hit for each class.
func (s *search) take(i, n, layer int, nodes []int32) {
	first := len(s.hits)
	for _, node := range nodes {
		for _, sense := range s.m.ends[node] {
			if sense.Class == ClassCue || layers[sense.Class] != layer {
				continue
			}
			at := first
			for at < len(s.hits) && s.hits[at].Class != sense.Class {
				at++
			}
			if at == len(s.hits) {
				s.hits = append(s.hits, s.hit(i, n, sense))
				continue
			}
			s.hits[at].Senses = mergeSense(s.hits[at].Senses, sense)
		}
	}
}

// hit makes the hit of n words from word i.
func (s *search) hit(i, n int, sense Sense) Hit {
	return Hit{
		Class: sense.Class, Start: s.tokens[i].Start, End: s.tokens[i+n-1].End, Token: i, N: n, Senses: []Sense{sense},
	}
}
