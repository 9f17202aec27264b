package mailauth

import (
	"encoding/base64"
	"errors"
	"log/slog"
	"strings"
)

// A Secret is a string that does not show itself when printed, logged or
// encoded; string(s) is the only way to its value.
type Secret string

const hidden = "[secret]"

func (Secret) String() string               { return hidden }
func (Secret) GoString() string             { return hidden }
func (Secret) LogValue() slog.Value         { return slog.StringValue(hidden) }
func (Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// redact returns err as it is, unless its text holds one of the secrets, plain
// or in base64: then it returns a new error without them and without the
// chain, through which they could still be read.
func redact(err error, secrets []string) error {
	if err == nil {
		return nil
	}
	text := err.Error()
	for _, s := range secrets {
		if strings.Trim(s, "\x00") == "" {
			continue
		}
		text = strings.ReplaceAll(text, s, hidden)
		text = strings.ReplaceAll(text, base64.StdEncoding.EncodeToString([]byte(s)), hidden)
	}
	if text == err.Error() {
		return err
	}
	return errors.New(text)
}
