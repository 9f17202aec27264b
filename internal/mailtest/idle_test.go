package mailtest

import (
	"testing"
	"time"

	"github.com/emersion/go-imap/v2/imapclient"
)

// A mail that arrives just before IDLE must be announced when IDLE begins (RFC 2177).
func TestIdleTellsWhatCameBefore(t *testing.T) {
	server, err := StartIMAP(IMAPOptions{User: "desk", Password: "secret"})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	told := make(chan uint32, 10)
	client, err := imapclient.DialInsecure(server.Address(), &imapclient.Options{UnilateralDataHandler: &imapclient.UnilateralDataHandler{
		Mailbox: func(data *imapclient.UnilateralDataMailbox) {
			if data.NumMessages != nil {
				told <- *data.NumMessages
			}
		},
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	if err := client.Login("desk", "secret").Wait(); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Select("INBOX", nil).Wait(); err != nil {
		t.Fatal(err)
	}
	if _, err := server.Append("INBOX", []byte("Subject: s\r\n\r\nt\r\n"), time.Now()); err != nil {
		t.Fatal(err)
	}
	idle, err := client.Idle()
	if err != nil {
		t.Fatal(err)
	}
	select {
	case n := <-told:
		if n != 1 {
			t.Errorf("%d messages are told", n)
		}
	case <-time.After(2 * time.Minute):
		t.Error("nothing is told")
	}
	if err := idle.Close(); err != nil {
		t.Error(err)
	}
}
