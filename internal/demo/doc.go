// Package demo runs the whole program in one process, to show what it does: the service, a
// store in memory, an SMTP and an IMAP server, and a Slack workspace. It delivers sample
// letters and shows what becomes of them, and of any mail that is sent to it. [Browse]
// shows this on a page, with a clock that can be moved; [Run] in a terminal.
//
// Nothing is kept when it ends.
package demo
