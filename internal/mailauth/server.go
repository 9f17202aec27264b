package mailauth

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"
)

// TLS says how a connection is encrypted.
type TLS string

// The kinds of encryption.
const (
	Implicit TLS = "implicit" // TLS from the first byte (RFC 8314, section 3)
	StartTLS TLS = "starttls" // TLS after a command; without it the server is not used
	NoTLS    TLS = "none"     // no encryption: only on loopback, unless AllowPlaintext names the host
)

// DefaultTimeout bounds connecting, including the TLS handshake.
const DefaultTimeout = 30 * time.Second

// ErrPlaintext is returned if the configuration asks for an unencrypted connection to a
// host that is neither this machine nor named in AllowPlaintext.
var ErrPlaintext = errors.New("an unencrypted line is allowed to this machine only")

// A Server is where a mail server listens and how to talk to it.
type Server struct {
	Address string // host:port
	TLS     TLS
	// AllowPlaintext allows an unencrypted connection to another machine. It must be the host
	// of Address, so that the permission does not outlive a change of the address.
	AllowPlaintext string
	RootCAs        *x509.CertPool // nil means those of the system
	Timeout        time.Duration  // 0 means DefaultTimeout
}

// Check reports what is wrong with the server's configuration, if anything.
func (s Server) Check() error {
	host, port, err := net.SplitHostPort(s.Address)
	if err != nil || host == "" || port == "" {
		return fmt.Errorf("mail server %q: the address is not of the form host:port", s.Address)
	}
	switch s.TLS {
	case Implicit, StartTLS:
		return nil
	case NoTLS:
		if !s.plaintextAllowed(host) {
			return fmt.Errorf("mail server %s: %w", s.Address, ErrPlaintext)
		}
		return nil
	}
	return fmt.Errorf("mail server %s: tls is %q, not implicit, starttls or none", s.Address, s.TLS)
}

func (s Server) plaintextAllowed(host string) bool {
	return OnThisMachine(host) || strings.EqualFold(host, s.AllowPlaintext)
}

// OnThisMachine reports whether a host is localhost or a loopback address.
func OnThisMachine(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Host is the host part of the address.
func (s Server) Host() string {
	host, _, _ := net.SplitHostPort(s.Address)
	return host
}

// TLSConfig is the client's TLS configuration for this server.
func (s Server) TLSConfig() *tls.Config {
	return &tls.Config{ServerName: s.Host(), RootCAs: s.RootCAs, MinVersion: tls.VersionTLS12}
}

// Dial connects. With Implicit the connection is encrypted when it returns; with StartTLS
// the caller upgrades it with TLSConfig. It gives up when ctx ends or the timeout has
// passed.
func (s Server) Dial(ctx context.Context) (net.Conn, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, s.timeout())
	defer cancel()
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", s.Address)
	if err != nil {
		return nil, fmt.Errorf("connect to %s: %w", s.Address, err)
	}
	if s.TLS == Implicit {
		return s.handshake(ctx, conn)
	}
	if s.TLS == NoTLS && !s.staysHere(conn) {
		conn.Close()
		return nil, fmt.Errorf("connect to %s: %w", s.Address, ErrPlaintext)
	}
	return conn, nil
}

func (s Server) handshake(ctx context.Context, conn net.Conn) (net.Conn, error) {
	secure := tls.Client(conn, s.TLSConfig())
	if err := secure.HandshakeContext(ctx); err != nil {
		conn.Close()
		return nil, fmt.Errorf("TLS handshake with %s: %w", s.Address, err)
	}
	return secure, nil
}

// staysHere reports whether an unencrypted connection may be used. It checks the address
// that was connected to, since the name "localhost" may resolve to another machine.
func (s Server) staysHere(conn net.Conn) bool {
	if strings.EqualFold(s.Host(), s.AllowPlaintext) {
		return true
	}
	peer, ok := conn.RemoteAddr().(*net.TCPAddr)
	return ok && peer.IP.IsLoopback()
}

func (s Server) timeout() time.Duration {
	if s.Timeout > 0 {
		return s.Timeout
	}
	return DefaultTimeout
}
