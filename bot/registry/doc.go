// Package registry is the office's registry, as ministries and missions have one. It receives
// every Event (a mail arrived, a colleague gave an order, a reminder is due), decides what it
// means, numbers and assigns requests, and commits one Change.
//
// For a mail it checks, in this order: whether it is our own mail coming back, a delivery
// report or otherwise automatic mail, none of which is answered; whether it is from a
// colleague, who is never the requester; whether it belongs to a record, by our reference, its
// thread or the sender's own number: if the sender is known there, it is added and the owner
// is told, otherwise the desk is asked; and whether it is, or may be, a request, which gets a
// number. All other mail is set aside with the reason.
//
// Mail from a requester changes nothing by itself: it is shown, and changes are proposed to
// people. Instructions from a colleague are carried out if the mail is from the record's
// owner, carries the token of a mail to the owner, and is unambiguous. It is answered in
// either case.
//
// It uses no client libraries: mail servers, Slack and Redis are behind the interfaces of
// package bot. It sends nothing itself: it stores Actions, which internal/outbox performs
// later.
//
// An Event is committed atomically: on failure nothing has changed. Handling it again is
// harmless, since the Store deduplicates.
package registry
