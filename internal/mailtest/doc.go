// Package mailtest is the other side of our mail, inside this process or on
// this machine: an IMAP server in memory, an SMTP server that keeps what it
// gets and fails on demand, the two joined to a post office for the demo, a
// token server, and a real Dovecot for tests that need one.
//
// Everything listens on loopback and is gone when it is closed. Nothing here
// is made to withstand strangers.
package mailtest
