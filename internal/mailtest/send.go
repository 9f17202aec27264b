package mailtest

import (
	"bytes"
	"fmt"

	"github.com/emersion/go-smtp"
)

// Send sends a mail by SMTP to a server that needs no login. from is the envelope sender,
// "" for the null return path.
func Send(address, from string, to []string, raw []byte) error {
	client, err := smtp.Dial(address)
	if err != nil {
		return fmt.Errorf("connect to %s: %w", address, err)
	}
	defer client.Close()
	if err := client.SendMail(from, to, bytes.NewReader(raw)); err != nil {
		return fmt.Errorf("send a mail to %s: %w", address, err)
	}
	return client.Quit()
}
