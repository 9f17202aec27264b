// Package demo runs the whole program in one process, for somebody who wants
// to see what it does: a store in memory, a post office with an SMTP and an
// IMAP server, and the service itself. It delivers sample letters and shows
// what becomes of each, and of any mail that is sent to it. [Browse] shows it all on a
// page, with a clock to push; [Run] in a terminal.
//
// Everything it holds is gone when it ends.
package demo
