// Package outbox performs the actions that were committed with records: it
// claims them under a lease, asks whether they are still called for, hands each
// to the performer of its kind, and notes what came of it. There is one for each
// mouth, so that what waits for one does not hold up another.
//
// # What it promises when things fail
//
// No action is lost: it is done, or pending, or parked where a person sees it.
// A failure that may pass is tried again with growing delays, any other parks
// at once, and so does the last of the attempts. A performer that panics has
// failed once. One action never holds up the next.
//
// An action is performed once, but for one case: the process ends, or loses
// its line to the store until the lease has ended, after a mail was sent and
// before that was noted. Then Recover gives the action back and it is sent
// again, with the same Message-ID, by which the other side can tell. Each such
// end counts as an attempt, so the repeats are bounded. So it is where the other side
// took all of a mail and its answer was lost.
//
// What may be out is repeated as it was, and not looked at anew: it is not asked
// again whether it is called for. What is combined is bound together before it goes
// out, noted as done together, and repeated when all of it is in hand, as the same
// mail under the same Message-ID, whatever has come since. What surely did not go
// out is looked at anew before the next attempt.
//
// Automatic mail beyond an address's share, and new cards beyond that of a room,
// are deferred and combined into one, never dropped. Where several processes
// claim at the same moment, each combines what it claimed.
package outbox
