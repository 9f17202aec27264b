// Package registry is the office's registry, as ministries and missions have one:
// it takes in every Event (a mail arrived, a colleague gave an order, a bell rang),
// decides what it means, numbers it where it is a request, gives it to who is to
// work on it, and commits one Change.
//
// Of a mail it decides, in this order: whether it is our own coming back, a
// returned one, or a machine's, which nobody answers; whether a colleague wrote
// it, who is never the requester; whether it speaks of a record, by our reference,
// its thread or the sender's own number, which it joins where its sender is known
// there, the owner being told, and waits for the desk where not; whether it is, or
// may be, a request, which gets a number. The rest is set aside with its reason.
//
// What a requester writes changes nothing by itself: it is shown, and proposed to
// people. What a colleague writes is carried out where it is the owner's own, by
// the token of a mail to the owner, and plain; it is said back in either case.
//
// It knows no client library: mail servers, Slack and Redis stand behind the
// interfaces of package bot. Nothing leaves the house from here: it writes down
// Actions, which internal/outbox performs later.
//
// When something fails, nothing has happened: an Event is either committed as
// a whole or not at all, and handling it again is harmless, since the Store
// refuses what it has seen.
package registry
