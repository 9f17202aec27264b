package slackio_test

import (
	"verbale/bot"
	"verbale/bot/desk"
	"verbale/bot/slackio"
)

// What is declared here on both sides is the same.
var (
	_ slackio.Desk  = (*desk.Desk)(nil)
	_ slackio.Cards = bot.Store(nil)
	_ desk.People   = (*slackio.People)(nil)
)
