package mailtest

import (
	"bytes"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
	"github.com/emersion/go-sasl"
)

// IMAPOptions configure an in-process IMAP server.
type IMAPOptions struct {
	User, Password string
	Token          func() string // the bearer token that is accepted; nil: password alone
	Implicit       bool          // TLS from the first byte
	Certificate    *Certificate  // for Implicit, and for STARTTLS otherwise
	NoIdle, NoMove bool          // leave these capabilities out
	// Fetching is called before a FETCH is answered. An error is returned to the client,
	// except io.EOF, which drops the connection.
	Fetching func(uids imap.NumSet, o *imap.FetchOptions) error
	// Wire gets all traffic, in both directions.
	Wire io.Writer
}

// An IMAPServer has its folders in memory. They survive Stop and Start.
type IMAPServer struct {
	options IMAPOptions
	user    *imapmemserver.User
	address string

	mu     sync.Mutex
	server *imapserver.Server // nil while stopped
	socket net.Listener
}

// StartIMAP starts a server on a free loopback port, with an empty INBOX.
func StartIMAP(o IMAPOptions) (*IMAPServer, error) {
	s := &IMAPServer{options: o, user: imapmemserver.NewUser(o.User, o.Password)}
	if err := s.Create("INBOX"); err != nil {
		return nil, err
	}
	return s, s.Start()
}

// Address is the host:port of the server. It does not change with Stop and Start.
func (s *IMAPServer) Address() string { return s.address }

// Start listens again after Stop.
func (s *IMAPServer) Start() error {
	listener, err := listen(s.address)
	if err != nil {
		return err
	}
	s.address = listener.Addr().String()
	options := &imapserver.Options{NewSession: s.newSession, Caps: s.caps(), InsecureAuth: true,
		Logger: log.New(io.Discard, "", 0), DebugWriter: s.options.Wire}
	if c := s.options.Certificate; c != nil {
		options.TLSConfig = &tls.Config{Certificates: []tls.Certificate{c.TLS}}
	}
	if s.options.Implicit {
		listener = tls.NewListener(listener, options.TLSConfig)
		options.TLSConfig = nil
	}
	if s.options.NoIdle {
		listener = withoutIdle{listener}
	}
	server := imapserver.New(options)
	s.mu.Lock()
	s.server, s.socket = server, listener
	s.mu.Unlock()
	go server.Serve(listener)
	return nil
}

// Stop drops all connections and stops listening. The mail stays.
func (s *IMAPServer) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.server != nil {
		s.socket.Close() // the server closes it only if Serve has begun
		s.server.Close()
		s.server = nil
	}
}

// Close stops the server.
func (s *IMAPServer) Close() { s.Stop() }

// Create makes a folder.
func (s *IMAPServer) Create(folder string) error {
	if err := s.user.Create(folder, nil); err != nil {
		return fmt.Errorf("create folder %s: %w", folder, err)
	}
	return nil
}

// Renumber empties a folder and gives it another UIDVALIDITY. Sessions that have selected
// it notice when they select it again.
func (s *IMAPServer) Renumber(folder string) error {
	if err := s.user.Delete(folder); err != nil {
		return fmt.Errorf("delete folder %s: %w", folder, err)
	}
	return s.Create(folder)
}

// Append delivers a mail and returns its UID.
func (s *IMAPServer) Append(folder string, raw []byte, received time.Time) (uint32, error) {
	data, err := s.user.Append(folder, literal{bytes.NewReader(raw), int64(len(raw))}, &imap.AppendOptions{Time: received})
	if err != nil {
		return 0, fmt.Errorf("append to folder %s: %w", folder, err)
	}
	return uint32(data.UID), nil
}

type literal struct {
	io.Reader
	size int64
}

// Size implements imap.LiteralReader.
func (l literal) Size() int64 { return l.size }

func (s *IMAPServer) caps() imap.CapSet {
	caps := imap.CapSet{imap.CapIMAP4rev1: {}, imap.CapUIDPlus: {}, imap.CapUnselect: {}, imap.CapSASLIR: {}}
	if !s.options.NoMove {
		caps[imap.CapMove] = struct{}{}
	}
	return caps
}

func (s *IMAPServer) newSession(c *imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
	return &imapSession{server: s, conn: c}, &imapserver.GreetingData{}, nil
}

// withoutIdle hides the IDLE capability, which the library always announces.
type withoutIdle struct{ net.Listener }

func (l withoutIdle) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	return idleHider{conn}, err
}

type idleHider struct{ net.Conn }

func (c idleHider) Write(p []byte) (int, error) {
	return c.Conn.Write(bytes.ReplaceAll(p, []byte(" IDLE "), []byte(" XDLE ")))
}

// imapSession adds logins by token and faults to the library's session.
type imapSession struct {
	*imapmemserver.UserSession // nil before login
	server                     *IMAPServer
	conn                       *imapserver.Conn
}

func (s *imapSession) Close() error { return s.UserSession.Close() }

func (s *imapSession) Login(user, password string) error {
	if err := s.server.user.Login(user, password); err != nil {
		return err
	}
	s.UserSession = imapmemserver.NewUserSession(s.server.user)
	return nil
}

func (s *imapSession) AuthenticateMechanisms() []string {
	if s.server.options.Token != nil {
		return []string{"XOAUTH2", sasl.OAuthBearer}
	}
	return []string{sasl.Plain}
}

func (s *imapSession) Authenticate(mechanism string) (sasl.Server, error) {
	if mechanism == sasl.Plain {
		return sasl.NewPlainServer(func(_, user, password string) error { return s.Login(user, password) }), nil
	}
	server, ok := bearerServer(mechanism, func(user, token string) error {
		o := s.server.options
		if o.Token == nil || user != o.User || token != o.Token() {
			return imapserver.ErrAuthFailed
		}
		s.UserSession = imapmemserver.NewUserSession(s.server.user)
		return nil
	})
	if !ok {
		return nil, &imap.Error{Type: imap.StatusResponseTypeNo, Text: "no such mechanism"}
	}
	return server, nil
}

// Idle first announces what has come since the last command, as real servers do. The
// library would announce it only with the next change.
func (s *imapSession) Idle(w *imapserver.UpdateWriter, stop <-chan struct{}) error {
	if err := s.Poll(w, true); err != nil {
		return err
	}
	return s.UserSession.Idle(w, stop)
}

// Fetch calls Fetching first, by which a test can make it fail.
func (s *imapSession) Fetch(w *imapserver.FetchWriter, set imap.NumSet, o *imap.FetchOptions) error {
	if fetching := s.server.options.Fetching; fetching != nil {
		err := fetching(set, o)
		if errors.Is(err, io.EOF) {
			s.conn.NetConn().Close()
		}
		if err != nil {
			return err
		}
	}
	return s.UserSession.Fetch(w, set, o)
}
