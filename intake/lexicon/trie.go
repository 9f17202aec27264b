package lexicon

import (
	"strings"
	"unicode/utf8"
)

// maxAcronym is the longest all-capitals term that is matched in capitals only.
const maxAcronym = 5

// A matcher finds all terms of a vocabulary in one pass: a trie over words,
// whose edges are whole words, stems, or acronyms.
type matcher struct {
	words    table // whole words, by their keys
	acronyms table // words that must stand in capitals
	stems    table
	trie
}

// A trie is the nodes of all terms; the first is the root.
type trie struct {
	roots []int32 // where the edges of the root lead, by symbol; 0 for none
	nodes []node
}

// A node is the words of a term up to some word.
type node struct {
	edges  []edge  // to longer terms
	senses []Sense // of the term that ends here
}

type edge struct{ symbol, to int32 }

// follow goes from a node along the edge of a symbol; 0 where there is none.
func (t *trie) follow(from, symbol int32) int32 {
	if from == 0 {
		return t.roots[symbol]
	}
	for _, e := range t.nodes[from].edges {
		if e.symbol == symbol {
			return e.to
		}
	}
	return 0
}

// A matcherBuilder collects terms before the tables can be made.
type matcherBuilder struct {
	words, acronyms, stems map[string]int32
	trie
}

func newMatcherBuilder() *matcherBuilder {
	return &matcherBuilder{
		words: map[string]int32{}, acronyms: map[string]int32{}, stems: map[string]int32{},
		trie: trie{roots: make([]int32, 1), nodes: make([]node, 1)},
	}
}

// add compiles one term; false where it holds no word.
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

// step goes from a node along the edge of a symbol, which it makes where there
// is none.
func (b *matcherBuilder) step(from, symbol int32) int32 {
	if to := b.follow(from, symbol); to != 0 {
		return to
	}
	to := int32(len(b.nodes))
	b.nodes = append(b.nodes, node{})
	if from == 0 {
		b.roots[symbol] = to
	} else {
		b.nodes[from].edges = append(b.nodes[from].edges, edge{symbol, to})
	}
	return to
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
			symbols = append(symbols, b.symbol(b.acronyms, word))
		default:
			symbols = append(symbols, b.symbol(b.words, wordKey(word)))
		}
	}
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
	return &matcher{words: tableOf(b.words), acronyms: tableOf(b.acronyms), stems: tableOf(b.stems), trie: b.trie}
}
