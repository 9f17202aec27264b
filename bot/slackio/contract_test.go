package slackio_test

import (
	"verbale/bot"
	"verbale/bot/desk"
	"verbale/bot/slackio"
)

// What is declared here on both sides is the same.
var (
	_ slackio.Desk  = (*desk.Desk)(nil)
	_ slackio.Cards = struct {
		bot.Store
		bot.Agenda
	}{}
	_ desk.People = (*slackio.People)(nil)
)
