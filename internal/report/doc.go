// Package report makes statistics of the requests of a period, and tables, workbooks and
// charts of them. It defines what counts as a request, what was known at the cut-off, and how
// the statistics are laid out for people and programs.
//
// Make is a pure function: the same records with the same histories give the same Report for
// the same cut-off, whatever happened after it. What was known at the cut-off is reconstructed
// from the histories: status, owner, outcome, times, whether results had been reported, and
// values that a colleague has corrected since. Data not in the histories is taken in its
// current state: the proposed division of a request that had not been assigned by the cut-off
// and was assigned elsewhere later; letters that were read again later; results that were
// reported again later; and the messages set aside.
//
// It keeps a few hundred bytes per request and no text of letters; records are processed one
// by one. Rendering fails only on write errors.
package report
