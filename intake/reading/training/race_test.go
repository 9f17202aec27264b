//go:build race

package training_test

// underRace skips the training of the models under the race detector: it runs in one
// goroutine, where no race can be found, and would take ten times as long. "make test" runs it
// without the race detector.
const underRace = true
