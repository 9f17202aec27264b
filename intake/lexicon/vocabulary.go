package lexicon

// A Vocabulary is the compiled words of the domain. It is read only after
// Load and may be used by several goroutines at once.
type Vocabulary struct {
	matcher *matcher
}
