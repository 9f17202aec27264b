// Package intake holds what a country request is: the Message that arrived,
// the Kind of mail it is, the Request read from it with the Evidence behind
// every value and the Doubts that remain, and the Record kept of it together
// with its lifecycle.
//
// A Reader reads: it lays a message out as a letter (which text speaks, what
// each line is), tells its kind, and reads who asks, for what and for when.
// The words of the domain come from a lexicon.Vocabulary, those by which the
// form of letters is recognised from a Wording, and what a sentence does from
// small models trained on labelled sentences (Lessons). All of
// these are data, embedded and replaceable.
//
// The package is pure. It takes values and gives values back: no clock, no
// file, no network, no logger. Vocabulary comes in as a compiled
// lexicon.Vocabulary, time as an argument.
//
// It promises that reading never fails: whatever a stranger wrote, the answer
// is a Reading, and what could not be read with confidence is a Doubt with its
// candidates, never a guess that hides itself.
package intake
