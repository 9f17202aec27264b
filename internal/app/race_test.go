//go:build race

package app_test

// bombMegabytes under the race detector, which makes unpacking twenty times
// slower; the limits themselves are tested in internal/doctext.
const bombMegabytes = 4

// underRace: training takes ten times as long, and is the work of one goroutine,
// in which the race detector finds nothing. "make test" runs it without.
const underRace = true
