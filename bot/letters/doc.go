// Package letters writes what the house says by mail, and what Slack shows of it: to
// requesters in their languages, to colleagues in theirs. It is pure: values in, text
// out. It decides nothing; who is written to, and whether, is the registry's.
//
// What strangers wrote is repeated on one line or quoted, and never at full length; of a
// confidential record a subject says no more than that.
package letters
