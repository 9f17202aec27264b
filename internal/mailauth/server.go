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

// A TLS says how a line is encrypted.
type TLS string

const (
	Implicit TLS = "implicit" // TLS from the first byte (RFC 8314, section 3)
	StartTLS TLS = "starttls" // upgraded by command; a server that refuses is not used
	NoTLS    TLS = "none"     // in the clear: loopback alone, unless AllowPlaintext names the host
)

// DefaultTimeout bounds connecting together with the TLS handshake.
const DefaultTimeout = 30 * time.Second

// ErrPlaintext is returned where the configuration asks for an unencrypted
// line to a host that is neither this machine nor named in AllowPlaintext.
var ErrPlaintext = errors.New("an unencrypted line is allowed to this machine only")

// A Server is where a mail server listens and how to talk to it.
type Server struct {
	Address string // host:port
	TLS     TLS
	// AllowPlaintext repeats the host of Address where an unencrypted line to
	// another machine is really meant; it has no effect on any other host.
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

// OnThisMachine reports whether a host, by its name, is this machine.
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

// Dial connects. With Implicit the line is encrypted when it returns; with
// StartTLS the protocol's client upgrades it with TLSConfig. It gives up when
// ctx ends or the timeout has passed.
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

// staysHere asks the open line itself, since "localhost" is only a name.
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
