// Package desk is what staff see and do, whatever they do it with: the card of
// a record, commands, forms, lists, the home page.
//
// It turns a press, a form or a command into a bot.Order, and a record into a
// Page. It knows wording and who may see what, and no client library: bot/slackio
// draws its pages and brings it what was pressed.
//
// It keeps nothing. What fails changes nothing, and the person is told in their
// language what to do; a confidential record is shown to nobody who may not
// see it, whatever way they ask.
package desk
