// Package mailauth connects to mail servers and authenticates: it owns the TLS policy,
// timeouts, and the SASL mechanisms for passwords (RFC 4616) and OAuth 2.0 (RFC 7628 and
// XOAUTH2), with the tokens they need.
//
// It promises two things, whatever fails: nothing is sent unencrypted to another machine
// unless its host is allowed by name, and no error contains a password, client secret or
// token, even if the other side repeats it.
package mailauth
