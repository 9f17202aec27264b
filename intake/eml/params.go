package eml

import (
	"slices"
	"strconv"
	"strings"
)

// parseParams parses "value; name=value; …" as in Content-Type and Content-Disposition. Unlike
// mime.ParseMediaType, it reads malformed fields as far as possible: unquoted values with
// spaces, missing quotes, repeated names.
func parseParams(s string) (value string, params map[string]string) {
	value, rest, _ := strings.Cut(s, ";")
	value = strings.ToLower(strings.TrimSpace(stripComment(value)))
	if before, after, ok := strings.Cut(value, " "); ok && strings.Contains(after, "=") { // the semicolon is missing
		_, written, _ := strings.Cut(strings.TrimSpace(s), " ")
		value, rest = before, written
	}
	for strings.TrimSpace(rest) != "" {
		var name, v string
		name, v, rest = cutParam(rest)
		if name == "" {
			continue
		}
		if params == nil {
			params = map[string]string{}
		}
		if _, repeated := params[name]; !repeated {
			params[name] = v
		}
	}
	return value, params
}

func stripComment(s string) string {
	before, _, _ := strings.Cut(s, "(")
	return before
}

// cutParam cuts the first parameter off s.
func cutParam(s string) (name, value, rest string) {
	s = strings.TrimLeft(s, " \t;")
	eq := strings.IndexAny(s, "=;")
	if eq < 0 || s[eq] == ';' {
		_, rest, _ = strings.Cut(s, ";")
		return "", "", rest
	}
	name = strings.ToLower(strings.TrimSpace(s[:eq]))
	s = strings.TrimLeft(s[eq+1:], " \t")
	if !strings.HasPrefix(s, `"`) {
		value, rest, _ = strings.Cut(s, ";")
		return name, strings.TrimSpace(value), rest
	}
	value, rest = cutQuoted(s[1:])
	_, rest, _ = strings.Cut(rest, ";")
	return name, value, rest
}

// cutQuoted parses a quoted string after its opening quote.
func cutQuoted(s string) (value, rest string) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return b.String(), s[i+1:]
		case s[i] == '\\' && i+1 < len(s):
			i++
			b.WriteByte(s[i])
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String(), ""
}

// textParam returns a parameter that people read, such as a file name. It decodes RFC 2231
// continuations and charsets, and RFC 2047 encoded words, which some programs use here
// although the standard does not allow it.
func (d *decoder) textParam(params map[string]string, name string) string {
	if v, ok := params[name+"*"]; ok {
		return d.extended(v)
	}
	if v, ok := joinContinuations(params, name); ok {
		if strings.Count(v, "'") >= 2 && strings.Contains(v, "%") {
			return d.extended(v)
		}
		return d.words(v)
	}
	return d.words(params[name])
}

// joinContinuations joins name*0, name*1*, … (RFC 2231, section 3).
func joinContinuations(params map[string]string, name string) (string, bool) {
	var numbers []int
	pieces := map[int]string{}
	for key, v := range params {
		suffix, ok := strings.CutPrefix(key, name+"*")
		if !ok {
			continue
		}
		n, err := strconv.Atoi(strings.TrimSuffix(suffix, "*"))
		if err != nil {
			continue
		}
		numbers = append(numbers, n)
		pieces[n] = v
	}
	slices.Sort(numbers)
	var b strings.Builder
	for _, n := range numbers {
		b.WriteString(pieces[n])
	}
	return b.String(), len(numbers) > 0
}

// extended decodes charset'language'percent-encoded-bytes (RFC 2231, section 4).
func (d *decoder) extended(v string) string {
	charset, rest, ok := strings.Cut(v, "'")
	if !ok {
		return d.text(unpercent(v), "")
	}
	_, encoded, ok := strings.Cut(rest, "'")
	if !ok {
		return d.text(unpercent(v), "")
	}
	return d.text(unpercent(encoded), charset)
}

func unpercent(s string) []byte {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if hi, lo := unhex(s[i+1]), unhex(s[i+2]); hi >= 0 && lo >= 0 {
				b = append(b, byte(hi<<4|lo))
				i += 2
				continue
			}
		}
		b = append(b, s[i])
	}
	return b
}

func unhex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}
