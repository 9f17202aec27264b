package lexicon

import (
	"iter"
	"slices"
	"sync"
)

// A Sense is one possible meaning of a term.
type Sense struct {
	Class  Class
	ID     string
	Weight float64 // 1 for a term that is sufficient evidence by itself, less for supporting terms
	// Context lists folded word prefixes, one of which must occur nearby for the sense to
	// count; empty if the term is unambiguous.
	Context []string
}

// A Hit is a term found in a text. It has several senses if the term stands for several
// things of one class.
type Hit struct {
	Class      Class
	Start, End int // byte offsets in the original text
	Token, N   int // index of the first word, number of words
	Senses     []Sense
}

// Has reports whether the hit may denote the given ID.
func (h Hit) Has(id string) bool {
	for _, s := range h.Senses {
		if s.ID == id {
			return true
		}
	}
	return false
}

// find returns the hits of all terms in text order: all cues and, for the other classes, the
// longest match per layer at each word, without overlaps within a layer.
func (m *matcher) find(scan *Scan) []Hit {
	room := rooms.Get().(*buffers)
	defer rooms.Put(room)
	s := search{m: m, tokens: scan.Tokens, buffers: room}
	s.readSymbols(scan)
	s.hits = s.hits[:0]
	for _, i := range s.starts {
		s.from(int(i))
	}
	return slices.Clone(s.hits)
}

// A search is one pass over a text.
type search struct {
	m      *matcher
	tokens []Token
	free   [layerCount]int // first word not yet taken, by layer
	// matched has a bit for each layer with a match that begins at the current word; entries
	// of longest without their bit are left from earlier words.
	matched uint8
	*buffers
}

// A buffers holds the buffers of a search, for reuse.
type buffers struct {
	symbols []int32 // the symbols of all words, concatenated
	ends    []int32 // end of each word's symbols
	starts  []int32 // the few words at which a term may begin
	nodes   []int32
	next    []int32
	longest [layerCount]longest
	hits    []Hit
}

var rooms = sync.Pool{New: func() any { return new(buffers) }}

// A longest is the longest match of a layer that begins at a word.
type longest struct {
	words int
	nodes []int32 // nodes at which it ends
}

// readSymbols looks up the symbols of every word.
func (s *search) readSymbols(scan *Scan) {
	s.symbols, s.ends, s.starts = s.symbols[:0], s.ends[:0], s.starts[:0]
	for i := range scan.Tokens {
		first := len(s.symbols)
		s.addSymbols(scan, i)
		if s.mayBegin(s.symbols[first:]) {
			s.starts = append(s.starts, int32(i))
		}
		s.ends = append(s.ends, int32(len(s.symbols)))
	}
}

// addSymbols adds every symbol that word i may match, the longest stem before shorter ones.
// It is called for every word of every text.
func (s *search) addSymbols(scan *Scan, i int) {
	word, t := &scan.spellings.words[i], &scan.Tokens[i]
	s.addSymbol(&s.m.words, word.key)
	if t.Capitals && len(t.Folded) <= 2*maxAcronym {
		s.addSymbol(&s.m.acronyms, word.whole)
	}
	beginnings := scan.spellings.beginningsOf(i)
	for set := s.m.lengths.among(beginnings); set != 0; {
		s.addSymbol(&s.m.stems, beginnings[set.longest()-1])
	}
}

func (s *search) addSymbol(t *table, hash uint64) {
	if symbol := t.symbol(hash); symbol != 0 {
		s.symbols = append(s.symbols, symbol)
	}
}

// mayBegin reports whether any term begins with a word with these symbols; for most words
// none does.
func (s *search) mayBegin(symbols []int32) bool {
	for _, symbol := range symbols {
		if s.m.roots[symbol] != 0 {
			return true
		}
	}
	return false
}

// symbolsAt returns the symbols that word i may match.
func (s *search) symbolsAt(i int) []int32 {
	if i == 0 {
		return s.symbols[:s.ends[0]]
	}
	return s.symbols[s.ends[i-1]:s.ends[i]]
}

// from records every cue and the longest match of each layer that begin at word i.
func (s *search) from(i int) {
	s.matched = 0
	s.nodes = append(s.nodes[:0], 0)
	for j := i; j < len(s.tokens) && len(s.nodes) > 0 && (j == i || !s.tokens[j].Break); j++ {
		s.step(j)
		for _, at := range s.nodes {
			s.end(at, i, j-i+1)
		}
	}
	for l := range layerCount {
		if best := &s.longest[l]; s.matched&(1<<l) != 0 && i >= s.free[l] {
			s.take(i, best.words, layer(l), best.nodes)
			s.free[l] = i + best.words
		}
	}
}

// end records the terms of n words that end in a node.
func (s *search) end(at int32, i, n int) {
	for k := s.m.nodes[at].senses; k < s.m.nodes[at+1].senses; k++ {
		class := s.m.classes[k]
		if class == ClassCue {
			s.hits = append(s.hits, s.hit(i, n, class, s.m.senses[k:k+1:k+1]))
			continue
		}
		best, layer := &s.longest[layers[class]], uint8(1)<<layers[class]
		if s.matched&layer == 0 || best.words < n {
			s.matched |= layer
			best.words, best.nodes = n, best.nodes[:0]
		}
		if last := len(best.nodes) - 1; last < 0 || best.nodes[last] != at {
			best.nodes = append(best.nodes, at)
		}
	}
}

func (s *search) step(j int) {
	s.next = s.next[:0]
	for _, at := range s.nodes {
		for _, symbol := range s.symbolsAt(j) {
			if to := s.m.follow(at, symbol); to != 0 {
				s.next = append(s.next, to)
			}
		}
	}
	s.nodes, s.next = s.next, s.nodes
}

// take records the match of n words at word i, as one hit for each class.
func (s *search) take(i, n int, of layer, nodes []int32) {
	first := len(s.hits)
	for _, at := range nodes {
		for alike := range senseRuns(s.m.sensesOf(at)) {
			class := alike[0].Class
			if class == ClassCue || layers[class] != of {
				continue
			}
			same := first
			for same < len(s.hits) && s.hits[same].Class != class {
				same++
			}
			if same == len(s.hits) {
				s.hits = append(s.hits, s.hit(i, n, class, alike))
				continue
			}
			s.hits[same].Senses = mergeSenses(s.hits[same].Senses, alike)
		}
	}
}

// senseRuns yields the senses of a term grouped by class, as slices without spare capacity.
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

// hit returns the hit of n words at word i; its senses are shared with the matcher.
func (s *search) hit(i, n int, class Class, senses []Sense) Hit {
	return Hit{
		Class: class, Start: s.tokens[i].Start, End: s.tokens[i+n-1].End, Token: i, N: n, Senses: senses,
	}
}
