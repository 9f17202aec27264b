// Package desk is the user interface for staff, independent of the client: the card of a
// record, commands, forms, lists, the home page.
//
// It turns a button click, a form or a command into a bot.Order, and a record into a Page. It
// decides on wording and visibility and uses no client library: bot/slackio draws its pages
// and passes on what users do.
//
// It is stateless. Failed orders change nothing, and the user is told in their language what
// to do. A confidential record is never shown to a user who may not see it, by whatever path.
package desk
