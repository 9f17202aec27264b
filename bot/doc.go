// Package bot says what its parts tell each other: the Event that something
// happened outside, the Order of a colleague, the Change that follows from it, the
// Action that is to be done outside, and the Store and Queue that keep them. It
// decides nothing, knows no client library, and asks no clock.
//
// Events come in by the ears (bot/mailbox, bot/slackio). bot/registry decides what
// each means and commits one Change. Nothing leaves the house that is not first an
// Action in the Store; internal/outbox performs it by a Mouth.
//
// When something fails, nothing has happened: a Change is committed as a whole or
// not at all, and committing it again is harmless, since the Store refuses what it
// has seen. Errors that may pass are marked (Temporary), and those after which
// something may have been done all the same (Unsure).
package bot
