// Package mailauth opens lines to mail servers and proves who we are: TLS
// policy, timeouts, and the SASL mechanisms of passwords (RFC 4616) and of
// OAuth 2.0 (RFC 7628 and XOAUTH2), with the tokens they need.
//
// It promises two things when something fails: nothing is ever sent in the
// clear to a host for which that was not allowed by name, and no password,
// client secret or token stands in an error, whatever the other side echoes.
package mailauth
