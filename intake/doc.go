// Package intake defines the data of a country's request: the Message that arrived, the Kind
// of mail it is, the Request read from it with the Evidence for every value and the remaining
// Doubts, and the Record that is kept, with its lifecycle. Package intake/reading turns a
// Message into a Reading.
//
// The package is pure: it uses no clock, files, network or logger. Time is an argument.
//
// The status of a record changes only in Record.Advance. A step that is not allowed, or is
// incomplete, changes nothing and returns what is missing.
package intake
