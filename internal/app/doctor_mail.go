package app

import (
	"errors"
	"strings"

	"verbale/bot/mailbox"
	"verbale/internal/config"
	"verbale/internal/mailauth"
)

// Provider settings required to use a mailbox from a program. They are shown if the provider
// refuses a login.
const (
	microsoftIMAP = "in Microsoft 365 check three settings: (1) Entra ID: the app has the application permission IMAP.AccessAsApp of Office 365 Exchange Online, and an administrator has consented; " +
		"(2) Exchange Online: the app is known there (New-ServicePrincipal) and may open the mailbox (Add-MailboxPermission -AccessRights FullAccess); " +
		"(3) IMAP is on for the mailbox (Set-CASMailbox -ImapEnabled $true)"
	microsoftSMTP = "in Microsoft 365 check three settings: (1) Entra ID: the app has the application permission SMTP.SendAsApp of Office 365 Exchange Online, and an administrator has consented; " +
		"(2) Exchange Online: the app is known there (New-ServicePrincipal) and may send as the mailbox (Add-RecipientPermission -AccessRights SendAs); " +
		"(3) SMTP AUTH is on for the mailbox (Set-CASMailbox -SmtpClientAuthenticationDisabled $false)"
	microsoftPassword = "Microsoft 365 takes no passwords from programs: write oauth2: {provider: microsoft, …} instead of password_file"
	googlePassword    = "Gmail takes no account password from programs: use an app password, or write oauth2: {provider: google, …}"
)

// mendIMAP is the advice for a mailbox that cannot be used.
func mendIMAP(m config.Mailbox, err error) string {
	if mend := mendLogin(m.Address, m.OAuth2, microsoftIMAP, err); mend != "" {
		return mend
	}
	return mailbox.Advice(err)
}

// mendSMTP is the advice for a server through which mail cannot be sent.
func mendSMTP(s *config.SMTP, err error) string {
	if mend := mendLogin(s.Address, s.OAuth2, microsoftSMTP, err); mend != "" {
		return mend
	}
	return mailauth.Advice(err)
}

// mendLogin is the advice for logins refused by the large providers.
func mendLogin(address string, o *config.OAuth2, microsoft string, err error) string {
	refused := errors.Is(err, mailauth.ErrRefused) || errors.Is(err, mailauth.ErrNoMechanism)
	switch {
	case !refused:
		return ""
	case o != nil && o.Provider == config.ProviderMicrosoft:
		return microsoft
	case o == nil && (strings.Contains(address, "office365.") || strings.Contains(address, "outlook.")):
		return microsoftPassword
	case o == nil && (strings.Contains(address, "gmail.") || strings.Contains(address, "google")):
		return googlePassword
	}
	return ""
}
