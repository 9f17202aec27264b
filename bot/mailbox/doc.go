// Package mailbox is the IMAP ear (RFC 9051 and RFC 3501): it watches folders
// of one account, hands every mail to a Handler in the order of UIDs, and
// remembers how far it came. Of a backlog it hands several on at once, in the same
// order, where there is a TogetherHandler.
//
// It reads with BODY.PEEK and changes nothing on the server until the Handler
// has returned without error; then it sets a keyword, or moves the mail. It
// never deletes, and it neither reads nor sets \Seen unless told to.
//
// When something fails, nothing is lost: the cursor of a folder covers only
// unbroken ground, mails up to which every one has its outcome. A temporary
// error of the Handler stops the folder at that mail until it passes. Any
// other error leaves a gap: later mails are handed over all the same, the mail
// of the gap is tried again with growing pauses, and the cursor stays below it,
// also across restarts. Mails above a gap, after a changed UIDVALIDITY, of a folder
// that came back from a backup, or after the store was restarted are therefore
// handed over more than once; the Handler's store recognises them.
package mailbox
