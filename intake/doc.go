// Package intake holds what a country request is: the Message that arrived,
// the Kind of mail it is, the Request read from it with the Evidence behind
// every value and the Doubts that remain, and the Record kept of it together
// with its lifecycle.
//
// The package is pure. It takes values and gives values back: no clock, no
// file, no network, no logger. Vocabulary comes in as a compiled
// lexicon.Vocabulary, time as an argument.
//
// It promises that reading never fails: whatever a stranger wrote, the answer
// is a Reading, and what could not be read with confidence is a Doubt with its
// candidates, never a guess that hides itself.
package intake
