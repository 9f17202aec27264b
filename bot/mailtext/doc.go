// Package mailtext extracts what a mail tells the desk besides a request: what a colleague's
// reply asks to be done; whether the requester asks for the state of the request, withdraws
// it, proposes other dates, is away or cites an earlier letter; and whether a letter is
// marked as confidential. It is pure: text in, values out.
//
// The phrases are data (data/habits.yaml), like the other conventions of mail that automatic
// mail follows. The input is written by strangers: the work is linear in the length of a
// text, however odd it is, and only unambiguous statements are recognised.
package mailtext
