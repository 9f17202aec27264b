// Package bot defines the types and interfaces through which the parts of the bot
// communicate: the Event that something happened outside, the Order of a colleague, the
// Change that results from it, the Action to be performed outside, and the Store and Queue
// that keep them. It makes no decisions about events, depends on no client library, and never
// reads the clock.
//
// Events come in through bot/mailbox and bot/slackio. bot/registry decides what each means
// and commits one Change. Everything sent to the outside is first stored as an Action;
// internal/outbox has it performed by its Mouth, the channel for actions of that kind.
//
// A failure leaves no partial effects: a Change is committed as a whole or not at all, and
// committing it again is harmless, because the Store recognises what it has seen. Transient
// errors are marked with Temporary, and errors after which the action may nevertheless have
// been performed with Unsure.
package bot
