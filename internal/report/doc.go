// Package report makes figures of the requests of a period, and tables, workbooks
// and charts of the figures. It owns what counts as a request, what was known at
// a moment, and how figures are laid out for people and programs.
//
// Make is pure: the same records with the same histories give the same Report for
// the same cut-off, whatever happened after it. What was known at the cut-off is
// read from the histories: status, owner, outcome, moments, whether results were
// told, and what a colleague has corrected since. What histories do not keep is
// taken as it is now: the division proposed for a request that had not been given
// to anybody by the cut-off, and was given to another since; a letter that was
// read anew since, and results that were told anew; and the messages set aside.
//
// It holds a few hundred bytes a request and no words of letters; records pass
// one by one. Rendering fails only where writing does.
package report
