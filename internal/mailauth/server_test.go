package mailauth_test

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"testing"
	"time"

	"verbale/internal/mailauth"
	"verbale/internal/mailtest"
)

func TestPlaintextStaysOnThisMachineUnlessAllowedByName(t *testing.T) {
	for _, c := range []struct {
		address, allow string
		tls            mailauth.TLS
		want           error
		wrong          bool
	}{
		{address: "127.0.0.1:143", tls: mailauth.NoTLS},
		{address: "[::1]:143", tls: mailauth.NoTLS},
		{address: "localhost:143", tls: mailauth.NoTLS},
		{address: "mail.example:143", tls: mailauth.NoTLS, want: mailauth.ErrPlaintext},
		{address: "mail.example:143", allow: "MAIL.example", tls: mailauth.NoTLS},
		{address: "mail.example:143", allow: "other.example", tls: mailauth.NoTLS, want: mailauth.ErrPlaintext},
		{address: "localhost.example:143", tls: mailauth.NoTLS, want: mailauth.ErrPlaintext},
		{address: "mail.example:993", tls: mailauth.Implicit},
		{address: "mail.example:143", tls: mailauth.StartTLS},
		{address: "mail.example:143", tls: "sometimes", wrong: true},
		{address: "mail.example", tls: mailauth.Implicit, wrong: true},
		{address: ":993", tls: mailauth.Implicit, wrong: true},
	} {
		err := mailauth.Server{Address: c.address, TLS: c.tls, AllowPlaintext: c.allow}.Check()
		if (err != nil) != (c.wrong || c.want != nil) || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s, %s, allowing %q: %v", c.address, c.tls, c.allow, err)
		}
	}
}

func TestForbiddenLineIsNotEvenOpened(t *testing.T) {
	_, err := mailauth.Server{Address: "192.0.2.1:143", TLS: mailauth.NoTLS}.Dial(t.Context())
	if !errors.Is(err, mailauth.ErrPlaintext) {
		t.Errorf("Dial: %v", err)
	}
}

func TestHandshakeTrustsOnlyTheGivenRoots(t *testing.T) {
	certificate, err := mailtest.NewCertificate()
	if err != nil {
		t.Fatal(err)
	}
	listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{certificate.TLS}})
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go conn.(*tls.Conn).HandshakeContext(context.Background())
		}
	}()
	server := mailauth.Server{Address: listener.Addr().String(), TLS: mailauth.Implicit, RootCAs: certificate.Roots}
	conn, err := server.Dial(t.Context())
	if err != nil {
		t.Fatalf("with the right roots: %v", err)
	}
	conn.Close()
	server.RootCAs = nil
	var unverified *tls.CertificateVerificationError
	if _, err := server.Dial(t.Context()); !errors.As(err, &unverified) {
		t.Errorf("with the system's roots: %v", err)
	}
}

func TestServerThatNeverShakesHandsIsGivenUp(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0") // the kernel accepts connections, but nothing answers
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	server := mailauth.Server{Address: listener.Addr().String(), TLS: mailauth.Implicit, Timeout: 20 * time.Millisecond}
	if _, err := server.Dial(t.Context()); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Dial: %v", err)
	}
}
