// Package lexicon holds the words of the domain: divisions and their themes,
// States, instruments, partners, services, sources of funding, and the phrases
// that tell what a sentence does. It folds texts, and finds every term of the
// vocabulary in one pass, with its place and weight.
//
// The vocabulary is data: the files of Embedded, or an office's own copy of
// them. Load reports every problem of the files at once and never returns half
// a vocabulary. Scanning never fails, whatever the text.
package lexicon
