package mailbox

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"

	"verbale/internal/mailauth"
)

// Advice says in one sentence what an operator can do about an error of this
// package; "" where waiting is all.
func Advice(err error) string {
	var certificate *tls.CertificateVerificationError
	var authority x509.UnknownAuthorityError
	var dns *net.DNSError
	switch {
	case err == nil:
		return ""
	case errors.Is(err, mailauth.ErrRefused):
		return "check mailbox.user and its password or oauth2 settings, and that IMAP is switched on for the account"
	case errors.Is(err, mailauth.ErrNoMechanism):
		return "the server takes other kinds of login: set oauth2 for Microsoft 365 and Gmail, password_file elsewhere"
	case errors.Is(err, mailauth.ErrPlaintext):
		return "set mailbox.tls to implicit (port 993) or starttls (port 143)"
	case errors.As(err, &certificate), errors.As(err, &authority):
		return "the server's certificate is not valid for the host in mailbox.address; correct the host or the certificate"
	case errors.As(err, &dns):
		return "the host in mailbox.address is not known; correct it or the name service"
	case missing(err):
		return "create the folder on the server, or correct mailbox.folders"
	}
	return ""
}
