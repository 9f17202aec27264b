// Package letters composes the office's mails, and texts shown in Slack: to requesters in
// their languages, to colleagues in theirs. It is pure: values in, text out. It makes no
// decisions; bot/registry decides whether and to whom to write.
//
// Text from strangers is put on one line or quoted, and always truncated. The subject of a
// mail about a confidential record reveals only that it is confidential.
package letters
