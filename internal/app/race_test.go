//go:build race

package app_test

// lighter is the factor by which large mails are reduced under the race detector, which makes
// reading them twenty times slower. "make test" also runs them in full size without it.
const lighter = 64

// underRace is set under the race detector. Tests of training are skipped then: training takes
// ten times as long and uses one goroutine, so there are no races to find. "make test" runs them
// without the race detector.
const underRace = true
