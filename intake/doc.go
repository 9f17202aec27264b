// Package intake holds what a country request is: the Message that arrived, the
// Kind of mail it is, the Request read from it with the Evidence behind every
// value and the Doubts that remain, and the Record kept of it together with its
// lifecycle. How a Message becomes a Reading is the work of intake/reading.
//
// The package is pure: values in, values out; no clock, no file, no network, no
// logger. Time is an argument.
//
// It promises that the status of a record changes in Record.Advance alone, and
// that a step that is not allowed, or says too little, changes nothing and says
// what it lacks.
package intake
