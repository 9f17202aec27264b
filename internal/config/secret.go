package config

import (
	"errors"
	"fmt"
	"log/slog"
)

// A Secret is a password or token. It shows a mask under every verb of fmt, in
// logs, and in JSON and YAML; only Reveal gives its value.
type Secret struct{ value string }

const mask = "[secret]"

// NewSecret wraps a value.
func NewSecret(value string) Secret { return Secret{value} }

// Reveal returns the value, to be handed to the one who needs it.
func (s Secret) Reveal() string { return s.value }

// IsZero reports whether there is no value.
func (s Secret) IsZero() bool { return s.value == "" }

// Format writes the mask, whatever the verb.
func (s Secret) Format(f fmt.State, _ rune) { fmt.Fprint(f, s.String()) }

// String returns the mask, or "" where there is no value.
func (s Secret) String() string {
	if s.IsZero() {
		return ""
	}
	return mask
}

// LogValue logs the mask.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText encodes the mask.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText refuses: secrets are not read from the configuration file.
func (*Secret) UnmarshalText([]byte) error { return errSecretInFile }

// errSecretInFile does not repeat what was written.
var errSecretInFile = misplaced{errors.New("a secret does not belong in this file")}

type misplaced struct{ error }

func (misplaced) Hint() string {
	return "put it into a file that only the service can read and name that with the same key and _file, or set its VERBALE_ variable; then change the secret, since it stood in the clear"
}
