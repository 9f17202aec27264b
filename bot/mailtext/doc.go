// Package mailtext finds what the words of a mail say to the desk besides a request:
// what a colleague's reply asks to be done, whether the requester asks what became of
// the request, takes it back, proposes other days, is away or cites an earlier letter,
// and whether a letter is marked as confidential. It is pure: text in, values out.
//
// The words themselves are data (data/habits.yaml), like the other conventions of mail
// that automatic mail keeps to. Strangers write what is read here: however long and odd
// a text is, the work stays in proportion to it, and what is not plain is not found.
package mailtext
