package app

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"verbale/internal/config"
	"verbale/internal/mailauth"
)

func TestProvidersSettingsAreNamedWhereALoginIsRefused(t *testing.T) {
	refused := fmt.Errorf("log in: %w", mailauth.ErrRefused)
	microsoft := &config.OAuth2{Provider: config.ProviderMicrosoft}
	for name, c := range map[string]struct {
		address string
		login   *config.OAuth2
		err     error
		imap    string // part of the finding
		smtp    string
	}{
		"Microsoft":            {"outlook.office365.example:993", microsoft, refused, "IMAP.AccessAsApp", "SMTP.SendAsApp"},
		"Microsoft's password": {"outlook.office365.example:993", nil, refused, "takes no passwords", "takes no passwords"},
		"Google's password":    {"imap.gmail.example:993", nil, refused, "app password", "app password"},
		"another":              {"mail.unece.example:993", nil, refused, "check user and password_file", "check user and password_file"},
		"not the login":        {"outlook.office365.example:993", microsoft, errors.New("the line broke"), "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			imap := mendIMAP(config.Mailbox{Address: c.address, OAuth2: c.login}, c.err)
			smtp := mendSMTP(&config.SMTP{Address: c.address, OAuth2: c.login}, c.err)
			if !strings.Contains(imap, c.imap) || !strings.Contains(smtp, c.smtp) || c.imap == "" && imap+smtp != "" {
				t.Errorf("IMAP: %q, SMTP: %q", imap, smtp)
			}
		})
	}
}

func TestThreeSettingsOfMicrosoftAreThree(t *testing.T) {
	for _, told := range []string{microsoftIMAP, microsoftSMTP} {
		if !strings.Contains(told, "(1)") || !strings.Contains(told, "(2)") || !strings.Contains(told, "(3)") {
			t.Error(told)
		}
	}
}
