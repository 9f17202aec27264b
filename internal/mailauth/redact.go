package mailauth

import (
	"encoding/base64"
	"errors"
	"strings"

	"verbale/internal/secret"
)

// redact returns err as it is, unless its text holds one of the secrets, plain
// or in base64: then it returns a new error without them and without the
// chain, through which they could still be read.
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

// shortestEncoded is below how many characters a piece of base64 tells nothing,
// and may stand in any text.
const shortestEncoded = 6

// withinBase64 is how a text shows within a longer one in base64 (a SASL
// response holds more than the secret): the characters that depend on it alone,
// for each of the three places at which it may begin.
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
