// Package routing answers who carries a request out: the Division, the
// Regional Adviser, or both, and whether the desk has to look first.
//
// It owns the Directory (who there is: divisions, posts, the desk, who is away)
// and the Rules (who gets what), both files of the office with embedded
// defaults, and compiles them to a Table. Table.Route is pure and total: every
// request, however little could be read of it, gets an owner that stands in the
// directory, with the rule that matched, the reasons, the runner-up,
// and the probability that the division is right.
//
// A file that is not right is refused with all its problems at once; a Table
// that was compiled cannot fail.
package routing
