package mailauth_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"strings"
	"testing"

	"verbale/internal/mailauth"
)

func TestAdviceNamesTheSetting(t *testing.T) {
	dial := func(s mailauth.Server) error {
		_, err := s.Dial(context.Background())
		return err
	}
	for want, err := range map[string]error{
		"password_file":     fmt.Errorf("log in: %w", mailauth.NewLogin(mailauth.Credentials{}).Refused(errors.New("no"))),
		"the clock":         fmt.Errorf("dial: %w", x509.CertificateInvalidError{Reason: x509.Expired}),
		"oauth2":            fmt.Errorf("log in: %w", mailauth.ErrNoMechanism),
		"tls":               dial(mailauth.Server{Address: "mail.example:25", TLS: mailauth.NoTLS}),
		"SSL_CERT_FILE":     fmt.Errorf("TLS handshake: %w", x509.UnknownAuthorityError{}),
		"tls: starttls":     fmt.Errorf("TLS handshake: %w", tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}),
		"tls: implicit":     fmt.Errorf("greeting: %w", context.DeadlineExceeded),
		"nothing listens":   dial(mailauth.Server{Address: "127.0.0.1:1", TLS: mailauth.NoTLS}),
		"the host in addre": dial(mailauth.Server{Address: "no such host:25", TLS: mailauth.StartTLS}),
	} {
		if got := mailauth.Advice(err); !strings.Contains(got, want) {
			t.Errorf("%v: advice %q does not speak of %s", err, got, want)
		}
	}
	if got := mailauth.Advice(errors.New("the line broke")); got != "" {
		t.Errorf("advice where waiting is all: %q", got)
	}
}
