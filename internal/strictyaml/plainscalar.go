package strictyaml

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// key reads a key and the colon after it.
func (p *plainReader) key() string {
	mustBe(p.line != "")
	var key string
	if p.line[0] == '"' || p.line[0] == '\'' {
		key = p.quoted()
	} else {
		end := strings.IndexByte(p.line, ':')
		mustBe(end > 0 && isPlainKey(p.line[:end]))
		key = p.line[:end]
		p.take(end)
	}
	mustBe(p.line == ":" || strings.HasPrefix(p.line, ": "))
	p.take(len(":"))
	return key
}

// isPlainKey reports whether a key without quotes is letters and digits, and
// marks between them that mean nothing.
func isPlainKey(key string) bool {
	return strings.IndexFunc(key, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '-' && r != '.'
	}) < 0 && (isText(key) || isWhole(strings.TrimPrefix(key, "-")))
}

// quoted reads a text in quotes that ends on its line and holds no escapes.
func (p *plainReader) quoted() string {
	quote := p.line[0]
	end := strings.IndexByte(p.line[1:], quote)
	mustBe(end >= 0)
	text := p.line[1 : 1+end]
	mustBe(quote == '\'' || strings.IndexByte(text, '\\') < 0)
	p.take(len(text) + 2)
	mustBe(p.line == "" || p.line[0] != quote) // one written twice stands for itself
	return text
}

// flowEnds are what may follow a value without quotes within brackets.
const flowEnds = ",]}"

// unquoted reads a value without quotes up to one of the ends, a comment or the
// end of its line. That it goes on in the next line shows there.
func (p *plainReader) unquoted(ends string) string {
	end := len(p.line)
	if comment := strings.Index(p.line, " #"); comment >= 0 {
		end = comment
	}
	if i := strings.IndexAny(p.line[:end], ends); i >= 0 {
		end = i
	}
	text := strings.TrimRight(p.line[:end], " ")
	mustBe(text != "" && !strings.ContainsAny(text, ":[]{}"))
	p.take(len(text))
	return text
}

// isText reports whether YAML surely takes a value without quotes for a text.
func isText(s string) bool {
	switch s {
	case "", "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE":
		return false
	}
	first, _ := utf8.DecodeRuneInString(s)
	switch {
	case unicode.IsLetter(first):
		return true
	case '1' <= first && first <= '9' || first == '+':
		return strings.Contains(s, " ") || isDigitsAndLetters(s) && !isNumber(s)
	}
	return false
}

func isDigitsAndLetters(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) < 0
}

func isNumber(s string) bool {
	_, err := strconv.ParseFloat(s, 64)
	return err == nil
}

// isWhole reports whether a value is a whole number as one writes it.
func isWhole(s string) bool {
	return s == "0" || s != "" && s[0] != '0' && len(s) < 10 && strings.Trim(s, "0123456789") == ""
}
