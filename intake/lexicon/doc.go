// Package lexicon holds the vocabulary of the domain: divisions and their themes, States,
// instruments, partners, services, sources of funding, and phrases that indicate what a
// sentence does. It folds texts, and finds all terms of the vocabulary in one pass, with
// their positions and weights.
//
// The vocabulary is data: the files of Embedded, or an office's own copy of them. Load
// reports all problems of the files at once and never returns an incomplete vocabulary.
// Scanning never fails, whatever the text.
package lexicon
