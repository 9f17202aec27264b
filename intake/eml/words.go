package eml

import (
	"strings"
)

// words decodes a header value that people read. Encoded words within encoded words come from
// programs that encode twice.
func (d *decoder) words(value string) string {
	decoded := d.wordsOnce(value)
	if decoded == value || !strings.HasPrefix(decoded, "=?") || !strings.HasSuffix(decoded, "?=") {
		return decoded
	}
	d.note("a header that was encoded twice was decoded twice")
	return d.wordsOnce(decoded)
}

// wordsOnce decodes RFC 2047 encoded words, including malformed ones, in text that may contain
// raw 8-bit characters.
func (d *decoder) wordsOnce(value string) string {
	if !strings.Contains(value, "=?") {
		return d.raw(value)
	}
	var b strings.Builder
	var pending encodedRun
	for value != "" {
		start := strings.Index(value, "=?")
		word, rest, ok := encodedWord{}, "", false
		if start >= 0 {
			word, rest, ok = d.cutWord(value[start:])
		}
		if !ok {
			d.flush(&b, &pending)
			cut := len(value)
			if start >= 0 {
				cut = start + len("=?")
			}
			b.WriteString(d.raw(value[:cut]))
			value = value[cut:]
			continue
		}
		// RFC 2047, section 6.2: white space between encoded words is not shown.
		if between := value[:start]; strings.TrimSpace(between) != "" || pending.charset == "" {
			d.flush(&b, &pending)
			b.WriteString(d.raw(between))
		}
		if pending.charset != "" && pending.charset != word.charset {
			d.flush(&b, &pending)
		}
		pending.charset = word.charset
		pending.bytes = append(pending.bytes, word.bytes...)
		value = rest
	}
	d.flush(&b, &pending)
	return b.String()
}

// An encodedRun joins adjacent encoded words of one charset, since some programs split them in
// the middle of a character, which RFC 2047, section 5, does not allow.
type encodedRun struct {
	charset string
	bytes   []byte
}

func (d *decoder) flush(b *strings.Builder, run *encodedRun) {
	if run.charset != "" {
		b.WriteString(strings.ReplaceAll(d.text(run.bytes, run.charset), "\n", " "))
	}
	*run = encodedRun{}
}

type encodedWord struct {
	charset string
	bytes   []byte
}

// maxWord limits the search for the end of an encoded word. RFC 2047 allows 75 characters, but
// programs write whole subjects as one word.
const maxWord = 8 << 10

// cutWord cuts "=?charset?encoding?text?=" off the start of s.
func (d *decoder) cutWord(s string) (w encodedWord, rest string, ok bool) {
	charset, encoding, textAt := wordHead(s)
	if textAt < 0 {
		return w, "", false
	}
	length := wordLength(s)
	text := strings.TrimSuffix(s[textAt:length], "?=")
	if len(text) == length-textAt {
		d.note("an encoded word in the header is not closed")
		text = strings.TrimRight(text, " ?\"\t")
	}
	w.charset, _, _ = strings.Cut(strings.ToLower(charset), "*") // RFC 2231, section 5
	if encoding == 'b' || encoding == 'B' {
		w.bytes, _ = decodeBase64([]byte(text))
	} else {
		w.bytes, _ = appendUnquoted(nil, []byte(strings.ReplaceAll(text, "_", " ")))
	}
	return w, s[length:], true
}

// wordHead parses "=?charset?encoding?" and returns where the text begins, or a negative
// number if s does not start with it.
func wordHead(s string) (charset string, encoding byte, textAt int) {
	const longestName = 40
	end := strings.IndexByte(s[2:min(len(s), longestName)], '?') + 2
	if end < 3 || end+2 >= len(s) || s[end+2] != '?' || strings.ContainsAny(s[2:end], " \t=") {
		return "", 0, -1
	}
	if !strings.ContainsRune("bBqQ", rune(s[end+1])) {
		return "", 0, -1
	}
	return s[2:end], s[end+1], end + 3
}

// wordLength returns the length of the encoded word at the start of s. One without "?=" ends
// where an address or the next word begins.
func wordLength(s string) int {
	_, _, textAt := wordHead(s)
	if textAt < 0 {
		return len("=?")
	}
	text := s[textAt:min(len(s), maxWord)]
	if end := strings.Index(text, "?="); end >= 0 {
		return textAt + end + len("?=")
	}
	for _, stop := range []string{"<", "=?"} {
		if end := strings.Index(text, stop); end >= 0 {
			text = text[:end]
		}
	}
	return textAt + len(text)
}
