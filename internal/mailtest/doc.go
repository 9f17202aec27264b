// Package mailtest provides mail servers for tests, the demo and measurements: an IMAP
// server in memory, an SMTP server that keeps what it gets and fails on demand, a post
// office made of both, an OAuth 2.0 token server, and a real Dovecot.
//
// All listen on loopback, and their mail is gone when they are closed. They are not made
// to face strangers.
package mailtest
