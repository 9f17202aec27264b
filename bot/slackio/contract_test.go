package slackio_test

import (
	"verbale/bot"
	"verbale/bot/desk"
	"verbale/bot/slackio"
)

// The implementations satisfy the interfaces that this package and the desk declare.
var (
	_ slackio.Desk  = (*desk.Desk)(nil)
	_ slackio.Cards = struct {
		bot.Store
		bot.Agenda
	}{}
	_ desk.People = (*slackio.People)(nil)
)
