package config

import (
	"fmt"
	"net/url"
	"strings"

	"verbale/internal/mailauth"
	"verbale/internal/secret"
	"verbale/internal/strictyaml"
)

func (k *checker) mailbox(at strictyaml.Path, m *Mailbox) {
	k.server(at, m.Server())
	k.login(at, m.User, &m.PasswordFile, &m.Password, m.OAuth2)
	strictyaml.OneOf(k.doc, at.Key("after"), m.After, AfterFlag, AfterMove)
	if m.After == AfterMove && m.MoveTo == "" {
		k.doc.Report(at.Key("after"), "move needs a folder to move to", "add “move_to: …”, or write after: flag")
	}
	if m.After == AfterFlag && m.MoveTo != "" {
		k.doc.Report(at.Key("move_to"), "move_to has no effect with after: flag", "write after: move, or remove move_to")
	}
}

// A watchedFolder identifies a folder of an account, as in the names of cursors and leases.
type watchedFolder struct{ user, address, folder string }

// folders checks that no folder is watched twice, and that recorded mail is not moved into a
// watched folder.
func (k *checker) folders(at strictyaml.Path) {
	seen := map[watchedFolder]bool{}
	for i, m := range k.Mailbox {
		for j, folder := range m.Folders {
			place := at.Item(i).Key("folders").Item(j)
			if !k.doc.Has(place) {
				place = at.Item(i)
			}
			if strings.EqualFold(folder, inbox) { // RFC 9051, section 5.1
				folder = inbox
			}
			watched := watchedFolder{strings.ToLower(m.User), strings.ToLower(m.Address), folder}
			switch {
			case folder == "":
				k.doc.Report(place, "this names no folder", "write it like INBOX")
			case folder == m.MoveTo:
				k.doc.Report(place, fmt.Sprintf("recorded mail is moved to %s, which cannot be watched as well", folder), "move it to another folder")
			case seen[watched]:
				k.doc.Report(place, fmt.Sprintf("folder %s of this mailbox is watched already", folder), "name it once")
			}
			seen[watched] = true
		}
	}
}

func (k *checker) outgoing(at strictyaml.Path) {
	strictyaml.OneOf(k.doc, "send", k.Send, On, Off)
	if k.SMTP == nil {
		if k.Send == On {
			k.doc.Report("send", "nothing can be sent without a mail server", "add “smtp: {address: host:port, …}”, or write send: off")
		}
		return
	}
	s := k.SMTP
	k.server(at, s.Server())
	switch {
	case s.User != "":
		k.login(at, s.User, &s.PasswordFile, &s.Password, s.OAuth2)
	case s.OAuth2 != nil:
		k.doc.Report(at.Key("oauth2"), "oauth2 needs the name of the mailbox as user", "add “user: …” next to it")
	case k.secret(at.Key("password_file"), &s.PasswordFile, &s.Password) && !s.Password.IsZero():
		k.doc.Report(at, "a password is given without a user", "add “user: …”")
	}
}

// server checks the address of a mail server, and that nothing is sent to it unencrypted by
// mistake.
func (k *checker) server(at strictyaml.Path, s mailauth.Server) {
	strictyaml.OneOf(k.doc, at.Key("tls"), s.TLS, mailauth.Implicit, mailauth.StartTLS, mailauth.NoTLS)
	if !k.doc.Has(at.Key("address")) {
		return
	}
	host, ok := k.hostPort(at.Key("address"), s.Address)
	if ok && host == "" {
		k.doc.Report(at.Key("address"), fmt.Sprintf("%q names no host", s.Address), "write it like mail.unece.example:993")
		return
	}
	allowed := strings.EqualFold(host, s.AllowPlaintext)
	if s.AllowPlaintext != "" && ok && !allowed {
		k.doc.Report(at.Key("allow_plaintext"), "allow_plaintext does not name the host of address", fmt.Sprintf("write “allow_plaintext: %s”, or remove it", host))
	}
	if s.TLS == mailauth.NoTLS && ok && !mailauth.OnThisMachine(host) && !allowed {
		k.doc.Report(at.Key("tls"), fmt.Sprintf("passwords and letters would be sent to %s unencrypted", host), fmt.Sprintf("write implicit or starttls; if this is intended, add “allow_plaintext: %s”", host))
	}
}

// login checks that there is exactly one way to log in, a password or OAuth 2.0.
func (k *checker) login(at strictyaml.Path, user string, file *string, password *secret.Value, o *OAuth2) {
	if o == nil {
		k.need(at.Key("password_file"), "the password of "+user, file, password)
		return
	}
	if *file != "" {
		k.doc.Report(at.Key("password_file"), "password_file has no effect together with oauth2", "remove one of the two")
	}
	k.oauth2(at.Key("oauth2"), o)
}

func (k *checker) oauth2(at strictyaml.Path, o *OAuth2) {
	if k.doc.Has(at.Key("provider")) {
		strictyaml.OneOf(k.doc, at.Key("provider"), o.Provider, ProviderMicrosoft, ProviderGoogle, ProviderOther)
	}
	if o.TokenURL != "" {
		k.webAddress(at.Key("token_url"), o.TokenURL)
	}
	switch {
	case o.Provider == ProviderOther && o.TokenURL == "":
		k.doc.Report(at.Key("provider"), "the URL of the token endpoint is missing", "add “token_url: https://…”")
	case o.Provider == ProviderMicrosoft && o.Tenant == "" && o.TokenURL == "":
		k.doc.Report(at.Key("provider"), "the tenant is missing", "add “tenant: …”, the directory id of your organisation")
	}
	secretFile, refreshFile := at.Key("client_secret_file"), at.Key("refresh_token_file")
	client := k.refused(secretFile) || k.secret(secretFile, &o.ClientSecretFile, &o.ClientSecret)
	refresh := k.refused(refreshFile) || k.secret(refreshFile, &o.RefreshTokenFile, &o.RefreshToken)
	switch {
	case o.Provider == ProviderGoogle && !refresh:
		k.doc.Report(at, "the refresh token is missing", fmt.Sprintf("name its file with refresh_token_file, or set %s", Variable(refreshFile)))
	case !client && !refresh:
		k.doc.Report(at, "neither a client secret nor a refresh token is given", "name its file with client_secret_file or refresh_token_file")
	}
}

// webAddress requires TLS for any other machine, since tokens are sent there.
func (k *checker) webAddress(at strictyaml.Path, address string) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && (u.Scheme != "http" || !mailauth.OnThisMachine(u.Hostname())) {
		k.doc.Report(at, "this is not an https address", "write it like https://host/path; http is allowed for this machine only")
	}
}
