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
	lengths  lengths // of the stems
	trie
}

// A trie is the nodes of all terms; the first is the root. Few nodes are looked at
// twice, so they take as little room as can be: the edges and the senses of all
// stand in one list each.
type trie struct {
	roots  []int32 // where the edges of the root lead, by symbol; 0 for none
	nodes  []node  // and one more, which ends the last
	edges  []edge
	senses []Sense
	// classes are those of the senses, for which alone most of them are looked at.
	classes []Class
}

// A node is the words of a term up to some word: where its edges, to longer terms,
// and the senses of the term that ends in it begin. They end where those of the
// next node begin.
type node struct{ edges, senses int32 }

type edge struct{ symbol, to int32 }

// follow goes from a node along the edge of a symbol; 0 where there is none.
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

// A matcherBuilder collects terms before the tables can be made.
type matcherBuilder struct {
	words, acronyms, stems map[string]int32
	roots                  []int32
	nodes                  []growing
	folding                folder  // of the term that is added
	tokens                 []Token // its words
	symbols                []int32 // and theirs
}

// A growing node may still get edges and senses.
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

// mergeSenses adds senses to those of a term, which stay as they are for others.
func mergeSenses(senses, more []Sense) []Sense {
	merged := append(make([]Sense, 0, len(senses)+len(more)), senses...)
	for _, s := range more {
		merged = mergeSense(merged, s)
	}
	return merged
}

// termSymbols turns a term into the symbols of its words. A trailing * makes
// a word a stem; a short acronym standing alone is bound to capitals.
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

// trie lays out the nodes as they are searched.
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

// next is the node whose edges and senses stand behind all others.
func (t *trie) next() node { return node{int32(len(t.edges)), int32(len(t.senses))} }
