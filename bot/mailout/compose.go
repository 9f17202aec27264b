package mailout

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"mime"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/emersion/go-message"
	"golang.org/x/net/idna"

	"verbale/bot"
	"verbale/intake"
)

// LoopHeader marks our automatic mail, so that it is recognised when it comes back.
const LoopHeader = "X-Verbale-Loop"

// maxReferences is the maximum number of references in a mail: the first and the latest ones,
// since RFC 5322, section 3.6.4, builds threads from both ends. Without a limit, a sender's
// header could make ours arbitrarily long.
const maxReferences = 20

// A field is one header field, encoded.
type field struct{ name, value string }

// Compose returns the bytes of a mail in the format of RFC 5322: lines end with CRLF, none is
// longer than 998 bytes, and everything is ASCII. Date is now in its own time zone; loop
// ("office/desk") is the value of LoopHeader.
//
// Automatic mail carries Auto-Submitted: auto-replied (RFC 3834, section 5) and asks Exchange
// not to send automatic replies. It carries no Precedence header: RFC 3834 makes it optional
// (section 3.1.8), and "bulk" makes receivers file it as spam.
//
// Nothing in m can inject a header field or a recipient. Compose returns an error if an
// address or the Message-ID is malformed, or if there is no recipient. Malformed references
// are left out, since they come from other people's mail.
func Compose(m *bot.Mail, from intake.Address, now time.Time, loop string) ([]byte, error) {
	fields, err := headerFields(m, from, now, loop)
	if err != nil {
		return nil, err
	}
	plain := partOf("plain", m.Text)
	var out bytes.Buffer
	if m.HTML == "" {
		err = plain.write(func(h message.Header) (*message.Writer, error) { return message.CreateWriter(&out, h) }, fields...)
	} else {
		err = writeAlternatives(&out, fields, boundaryOf(m), plain, partOf("html", m.HTML))
	}
	if err != nil {
		return nil, fmt.Errorf("write the mail: %w", err)
	}
	if plain.encoding == base64Encoding && m.HTML == "" {
		out.WriteString("\r\n") // the encoder does not terminate its last line
	}
	return out.Bytes(), nil
}

// A part is one alternative (plain or HTML) of the text of a mail.
type part struct{ subtype, body, encoding string }

func partOf(subtype, text string) part {
	body, encoding := bodyOf(text)
	return part{subtype, body, encoding}
}

// write writes a part below a header that create opens; fields come before its own.
func (p part) write(create func(message.Header) (*message.Writer, error), fields ...field) error {
	w, err := create(headerOf(append(slices.Clone(fields),
		field{"Content-Type", "text/" + p.subtype + "; charset=utf-8"}, field{"Content-Transfer-Encoding", p.encoding})))
	if err != nil {
		return err
	}
	_, err = w.Write([]byte(p.body))
	return errors.Join(err, w.Close())
}

// writeAlternatives writes several alternatives of one text, the plainest first (RFC 2046,
// section 5.1.4).
func writeAlternatives(out *bytes.Buffer, fields []field, boundary string, parts ...part) error {
	fields = append(slices.Clone(fields), field{"Content-Type", `multipart/alternative; boundary="` + boundary + `"`})
	w, err := message.CreateWriter(out, headerOf(fields))
	if err != nil {
		return err
	}
	for _, p := range parts {
		if err := p.write(w.CreatePart); err != nil {
			return err
		}
	}
	return w.Close()
}

// boundaryOf is derived from the Message-ID, so that a mail sent again has the same bytes. It
// cannot occur in encoded text.
func boundaryOf(m *bot.Mail) string {
	sum := sha256.Sum256([]byte(m.MessageID))
	return "=_" + hex.EncodeToString(sum[:12])
}

func headerOf(fields []field) message.Header {
	var header message.Header
	for _, f := range slices.Backward(fields) { // the library writes the field added last first
		if f.value != "" {
			header.AddRaw(fold(f))
		}
	}
	return header
}

func headerFields(m *bot.Mail, from intake.Address, now time.Time, loop string) ([]field, error) {
	sender, err := addressList([]intake.Address{from})
	if err != nil {
		return nil, fmt.Errorf("sender: %w", err)
	}
	to, err := addressList(m.To)
	if err != nil {
		return nil, fmt.Errorf("recipient: %w", err)
	}
	cc, err := addressList(m.Cc)
	if err != nil {
		return nil, fmt.Errorf("copy recipient: %w", err)
	}
	if to == "" {
		return nil, errors.New("the mail has no recipient")
	}
	if !isMessageID(m.MessageID) {
		return nil, errors.New("the Message-ID is not of the form left@right")
	}
	fields := []field{
		{"MIME-Version", "1.0"},
		{"Date", now.Format("Mon, 02 Jan 2006 15:04:05 -0700")},
		{"Message-ID", "<" + m.MessageID + ">"},
		{"From", sender}, {"To", to}, {"Cc", cc},
		{"Subject", encodeWords(oneLine(m.Subject))},
		{"In-Reply-To", messageIDs([]string{m.InReplyTo})},
		{"References", messageIDs(m.References)},
		{"Content-Language", contentLanguage(m.Language)},
	}
	if m.Automatic {
		fields = append(fields, field{"Auto-Submitted", "auto-replied"},
			field{"X-Auto-Response-Suppress", "All"}, field{LoopHeader, encodeWords(oneLine(loop))})
	}
	return fields, nil
}

func addressList(list []intake.Address) (string, error) {
	var written []string
	for _, a := range list {
		address, err := asciiAddress(a.Address)
		if err != nil {
			return "", err
		}
		written = append(written, mailboxOf(oneLine(a.Name), address))
	}
	return strings.Join(written, ", "), nil
}

// mailboxOf writes a name and an address. Non-ASCII names always use base64: the Q encoding of
// package mime leaves characters unencoded that are not allowed in a name (RFC 2047, section
// 5, rule 3).
func mailboxOf(name, address string) string {
	if encoded := mime.BEncoding.Encode("utf-8", name); encoded != name {
		return encoded + " <" + address + ">"
	}
	return (&mail.Address{Name: name, Address: address}).String()
}

// errAddress does not repeat the address, since it is personal data.
var errAddress = errors.New("an address is not valid according to RFC 5321, or needs SMTPUTF8")

// asciiAddress checks an address and writes an international domain in its ASCII form (RFC
// 5890). Quoted local parts and address literals are refused: in practice they are only used
// for abuse.
func asciiAddress(address string) (string, error) {
	local, domain, _ := strings.Cut(address, "@")
	ascii, err := idna.Lookup.ToASCII(domain)
	if err != nil {
		return "", errAddress
	}
	written := local + "@" + ascii
	parsed, err := mail.ParseAddress(written)
	if err != nil || parsed.Address != written || parsed.Name != "" || len(written) > 254 || !printable(written, "()<>[]:;,\\\"") {
		return "", errAddress
	}
	return written, nil
}

// printable reports whether s is visible ASCII without the given characters.
func printable(s, without string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(without, r) })
}

func isMessageID(id string) bool {
	left, right, _ := strings.Cut(id, "@")
	return left != "" && right != "" && len(id) <= longestWord && printable(id, "<>()\\\"")
}

func messageIDs(ids []string) string {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !isMessageID(id) })
	if len(ids) == 0 {
		return ""
	}
	if len(ids) > maxReferences {
		ids = append(ids[:1], ids[len(ids)-maxReferences+1:]...)
	}
	return "<" + strings.Join(ids, "> <") + ">"
}

const (
	preferredLine = 76  // RFC 2047, section 2: the maximum for lines with encoded words
	longestWord   = 400 // far below the 998 bytes of a line, even if every character is escaped
)

// fold writes a field, and breaks its line before words that would make it too long. (The
// library puts encoded words on lines of up to 998 bytes.)
func fold(f field) []byte {
	out := []byte(f.name + ":")
	length := len(out)
	for word := range strings.SplitSeq(f.value, " ") {
		if length+1+len(word) > preferredLine {
			out = append(out, "\r\n"...)
			length = 0
		}
		out = append(append(out, ' '), word...)
		length += 1 + len(word)
	}
	return append(out, "\r\n"...)
}

// reverses reports whether a character changes the order in which the words around it are
// displayed (Unicode Bidirectional Algorithm, section 2). Such characters may come from
// senders, whose words and file names are quoted in outgoing mail.
func reverses(r rune) bool { return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 }

// oneLine makes a text fit for a header: control characters (including line breaks) and
// bidirectional controls become spaces, runs of spaces become one, and overlong words are
// split. Text that looks like an encoded word is altered so that it is not decoded as one.
func oneLine(s string) string {
	s = strings.ReplaceAll(s, "=?", "= ?")
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || reverses(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	var words []string
	for _, word := range strings.Fields(s) {
		for part := range slices.Chunk([]rune(word), longestWord) {
			words = append(words, string(part))
		}
	}
	return strings.Join(words, " ")
}

// encodeWords encodes a text as defined in RFC 2047, in the shorter of its two encodings.
func encodeWords(s string) string {
	q, b := mime.QEncoding.Encode("utf-8", s), mime.BEncoding.Encode("utf-8", s)
	if len(b) < len(q) {
		return b
	}
	return q
}

// languageTags matches a list of languages as defined in RFC 3282.
var languageTags = regexp.MustCompile(`^[a-z]{2,3}(, [a-z]{2,3}){0,4}$`)

func contentLanguage(languages string) string {
	if !languageTags.MatchString(languages) {
		return ""
	}
	return languages
}

const (
	quotedPrintable = "quoted-printable"
	base64Encoding  = "base64"
)

// lineFeeds converts all line endings to LF.
var lineFeeds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// bodyOf prepares the text for its encoding: quoted-printable if it stays readable, base64 if
// most of it would be escapes.
func bodyOf(text string) (body, encoding string) {
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = lineFeeds.Replace(text)
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || reverses(r) {
			return -1
		}
		return r
	}, text)
	text = strings.TrimRight(text, "\n") + "\n"
	foreign := 0
	for i := range len(text) {
		if text[i] >= 0x80 {
			foreign++
		}
	}
	encoding = quotedPrintable
	if foreign*6 > len(text) { // an escape turns one byte into three, base64 three bytes into four
		encoding = base64Encoding
	}
	return strings.ReplaceAll(text, "\n", "\r\n"), encoding
}
