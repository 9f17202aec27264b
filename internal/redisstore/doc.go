// Package redisstore keeps records, letters, actions, cursors and leases in Redis (7 or
// later) or Valkey. It implements bot.Store, bot.Queue, bot.Cursors, bot.Leases and
// bot.FolderLedger.
//
// # Ownership
//
// The package owns all keys that begin with "verbale:{office}:"; type keys has one method per
// key, documenting its type. All keys share one hash tag, so every script is legal in a Redis
// Cluster. In the data folder the package owns numbers.json (per year, the highest reference
// number that has been used in an outgoing action) and, with the URL "embedded", the folder
// redis/ of the private server.
//
// # Guarantees on failure
//
// Each state transition is a single Lua script that performs all its checks before its first
// write, so it is applied as a whole or not at all. Changes that are committed together are
// one script as well, which stops before the first change that is refused. The client library
// never resends a script by itself; a caller who repeats a Commit is told that the message
// was seen before, or that the record is stale. Transient failures are marked with
// bot.Temporary.
//
// Concurrent reads are batched into one round trip, and so are concurrent writes, which then
// share one fsync of the append-only file; each caller gets only its own result. Claims and
// commits made for a user's order are not batched, because they wait for a replica to confirm
// them.
//
// A reference number is assigned by the commit that uses it, so there are no gaps. Before an
// action is handed out, its reference number is on the disk of the process that will perform
// it (and on a replica, if there is one), so that a failover that loses the last writes never
// assigns the number a second time. A user's order is also confirmed by a replica before it
// is reported as done: unlike an e-mail, which is found again when its folder is rescanned,
// it would not arrive a second time.
//
// Time is always an argument, with three exceptions that expire by the server's clock: rate
// counters whose window has passed, the letters of messages set aside, and order IDs, by
// which a repeated click is recognised for a week. The clock of this machine decides only how
// long a cached answer of the server may be used as a hint.
//
// Records are found by word prefixes. The word lists may still name records that no longer
// contain a word, and numbers are indexed by their first digits only, so each record is
// checked against the query before it is returned. Records that an older version did not
// index are indexed when the store is opened.
//
// # Storage format
//
// Documents are private structs, encoded as JSON and compressed with a preset dictionary.
// Rules for changing them: a new field must be optional and needs nothing else. A field whose
// meaning changes needs a new version number v and code in the decoder that upgrades the
// older version; a version number is never reused, and no decoder is ever removed. A document
// with a higher version than this program knows is rejected. The dictionary is part of the
// format: a new one gets a new number, and the old one stays. Documents of an earlier version
// are read as they are and rewritten with their next change.
package redisstore
