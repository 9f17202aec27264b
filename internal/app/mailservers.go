package app

import (
	"verbale/bot/mailbox"
	"verbale/internal/config"
	"verbale/internal/mailauth"
)

// mailServer translates the configuration of a mail server into the one that
// dials it.
func mailServer(s config.Server) mailauth.Server {
	return mailauth.Server{Address: s.Address, TLS: mailauth.TLS(s.TLS), AllowPlaintext: s.AllowPlaintext}
}

func mailLogin(s config.Server) *mailauth.Login {
	credentials := mailauth.Credentials{User: s.User, Password: s.Password}
	if o := s.OAuth2; o != nil {
		credentials.OAuth2 = &mailauth.OAuth2{
			Tenant: o.Tenant, TokenURL: o.TokenURL, ClientID: o.ClientID,
			ClientSecret: o.ClientSecret,
			RefreshToken: o.RefreshToken,
			Scopes:       o.Scopes,
		}
	}
	return mailauth.NewLogin(credentials)
}

func mailAccount(m config.Mailbox) mailbox.Account {
	return mailbox.Account{Server: mailServer(m.Server()), Login: mailLogin(m.Server())}
}
