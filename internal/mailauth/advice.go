package mailauth

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"syscall"
)

// Advice says in one sentence what an operator can do about an error of connecting to a
// mail server or logging in. It returns "" if there is nothing to do but wait.
func Advice(err error) string {
	var certificate *tls.CertificateVerificationError
	var unknown *net.DNSError
	var outOfTime x509.CertificateInvalidError
	var stranger x509.UnknownAuthorityError
	var noTLS tls.RecordHeaderError
	switch {
	case errors.As(err, &outOfTime) && outOfTime.Reason == x509.Expired:
		return "the server's certificate is not valid at this time: see that the clock of this machine is right; else the server needs a new one"
	case errors.Is(err, ErrRefused):
		return "check user and password_file or oauth2, and that the account may use IMAP and SMTP"
	case errors.Is(err, ErrNoMechanism):
		return "the server takes other kinds of login: set oauth2 for Microsoft 365 and Gmail, password_file elsewhere"
	case errors.Is(err, ErrPlaintext):
		return "set tls to implicit or starttls"
	case errors.As(err, &stranger):
		return "this machine does not know who signed the server's certificate: add that authority to the certificates of the system, or name its file in SSL_CERT_FILE"
	case errors.As(err, &noTLS):
		return "the server does not begin with TLS on this port: write tls: starttls, or take the port that does (IMAP 993, SMTP 465)"
	case errors.As(err, &certificate):
		return "the server's certificate is not valid for the host in address: correct the host or the certificate"
	case errors.As(err, &unknown):
		return "the host in address is not known: correct it, or the name service of this machine"
	case errors.Is(err, context.DeadlineExceeded):
		return "nothing came in time: a port that begins with TLS (IMAP 993, SMTP 465) needs tls: implicit; else see what stands between, such as a firewall"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "nothing listens there: check host and port in address, and that the server runs"
	}
	return ""
}
