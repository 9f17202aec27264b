// Package secret keeps passwords and tokens from being shown: a Value is printed, logged
// and encoded as a mask, and cannot be decoded from text.
package secret

import (
	"errors"
	"fmt"
	"log/slog"
)

// A Value is a password or token. It shows a mask under every verb of fmt, in
// logs, and in JSON and YAML; only Reveal gives its value.
type Value struct{ value string }

// Mask is what is shown in place of a secret.
const Mask = "[secret]"

// New wraps a value.
func New(value string) Value { return Value{value} }

// Reveal returns the value, to be handed to the one who needs it.
func (v Value) Reveal() string { return v.value }

// IsZero reports whether there is no value.
func (v Value) IsZero() bool { return v.value == "" }

// Format writes the mask, whatever the verb.
func (v Value) Format(f fmt.State, _ rune) { fmt.Fprint(f, v.String()) }

// String returns the mask, or "" where there is no value.
func (v Value) String() string {
	if v.IsZero() {
		return ""
	}
	return Mask
}

// LogValue logs the mask.
func (v Value) LogValue() slog.Value { return slog.StringValue(v.String()) }

// MarshalText encodes the mask.
func (v Value) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText returns an error: secrets are not read from the configuration file.
func (*Value) UnmarshalText([]byte) error { return errSecretInFile }

// errSecretInFile does not repeat the value.
var errSecretInFile = misplaced{errors.New("a secret does not belong in this file")}

type misplaced struct{ error }

// Hint says what to do instead, for strictyaml.
func (misplaced) Hint() string {
	return "put it into a file that only the service can read, and name the file under the same key with the suffix _file, or set its VERBALE_ variable; then change the secret, since it was stored unencrypted"
}
