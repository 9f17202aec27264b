package app

import (
	"verbale/bot/mailbox"
	"verbale/internal/config"
)

func mailAccount(m config.Mailbox) mailbox.Account {
	return mailbox.Account{Server: m.Server(), Login: m.Login()}
}
