//go:build race

package app_test

// lighter is by how much bulky mails are smaller under the race detector, which
// makes reading them twenty times slower; "make test" runs them whole without.
const lighter = 64

// underRace: training takes ten times as long, and is the work of one goroutine,
// in which the race detector finds nothing. "make test" runs it without.
const underRace = true
