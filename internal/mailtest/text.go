package mailtest

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/emersion/go-message"
)

// TextOf decodes the body of a mail that has one text part; lines end with
// line feeds.
func TextOf(raw []byte) (string, error) {
	entity, err := message.Read(bytes.NewReader(raw))
	if err != nil {
		return "", fmt.Errorf("read the mail: %w", err)
	}
	body, err := io.ReadAll(entity.Body)
	if err != nil {
		return "", fmt.Errorf("decode the mail: %w", err)
	}
	return strings.ReplaceAll(string(body), "\r\n", "\n"), nil
}
