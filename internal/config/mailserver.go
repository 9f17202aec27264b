package config

import (
	"verbale/internal/mailauth"
	"verbale/internal/secret"
)

// Server is where the mailbox's server listens.
func (m *Mailbox) Server() mailauth.Server {
	return mailauth.Server{Address: m.Address, TLS: m.TLS, AllowPlaintext: m.AllowPlaintext}
}

// Login is what the mailbox's server is told.
func (m *Mailbox) Login() *mailauth.Login { return login(m.User, m.Password, m.OAuth2) }

// Server is where the server that takes outgoing mail listens.
func (s *SMTP) Server() mailauth.Server {
	return mailauth.Server{Address: s.Address, TLS: s.TLS, AllowPlaintext: s.AllowPlaintext}
}

// Login is what the server that takes outgoing mail is told.
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
