// Package redisstore keeps records, letters, actions, cursors and leases in
// Redis (7 or later) or Valkey. It implements bot.Store, bot.Queue,
// bot.Cursors, bot.Leases and bot.FolderLedger.
//
// # What it owns
//
// All keys that begin with "verbale:{office}:"; each is a function of keys.go
// with its type. They carry one hash tag, so that every script is legal in a
// Cluster. In the data folder it owns numbers.json (the highest numbers that
// were let out of the house) and, with the URL "embedded", the folder redis/
// of the private server.
//
// # What it promises when things fail
//
// Each transition is one Lua script that checks everything before it writes
// anything: it happens as a whole or not at all. Several changes that are committed
// together are one script, too, which ends before the first that is refused. The client
// library never sends a script twice by itself; whoever repeats a Commit is told that the
// message was seen, or that the record is stale. Failures that may pass are
// marked with bot.Temporary.
//
// What several callers ask at the same time goes in one round trip, and what they write
// is on the disk at once; each is told of its own alone. Claims and what a person asked
// for go by themselves, since a replica confirms them.
//
// A number is given by the commit that uses it, so there are no gaps; and
// before an action is handed out, the number it speaks of is on the disk of
// the process that will send it (and on a replica, where there is one), so a
// failover that loses the last writes never gives it a second time. What a person
// asked for is on a replica, too, before it is told to be done: it does not come again,
// as a mail does when its folder is looked at anew.
//
// Time is always an argument. Three things go by the server's clock: rate
// counters that say nothing more, the letters of messages set aside, and the
// names of orders, by which a repeated click is known for a week. The clock of
// this machine tells how long an answer of the server is taken for a hint.
//
// Records are found by the beginnings of their words. The lists of words may
// name records that have a word no more, and are cut for numbers; so the record
// itself is asked before it is shown. What an older version left out of the
// indexes is filed when the store is opened.
//
// # The stored form
//
// Documents are private structs, written as JSON and compressed with a preset
// dictionary. The rule for changing them: a new field is optional and needs
// nothing else. A field whose meaning changes needs a new version number v and
// a line in the decoder that lifts the older version; a version is never
// reused and never unlearnt. A document with a higher version than this
// program knows is refused, not guessed at. The dictionary is part of the
// form: another one gets another number, and the old one stays. What an earlier
// version wrote is read as it lies there, and written anew with its next change.
package redisstore
