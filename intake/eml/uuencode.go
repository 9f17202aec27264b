package eml

import (
	"regexp"
	"strings"
)

// uuBegin is the line that begins a uuencoded file: mode and name (POSIX,
// uuencode).
var uuBegin = regexp.MustCompile(`(?m)^begin [0-7]{3,4} (\S.*)$`)

// withoutUU removes from the text the files that old programs embedded in it, and attaches
// them.
func (p *parser) withoutUU(text string) string {
	if !strings.Contains(text, "begin ") { // faster than the regular expression
		return text
	}
	var b strings.Builder
	for {
		found := uuBegin.FindStringSubmatchIndex(text)
		if found == nil {
			break
		}
		data, rest, ok := decodeUULines(text[found[1]:])
		if !ok || p.budget.parts <= 0 {
			b.WriteString(text[:found[1]])
			text = text[found[1]:]
			continue
		}
		p.budget.parts--
		p.note("a uuencoded file was taken out of the text")
		name := strings.TrimSpace(text[found[2]:found[3]])
		p.attach(entity{body: data, mediaType: "application/octet-stream", params: map[string]string{"name": name}})
		b.WriteString(text[:found[0]])
		text = rest
	}
	b.WriteString(text)
	return b.String()
}

// decodeUU decodes the transfer encoding x-uuencode.
func decodeUU(b []byte) (decoded []byte, problem string) {
	text := string(b)
	if begin := uuBegin.FindStringIndex(text); begin != nil {
		text = text[begin[1]:]
	}
	data, _, ok := decodeUULines(text)
	if !ok {
		return b, problemUU
	}
	return data, ""
}

// decodeUULines decodes the lines after "begin" up to "end"; ok is false if they are not
// uuencoded. It does not copy the rest, since a text may have "begin" on each line.
func decodeUULines(text string) (data []byte, rest string, ok bool) {
	_, rest, _ = strings.Cut(text, "\n") // the rest of the "begin" line
	for rest != "" {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		line = strings.TrimSuffix(line, "\r")
		if strings.TrimRight(line, " ") == "end" {
			return data, rest, true
		}
		if data, ok = appendUU(data, line); !ok {
			return nil, "", false
		}
	}
	return nil, "", false
}

// appendUU decodes one line: the number of its bytes, then four characters for every three
// bytes. Blanks at its end may have been lost in transit.
func appendUU(data []byte, line string) (_ []byte, ok bool) {
	if len(line) == 0 {
		return data, true
	}
	size := int(line[0]-' ') & 0x3F
	const longest = 62 // characters of a well-formed line, and one or two more
	if line[0] < ' ' || line[0] > '`' || len(line) > longest || len(line)-1 > (size+2)/3*4+2 {
		return data, false
	}
	at := func(i int) byte {
		if i+1 >= len(line) {
			return 0
		}
		return (line[i+1] - ' ') & 0x3F
	}
	var decoded []byte
	for i := 0; len(decoded) < size; i += 4 {
		decoded = append(decoded, at(i)<<2|at(i+1)>>4, at(i+1)<<4|at(i+2)>>2, at(i+2)<<6|at(i+3))
	}
	return append(data, decoded[:size]...), true
}
