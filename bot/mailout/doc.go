// Package mailout is the SMTP mouth (RFC 5321 and RFC 6409): it gives an
// outgoing mail its bytes and hands it to the relay.
//
// When something fails, the error says whether trying again makes sense:
// refusals with 4yz and everything that concerns the line, the login or the
// relay as a whole are marked bot.Temporary; refusals of the mail or its
// recipients with 5yz are not. A line that breaks after the mail was handed
// over leaves open whether it went out; that too is temporary, and the repeat
// carries the same Message-ID, by which it is recognised.
//
// A mail that goes to several is either accepted for all of To, or for none,
// unless the relay knows some of them never to be reachable. No error holds an
// address, a word of the mail or a secret.
package mailout
