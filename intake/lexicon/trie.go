package lexicon

import (
	"strings"
	"unicode/utf8"
)

// maxAcronym is the maximum length of a term in capitals that matches only capitals.
const maxAcronym = 5

// A matcher finds all terms of a vocabulary in one pass. It is a trie over words whose edges
// are whole words, stems, or acronyms.
type matcher struct {
	words    table // whole words, by their keys (see wordKey)
	acronyms table // words that must be in capitals
	stems    table
	lengths  lengths // of the stems
	trie
}

// A trie holds the nodes of all terms; the first is the root. Nodes are seldom visited twice,
// so they are stored compactly: the edges and the senses of all nodes are in one slice each.
type trie struct {
	roots  []int32 // targets of the root's edges, by symbol; 0 for none
	nodes  []node  // followed by a sentinel
	edges  []edge
	senses []Sense
	// classes are the classes of the senses; most lookups need nothing else.
	classes []Class
}

// A node is a prefix of terms, in words. It holds where its edges to longer terms, and the
// senses of the term that ends in it, begin; they end where those of the next node begin.
type node struct{ edges, senses int32 }

type edge struct{ symbol, to int32 }

// follow returns the node reached along the edge of a symbol; 0 if there is none.
func (t *trie) follow(from, symbol int32) int32 {
	if from == 0 {
		return t.roots[symbol]
	}
	for _, e := range t.edges[t.nodes[from].edges:t.nodes[from+1].edges] {
		if e.symbol == symbol {
			return e.to
		}
	}
	return 0
}

// sensesOf returns the senses of the term that ends in a node.
func (t *trie) sensesOf(at int32) []Sense {
	return t.senses[t.nodes[at].senses:t.nodes[at+1].senses]
}

// A matcherBuilder collects terms for a matcher.
type matcherBuilder struct {
	words, acronyms, stems map[string]int32
	roots                  []int32
	nodes                  []growing
	folding                folder  // buffers for the term being added
	tokens                 []Token // buffer for its words
	symbols                []int32 // buffer for their symbols
}

// A growing node is one under construction.
type growing struct {
	edges  []edge
	senses []Sense
}

func newMatcherBuilder() *matcherBuilder {
	return &matcherBuilder{
		words: map[string]int32{}, acronyms: map[string]int32{}, stems: map[string]int32{},
		roots: make([]int32, 1), nodes: make([]growing, 1),
	}
}

// add compiles one term; it returns false if the term contains no word.
func (b *matcherBuilder) add(term string, s Sense) bool {
	symbols := b.termSymbols(term)
	if len(symbols) == 0 {
		return false
	}
	at := int32(0)
	for _, symbol := range symbols {
		at = b.step(at, symbol)
	}
	b.nodes[at].senses = mergeSense(b.nodes[at].senses, s)
	return true
}

// step returns the node reached along the edge of a symbol, creating it if necessary.
func (b *matcherBuilder) step(from, symbol int32) int32 {
	if to := b.follow(from, symbol); to != 0 {
		return to
	}
	to := int32(len(b.nodes))
	b.nodes = append(b.nodes, growing{})
	if from == 0 {
		b.roots[symbol] = to
	} else {
		b.nodes[from].edges = append(b.nodes[from].edges, edge{symbol, to})
	}
	return to
}

func (b *matcherBuilder) follow(from, symbol int32) int32 {
	if from == 0 {
		return b.roots[symbol]
	}
	for _, e := range b.nodes[from].edges {
		if e.symbol == symbol {
			return e.to
		}
	}
	return 0
}

// mergeSense adds a sense, or keeps the larger weight if the term already has it.
func mergeSense(senses []Sense, s Sense) []Sense {
	for i, old := range senses {
		if old.Class == s.Class && old.ID == s.ID {
			senses[i].Weight = max(old.Weight, s.Weight)
			return senses
		}
	}
	return append(senses, s)
}

// mergeSenses returns senses with more added, without modifying senses, which is shared.
func mergeSenses(senses, more []Sense) []Sense {
	merged := append(make([]Sense, 0, len(senses)+len(more)), senses...)
	for _, s := range more {
		merged = mergeSense(merged, s)
	}
	return merged
}

// termSymbols returns the symbols of a term's words. A trailing * makes a word a stem; a
// short acronym that is the whole term matches only capitals.
func (b *matcherBuilder) termSymbols(term string) []int32 {
	tokens := tokenise(b.tokens[:0], term, b.folding.fold(term))
	symbols := b.symbols[:0]
	for _, t := range tokens {
		word := t.Folded
		switch {
		case strings.HasPrefix(term[t.End:], "*"):
			symbols = append(symbols, b.symbol(b.stems, word))
		case len(tokens) == 1 && t.Capitals && utf8.RuneCountInString(word) <= maxAcronym:
			symbols = append(symbols, b.symbol(b.acronyms, word))
		default:
			symbols = append(symbols, b.symbol(b.words, wordKey(word)))
		}
	}
	b.tokens, b.symbols = tokens, symbols
	return symbols
}

func (b *matcherBuilder) symbol(table map[string]int32, word string) int32 {
	if s, ok := table[word]; ok {
		return s
	}
	s := int32(len(b.roots))
	b.roots = append(b.roots, 0)
	table[word] = s
	return s
}

func (b *matcherBuilder) build() *matcher {
	return &matcher{words: tableOf(b.words), acronyms: tableOf(b.acronyms), stems: tableOf(b.stems), lengths: lengthsOf(b.stems), trie: b.trie()}
}

// trie builds the compact form of the nodes for searching.
func (b *matcherBuilder) trie() trie {
	t := trie{roots: b.roots, nodes: make([]node, 0, len(b.nodes)+1)}
	for _, n := range b.nodes {
		t.nodes = append(t.nodes, t.next())
		t.edges, t.senses = append(t.edges, n.edges...), append(t.senses, n.senses...)
		for _, s := range n.senses {
			t.classes = append(t.classes, s.Class)
		}
	}
	t.nodes = append(t.nodes, t.next())
	return t
}

// next returns a node whose edges and senses begin after all existing ones.
func (t *trie) next() node { return node{int32(len(t.edges)), int32(len(t.senses))} }
