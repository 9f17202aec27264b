// Package slackio is Slack's ear and mouth: it brings what colleagues press,
// fill in and type to the desk, and draws what the desk answers as Block Kit.
// It is the one place where text is escaped and Slack's limits are kept.
//
// # The ear
//
// An [Ear] hears Socket Mode ([Ear.Run]) or HTTP ([Ear.Handler]); one handler
// stands behind both. Everything is acknowledged within three seconds: what is
// slow opens a window that says so and fills it later. What one person does at
// one place is done in order. An order has the same id however often Slack
// delivers the click, so that the service commits it once.
//
// # The mouth
//
// A [Mouth] performs actions of the outbox: it draws a card as the record is
// now, in place where it stands already, and posts below it. What may pass is
// marked with bot.Temporary; what a person has to mend says how.
//
// # What it promises when things fail
//
// Nothing is done twice because Slack asks twice, and nothing is posted twice
// because its answer was lost: a message carries its key, and is looked for
// before it is repeated. A click that fails is answered with words for the
// person; operators get a log line with a request id, and neither has a token,
// a name or a word of a letter in it. A panic ends one click and nothing else.
package slackio
