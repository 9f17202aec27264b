// Package bot takes every Event of the outside world (a mail arrived, an
// action was done), decides what it means, and commits one Change.
//
// It knows no client library: mail servers, Slack and Redis stand behind the
// interfaces declared here. Nothing leaves the house from this package: it
// writes down Actions, which internal/outbox performs later.
//
// When something fails, nothing has happened: an Event is either committed as
// a whole or not at all, and handling it again is harmless, since the Store
// refuses what it has seen.
package bot
