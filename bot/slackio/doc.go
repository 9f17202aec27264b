// Package slackio connects the program to Slack: it passes button clicks, form submissions and
// commands of users to the desk, and draws the desk's answers as Block Kit. It is the only
// place where text is escaped for Slack and Slack's limits are enforced.
//
// # Input
//
// An [Ear] receives events and interactions over Socket Mode ([Ear.Run]) or HTTP
// ([Ear.Handler]), with the same handler behind both. Everything is acknowledged within three
// seconds: slow work opens a modal that says so and fills it later. Actions of one user in one
// place are processed in order. An order keeps its ID however often Slack delivers the click,
// so that the service commits it once.
//
// # Output
//
// A [Mouth] performs actions of the outbox: it draws a card from the current state of the
// record, updates it in place if it is already posted, and posts messages in its thread.
// Temporary errors are marked with bot.Temporary; errors that a person has to fix say how.
//
// # Guarantees on failure
//
// A repeated delivery by Slack does nothing twice, and no message is posted twice because
// Slack's response was lost: a message carries its key as metadata, and is searched for before
// it is posted again. A click that fails is answered with an explanation for the user.
// Operators get a log line with a request ID. Neither contains a token, a name or content of
// an e-mail. A panic ends the processing of one click and nothing else.
package slackio
