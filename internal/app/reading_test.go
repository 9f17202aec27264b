package app

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"verbale/intake"
)

// A panic of a reader may contain text of the mail. The log must have the type and the source
// position of the panic, but no text of the mail.
func TestThePanicOfAReaderIsLoggedWithoutWordsOfTheMail(t *testing.T) {
	const word = "QUIETWORD"
	for _, value := range []any{
		"cannot fold " + word, errors.New(word), fmt.Errorf("in %q", word), struct{ Text string }{word}, &intake.Message{Subject: word}, []byte(word),
	} {
		var log bytes.Buffer
		m := &intake.Message{Subject: word, Text: intake.Text{Content: word}}
		read := guarded(slog.New(slog.NewTextHandler(&log, nil)), m, func(m *intake.Message) string {
			if m.Unreadable == "" {
				panic(value)
			}
			return m.Unreadable
		})
		if read != "broken" || strings.Contains(log.String(), word) {
			t.Errorf("read as %q, and logged: %s", read, log.String())
		}
		for _, told := range []string{fmt.Sprintf("panic=%T", value), "reading_test.go:"} {
			if !strings.Contains(strings.ReplaceAll(log.String(), `"`, ""), told) {
				t.Errorf("%q is not logged: %s", told, log.String())
			}
		}
	}
}
