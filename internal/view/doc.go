// Package view gives messages, readings and records the forms in which people
// and programs outside see them: the JSON lines of "explain", "list", "show",
// "find" and "audit", and the pages printed on a terminal.
//
// It owns no data and decides nothing. The names of the JSON keys are a
// contract: keys may be added, none is renamed or removed.
package view
