package mailtest

import (
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net"
	"slices"
	"sync"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// A Received is one mail as it came in over SMTP.
type Received struct {
	From string   // envelope sender; "" is the null return path
	To   []string // envelope recipients
	Raw  []byte
	At   time.Time // when its last byte came
}

// A Fault makes an SMTP server refuse commands with the error of a function; nil functions
// refuse nothing. An *smtp.SMTPError gives the reply.
type Fault struct {
	Mail func(from string) error
	Rcpt func(to string) error
	Data func(r Received) error
	// DropAfterData closes the connection after the mail was accepted, without a reply.
	DropAfterData bool
}

// SMTPOptions configure an SMTP server that keeps what it gets.
type SMTPOptions struct {
	User, Password string        // both empty: no login is needed
	Token          func() string // the bearer token that is accepted; nil: password alone
	Implicit       bool          // TLS from the first byte
	Certificate    *Certificate  // for Implicit, and for STARTTLS otherwise
	// Keep takes each mail that was accepted; nil keeps them for Received.
	Keep func(Received) error
	// Wire gets all traffic, in both directions.
	Wire io.Writer
}

// An SMTPServer keeps what it gets.
type SMTPServer struct {
	options SMTPOptions
	address string

	mu       sync.Mutex
	server   *smtp.Server // nil while stopped
	socket   net.Listener
	fault    Fault
	received []Received
	sessions int
}

// StartSMTP starts a server on a free loopback port.
func StartSMTP(o SMTPOptions) (*SMTPServer, error) {
	s := &SMTPServer{options: o}
	if s.options.Keep == nil {
		s.options.Keep = s.keep
	}
	return s, s.Start()
}

// Address is the host:port of the server. It does not change with Stop and Start.
func (s *SMTPServer) Address() string { return s.address }

// Start listens again after Stop.
func (s *SMTPServer) Start() error {
	listener, err := listen(s.address)
	if err != nil {
		return err
	}
	s.address = listener.Addr().String()
	server := smtp.NewServer(smtp.BackendFunc(s.newSession))
	server.Domain, server.AllowInsecureAuth = "localhost", true
	server.ErrorLog, server.Debug = log.New(io.Discard, "", 0), s.options.Wire
	if c := s.options.Certificate; c != nil {
		server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{c.TLS}}
	}
	if s.options.Implicit {
		listener = tls.NewListener(listener, server.TLSConfig)
	}
	s.mu.Lock()
	s.server, s.socket = server, listener
	s.mu.Unlock()
	go server.Serve(listener)
	return nil
}

// Stop drops all connections and stops listening. Received mail stays.
func (s *SMTPServer) Stop() {
	s.mu.Lock()
	server, socket := s.server, s.socket
	s.server = nil
	s.mu.Unlock()
	if server != nil {
		socket.Close() // the server closes it only if Serve has begun
		server.Close()
	}
}

// Close stops the server.
func (s *SMTPServer) Close() { s.Stop() }

// Fail sets the fault that holds from now on; Fail(Fault{}) ends it.
func (s *SMTPServer) Fail(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault = f
}

// Received returns what was accepted so far, oldest first.
func (s *SMTPServer) Received() []Received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.received)
}

// Sessions counts the connections so far.
func (s *SMTPServer) Sessions() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sessions
}

func (s *SMTPServer) keep(r Received) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.received = append(s.received, r)
	return nil
}

func (s *SMTPServer) newSession(c *smtp.Conn) (smtp.Session, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sessions++
	open := s.options.User == "" && s.options.Token == nil
	return &smtpSession{server: s, conn: c, known: open}, nil
}

func (s *SMTPServer) faults() Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.fault
}

// smtpSession is one connection, with the mail that is being received.
type smtpSession struct {
	server *SMTPServer
	conn   *smtp.Conn
	known  bool
	mail   Received
}

func (s *smtpSession) AuthMechanisms() []string {
	switch {
	case s.server.options.Token != nil:
		return []string{"XOAUTH2", sasl.OAuthBearer}
	case s.server.options.User != "":
		return []string{sasl.Plain}
	}
	return nil
}

func (s *smtpSession) Auth(mechanism string) (sasl.Server, error) {
	o := s.server.options
	if mechanism == sasl.Plain && o.User != "" {
		return sasl.NewPlainServer(func(_, user, password string) error {
			return s.admit(user == o.User && password == o.Password, password)
		}), nil
	}
	server, ok := bearerServer(mechanism, func(user, token string) error {
		return s.admit(o.Token != nil && user == o.User && token == o.Token(), token)
	})
	if !ok {
		return nil, smtp.ErrAuthUnknownMechanism
	}
	return server, nil
}

// admit accepts or refuses a login. A refusal repeats the secret, as bad servers do, so
// that tests notice if it is logged.
func (s *smtpSession) admit(good bool, secret string) error {
	s.known = good
	if good {
		return nil
	}
	return &smtp.SMTPError{Code: 535, EnhancedCode: smtp.EnhancedCode{5, 7, 8}, Message: fmt.Sprintf("%q is wrong", secret)}
}

func (s *smtpSession) Mail(from string, _ *smtp.MailOptions) error {
	if !s.known {
		return smtp.ErrAuthRequired
	}
	if f := s.server.faults().Mail; f != nil {
		if err := f(from); err != nil {
			return err
		}
	}
	s.mail = Received{From: from}
	return nil
}

func (s *smtpSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	if f := s.server.faults().Rcpt; f != nil {
		if err := f(to); err != nil {
			return err
		}
	}
	s.mail.To = append(s.mail.To, to)
	return nil
}

func (s *smtpSession) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.mail.Raw, s.mail.At = raw, time.Now()
	fault := s.server.faults()
	if fault.Data != nil {
		if err := fault.Data(s.mail); err != nil {
			return err
		}
	}
	if err := s.server.options.Keep(s.mail); err != nil {
		return err
	}
	if fault.DropAfterData {
		return s.conn.Conn().Close()
	}
	return nil
}

func (s *smtpSession) Reset()        { s.mail = Received{} }
func (s *smtpSession) Logout() error { return nil }
