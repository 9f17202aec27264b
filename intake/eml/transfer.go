package eml

import (
	"bytes"
	"encoding/base64"
	"strings"
)

// Problems of a transfer encoding.
const (
	problemUnknownEncoding = "unknown transfer encoding: the bytes are kept as they are"
	problemBase64          = "broken base64: read as far as it goes"
	problemNotBase64       = "declared as base64, but is not: the bytes are kept as they are"
	problemUU              = "declared as uuencoded, but is not: the bytes are kept as they are"
	problemQuotedPrintable = "broken quoted-printable: read as far as it goes"
)

// decodeTransfer decodes a Content-Transfer-Encoding (RFC 2045, section 6).
func decodeTransfer(encoding string, b []byte) (decoded []byte, problem string) {
	switch transferName(encoding) {
	case "", "7bit", "8bit", "binary", "7-bit", "8-bit", "none":
		return b, ""
	case "quoted-printable":
		return decodeQuotedPrintable(b)
	case "base64":
		return decodeBase64(b)
	case "x-uuencode", "x-uue", "uuencode", "x-uu":
		return decodeUU(b)
	}
	return b, problemUnknownEncoding
}

func transferName(encoding string) string {
	name, _, _ := strings.Cut(encoding, ";")
	return strings.ToLower(strings.Trim(stripComment(name), " \t\"'"))
}

func decodeBase64(b []byte) ([]byte, string) {
	compact := make([]byte, 0, len(b))
	strange := 0
	for i, c := range b {
		switch {
		case isBase64(c):
			compact = append(compact, c)
		case c == ' ':
			strange += boolInt(i > 0 && isBase64(b[i-1]) && i+1 < len(b) && isBase64(b[i+1])) // a space between words
		case c != '\r' && c != '\n' && c != '\t' && c != '=':
			strange++
		}
	}
	if strange*20 > len(compact) {
		return b, problemNotBase64
	}
	problem := ""
	if strange > 0 || len(compact)%4 == 1 {
		problem = problemBase64
		compact = compact[:len(compact)-boolInt(len(compact)%4 == 1)]
	}
	n, err := base64.RawStdEncoding.Decode(compact, compact)
	if err != nil {
		problem = problemBase64
	}
	return compact[:n], problem
}

// base64Size returns the decoded size without decoding.
func base64Size(b []byte) int {
	n := 0
	for _, c := range b {
		n += boolInt(isBase64(c))
	}
	return n * 3 / 4
}

func isBase64(c byte) bool {
	return 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '+' || c == '/'
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func decodeQuotedPrintable(b []byte) ([]byte, string) {
	out := make([]byte, 0, len(b))
	problem := ""
	for len(b) > 0 {
		line, rest := cutLine(b)
		ended := len(line) < len(b)
		b = rest
		line = bytes.TrimRight(line, " \t")
		soft := bytes.HasSuffix(line, []byte("="))
		if soft {
			line = line[:len(line)-1]
		}
		var ok bool
		if out, ok = appendUnquoted(out, line); !ok {
			problem = problemQuotedPrintable
		}
		if ended && !soft {
			out = append(out, '\n')
		}
	}
	return out, problem
}

// looksQuotedPrintable reports whether a large part of a text is written as =XX codes of
// non-ASCII characters.
func looksQuotedPrintable(b []byte) bool {
	const enough, fraction = 8, 8 // number of codes, and bytes of text per code
	codes := 0
	for i := 0; i+2 < len(b); i++ {
		if b[i] == '=' && unhex(b[i+1]) >= 8 && unhex(b[i+2]) >= 0 {
			codes++
		}
	}
	return codes >= enough && codes*fraction > len(b)
}

// appendUnquoted decodes the =XX codes of one line. A "=" that does not begin such a code is
// kept.
func appendUnquoted(out, line []byte) (_ []byte, ok bool) {
	ok = true
	for i := 0; i < len(line); i++ {
		if line[i] != '=' {
			out = append(out, line[i])
			continue
		}
		if i+2 < len(line) {
			if hi, lo := unhex(line[i+1]), unhex(line[i+2]); hi >= 0 && lo >= 0 {
				out = append(out, byte(hi<<4|lo))
				i += 2
				continue
			}
		}
		out = append(out, '=')
		ok = false
	}
	return out, ok
}
