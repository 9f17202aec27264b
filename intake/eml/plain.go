package eml

import (
	"strings"
)

// unflow joins the lines that format=flowed (RFC 3676) broke: a line that ends with a space
// continues in the next line of the same quotation depth.
func unflow(text string, delsp bool) string {
	var b strings.Builder
	b.Grow(len(text))
	open := -1 // quotation depth of a paragraph that continues
	for rest := text; rest != ""; {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		depth := len(line) - len(strings.TrimLeft(line, ">"))
		content := strings.TrimPrefix(line[depth:], " ") // space stuffing
		if open != depth || content == "-- " {
			if open >= 0 {
				b.WriteByte('\n')
			}
			b.WriteString(marks(depth))
		}
		open = depth
		if !strings.HasSuffix(content, " ") || content == "-- " {
			b.WriteString(content)
			b.WriteByte('\n')
			open = -1
			continue
		}
		if delsp {
			content = content[:len(content)-1]
		}
		b.WriteString(content)
	}
	return b.String()
}

func marks(depth int) string {
	if depth == 0 {
		return ""
	}
	return strings.Repeat(">", depth) + " "
}

const (
	pgpMessage   = "-----BEGIN PGP MESSAGE-----"
	pgpSigned    = "-----BEGIN PGP SIGNED MESSAGE-----"
	pgpSignature = "-----BEGIN PGP SIGNATURE-----"
	pgpEnd       = "-----END PGP SIGNATURE-----"
)

// armourless removes OpenPGP armour (RFC 9580). The text of a cleartext signature is kept, an
// encrypted message is removed.
func (p *parser) armourless(text string) string {
	if !strings.Contains(text, "-----BEGIN PGP ") {
		return text
	}
	if before, rest, ok := strings.Cut(text, pgpMessage); ok {
		p.encrypted = true
		p.note("an encrypted OpenPGP message was left out of the text")
		_, after, _ := strings.Cut(rest, "-----END PGP MESSAGE-----")
		return before + after
	}
	before, signed, ok := strings.Cut(text, pgpSigned+"\n")
	if !ok {
		return text
	}
	_, signed, _ = strings.Cut(signed, "\n\n") // armour header
	signed, rest, _ := strings.Cut(signed, pgpSignature)
	_, after, _ := strings.Cut(rest, pgpEnd)
	return before + strings.ReplaceAll("\n"+signed, "\n- ", "\n")[1:] + after
}
