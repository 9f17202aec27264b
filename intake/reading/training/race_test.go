//go:build race

package training_test

// underRace: training is the work of one goroutine, in which the race detector
// finds nothing and takes ten times as long. "make test" runs it without.
const underRace = true
