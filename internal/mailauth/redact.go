package mailauth

import (
	"encoding/base64"
	"errors"
	"strings"

	"verbale/internal/secret"
)

// redact returns err unchanged unless its text contains one of the secrets, plain or in
// base64. Then it returns a new error with the secrets masked, without the wrapped errors,
// which still contain them.
func redact(err error, secrets []string) error {
	if err == nil {
		return nil
	}
	text := err.Error()
	for _, s := range secrets {
		if s == "" {
			continue
		}
		text = strings.ReplaceAll(text, s, secret.Mask)
		for _, encoded := range withinBase64(s) {
			text = strings.ReplaceAll(text, encoded, secret.Mask)
		}
	}
	if text == err.Error() {
		return err
	}
	return errors.New(text)
}

// shortestEncoded is the length of the shortest piece of base64 that is masked. Shorter
// ones reveal nothing and may occur in any text.
const shortestEncoded = 6

// withinBase64 returns the forms that a text can have inside of a longer text in base64,
// such as a SASL response. There are three, since it may begin at any of the three bytes
// of a group. Each consists of those characters that depend on nothing but the text.
func withinBase64(s string) (encoded []string) {
	for before := range 3 {
		all := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("x", before) + s))
		first, last := (8*before+5)/6, 8*(before+len(s))/6
		if last-first >= shortestEncoded {
			encoded = append(encoded, all[first:last])
		}
	}
	return encoded
}
