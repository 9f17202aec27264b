// Package mailbox is the IMAP client (RFC 9051 and RFC 3501). It watches folders of one
// account, passes every message to a Handler in UID order, and keeps a cursor for each folder.
// When there is a backlog and a BatchHandler is set, it passes on several messages at once,
// still in that order.
//
// It reads with BODY.PEEK and changes nothing on the server until the Handler has returned
// without an error; then it sets a keyword or moves the message. It never deletes messages,
// and it neither reads nor sets \Seen unless told to.
//
// No message is lost on failure: the cursor of a folder only advances to a UID up to which
// every message has an outcome, that is, was handled successfully. A temporary error of the
// Handler stops the folder at that message until the error has passed. Any other error leaves
// a gap: later messages are still passed on, the failed one is retried with growing pauses,
// and the cursor stays below it, also across restarts. Messages may therefore be passed on
// more than once: those above a gap, and those read again after UIDVALIDITY changed, after a
// folder was restored from a backup, or after the store was restarted. The Handler's store
// recognises these duplicates.
package mailbox
