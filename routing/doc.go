// Package routing decides who carries a request out: the Division, the Regional Adviser, or
// both, and whether the desk has to review it first.
//
// It owns the Directory (divisions, posts, the desk, absences) and the Rules (who gets what).
// Both are files of the office with embedded defaults, and are compiled to a Table.
// Table.Route is pure and total: every request, however little could be read of it, gets an
// owner that is in the directory, with the rule that matched, the reasons, the runner-up, and
// the probability that the division is right.
//
// An invalid file is rejected with a list of all its problems; a compiled Table cannot fail.
package routing
