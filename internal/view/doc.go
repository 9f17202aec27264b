// Package view defines how messages, readings and records are presented to people and other
// programs: the JSON lines of "explain", "list", "show", "find" and "audit", and the pages
// printed on a terminal.
//
// It owns no data and makes no decisions. The names of the JSON keys are a contract: keys may
// be added, but not renamed or removed.
package view
