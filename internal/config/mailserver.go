package config

import (
	"verbale/internal/mailauth"
	"verbale/internal/secret"
)

// Server returns the address and TLS settings of the mailbox's server.
func (m *Mailbox) Server() mailauth.Server {
	return mailauth.Server{Address: m.Address, TLS: m.TLS, AllowPlaintext: m.AllowPlaintext}
}

// Login returns the credentials for the mailbox's server.
func (m *Mailbox) Login() *mailauth.Login { return login(m.User, m.Password, m.OAuth2) }

// Server returns the address and TLS settings of the server for outgoing mail.
func (s *SMTP) Server() mailauth.Server {
	return mailauth.Server{Address: s.Address, TLS: s.TLS, AllowPlaintext: s.AllowPlaintext}
}

// Login returns the credentials for the server for outgoing mail.
func (s *SMTP) Login() *mailauth.Login { return login(s.User, s.Password, s.OAuth2) }

func login(user string, password secret.Value, o *OAuth2) *mailauth.Login {
	credentials := mailauth.Credentials{User: user, Password: password}
	if o != nil {
		credentials.OAuth2 = &mailauth.OAuth2{
			Tenant: o.Tenant, TokenURL: o.TokenURL, ClientID: o.ClientID,
			ClientSecret: o.ClientSecret, RefreshToken: o.RefreshToken, Scopes: o.Scopes,
		}
	}
	return mailauth.NewLogin(credentials)
}
