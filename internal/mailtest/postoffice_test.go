package mailtest_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"verbale/internal/mailtest"
)

func TestPostOfficeKnowsTheDeskFromOthers(t *testing.T) {
	office, err := mailtest.OpenPostOffice("tc@desk.unece.example", "secret")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(office.Close)
	var heard []string
	office.OnDelivery(func(address string, _ mailtest.Received) { heard = append(heard, address) })
	raw := []byte("Subject: hello\r\n\r\nHello.\r\n")
	recipients := []string{"TC@desk.unece.example", "Chief@unece.example"}
	if err := mailtest.Send(office.SMTP.Address(), "ministry@economy.example", recipients, raw); err != nil {
		t.Fatal(err)
	}
	if got := office.Mail("chief@UNECE.example"); len(got) != 1 || string(got[0].Raw) != string(raw) {
		t.Errorf("kept for the chief: %+v", got)
	}
	if !slices.Equal(heard, []string{"chief@unece.example"}) || !slices.Equal(office.Addresses(), heard) {
		t.Errorf("heard of %q, addresses %q", heard, office.Addresses())
	}
	if got := inbox(t, office); len(got) != 1 || !strings.HasPrefix(got[0], "Return-Path: <ministry@economy.example>\r\nSubject: hello\r\n") {
		t.Errorf("INBOX: %q", got)
	}
}

func inbox(t *testing.T, office *mailtest.PostOffice) (mails []string) {
	t.Helper()
	client, err := imapclient.DialInsecure(office.IMAP.Address(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	if err := client.Login("tc@desk.unece.example", "secret").Wait(); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Select("INBOX", nil).Wait(); err != nil {
		t.Fatal(err)
	}
	whole := &imap.FetchItemBodySection{Peek: true}
	messages, err := client.Fetch(imap.UIDSet{{Start: 1, Stop: 0}}, &imap.FetchOptions{BodySection: []*imap.FetchItemBodySection{whole}}).Collect()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range messages {
		mails = append(mails, string(m.FindBodySection(whole)))
	}
	return mails
}

func TestServersForgetNothingWhileStopped(t *testing.T) {
	server, err := mailtest.StartSMTP(mailtest.SMTPOptions{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	address := server.Address()
	for range 3 {
		if err := mailtest.Send(address, "", []string{"a@x.example"}, []byte("Subject: x\r\n\r\n")); err != nil {
			t.Fatal(err)
		}
		server.Stop()
		if err := mailtest.Send(address, "", []string{"a@x.example"}, nil); err == nil {
			t.Fatal("a stopped server took a mail")
		}
		if err := server.Start(); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(server.Received()); n != 3 || server.Address() != address {
		t.Errorf("%d mails at %s", n, server.Address())
	}
}
