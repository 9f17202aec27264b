// Package outbox performs the actions that were committed with records: it claims them under
// a lease, checks whether they are still wanted, hands each to the performer of its kind, and
// records the outcome. There is one Outbox per mouth, so that a backlog of one does not delay
// another.
//
// # Guarantees on failure
//
// No action is lost: it is done, or pending, or parked where a person sees it. A transient
// failure is retried with increasing delays; any other failure parks the action at once, and
// so does the failure of the last attempt. A panic in a performer counts as a failed attempt.
// One action never blocks the next.
//
// An action is performed exactly once, with two exceptions. The first: the process ends, or
// cannot reach the store until the lease expires, after a mail was sent and before that was
// recorded. Recover then gives the action back and it is sent again with the same Message-ID,
// by which the receiver can recognise the duplicate. Each such interruption counts as an
// attempt, so repeats are bounded. The second: the other side accepted a mail completely and
// its reply was lost.
//
// An action that may have been performed is repeated unchanged, without checking again
// whether it is still wanted. Actions that are combined are bound together before they are
// sent, recorded as done together, and repeated only together, as the same mail with the same
// Message-ID, even if more actions have been added since. An action that was certainly not
// performed is checked again before the next attempt.
//
// Automatic mail beyond an address's rate limit, and new cards beyond a room's, are deferred
// and combined into one, never dropped. If several processes claim at the same moment, each
// combines what it claimed.
package outbox
