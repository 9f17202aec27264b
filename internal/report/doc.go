// Package report makes figures of the requests of a period, and tables, workbooks
// and charts of the figures. It owns what counts as a request, what was known at
// a moment, and how figures are laid out for people and programs.
//
// Make is pure: the same records with the same histories give the same Report for
// the same cut-off, whatever happened after it. What was known at the cut-off is
// read from the histories: status, owner, outcome, moments, results, and what a
// colleague has corrected since. Three things are not kept by the day, and are
// taken as they are now: who was to carry out a request that lay with the desk at
// the cut-off and was given to somebody else since; a letter that was read anew
// since; and the messages set aside.
//
// It holds a few hundred bytes a request and no words of letters; records pass
// one by one. Rendering fails only where writing does.
package report
