// Package mailout is the SMTP client (RFC 5321 and RFC 6409): it composes outgoing mail and
// hands it to the relay.
//
// On failure, the error says whether a retry makes sense: 4yz replies, and everything that
// concerns the connection, the login or the relay as a whole, are marked bot.Temporary; 5yz
// replies to the mail or its recipients are not. If the connection breaks after the mail was
// handed over, it is unknown whether it was sent. That is temporary too, and the retry carries
// the same Message-ID, so that receivers can recognise the duplicate.
//
// A mail to several recipients is accepted either for all of To or for none, except for
// recipients that the relay rejects permanently. No error contains an address, content of the
// mail or a secret.
package mailout
