package demo

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-message"
	"github.com/emersion/go-message/mail"
	"github.com/emersion/go-message/textproto"
	"golang.org/x/text/encoding/htmlindex"
)

// Mail writes the letter as RFC 5322 bytes, addressed to the given address.
func (l Letter) Mail(to string, now time.Time) ([]byte, error) {
	h, err := l.header(to, now)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	switch {
	case l.Bounce != nil:
		err = l.writeBounce(&out, h)
	case l.Attachment != nil:
		err = l.writeWithAttachment(&out, h)
	default:
		err = l.writeText(&out, h)
	}
	if err != nil {
		return nil, fmt.Errorf("compose %s: %w", l.Name, err)
	}
	return out.Bytes(), nil
}

func (l Letter) header(to string, now time.Time) (mail.Header, error) {
	var h mail.Header
	from, err := mail.ParseAddress(l.From)
	if err != nil {
		return h, fmt.Errorf("address %q: %w", l.From, err)
	}
	h.SetAddressList("From", []*mail.Address{from})
	h.SetAddressList("To", []*mail.Address{{Address: to}})
	h.SetSubject(l.Subject)
	h.SetDate(now)
	_, domain, _ := strings.Cut(from.Address, "@")
	h.SetMessageID(fmt.Sprintf("%s.%x@%s", l.Name, now.UnixNano(), domain))
	for name, value := range l.Headers {
		h.Set(name, value)
	}
	return h, nil
}

func (l Letter) writeText(out io.Writer, h mail.Header) error {
	body, err := l.encoded()
	if err != nil {
		return err
	}
	setText(&h.Header, l.charset())
	return writeEncoded(out, h.Header, body)
}

func (l Letter) writeWithAttachment(out io.Writer, h mail.Header) error {
	document, contentType, err := l.Attachment.document()
	if err != nil {
		return err
	}
	h.SetContentType("multipart/mixed", nil)
	w, err := message.CreateWriter(out, h.Header)
	if err != nil {
		return err
	}
	var text, attached message.Header
	setText(&text, "utf-8")
	attached.SetContentType(contentType, map[string]string{"name": mime.BEncoding.Encode("utf-8", l.Attachment.Filename)})
	attached.SetContentDisposition("attachment", map[string]string{"filename": l.Attachment.Filename})
	attached.Set("Content-Transfer-Encoding", "base64")
	if err := writePart(w, text, []byte(l.Body)); err != nil {
		return err
	}
	if err := writePart(w, attached, document); err != nil {
		return err
	}
	return w.Close()
}

func (l Letter) writeBounce(out io.Writer, h mail.Header) error {
	h.SetContentType("multipart/report", map[string]string{"report-type": "delivery-status"})
	w, err := message.CreateWriter(out, h.Header)
	if err != nil {
		return err
	}
	var text, status, returned message.Header
	setText(&text, "utf-8")
	status.SetContentType("message/delivery-status", nil)
	returned.SetContentType("text/rfc822-headers", nil)
	report := fmt.Sprintf("Reporting-MTA: dns; mx.ministry.example\r\n\r\nFinal-Recipient: rfc822; %s\r\nAction: failed\r\nStatus: %s\r\n",
		l.Bounce.Recipient, l.Bounce.Status)
	for _, part := range []struct {
		header  message.Header
		content string
	}{{text, l.Body}, {status, report}, {returned, "Subject: " + l.Bounce.Returned + "\r\n"}} {
		if err := writePart(w, part.header, []byte(part.content)); err != nil {
			return err
		}
	}
	return w.Close()
}

func (l Letter) charset() string {
	if l.Charset == "" {
		return "utf-8"
	}
	return l.Charset
}

// encoded returns the body in the letter's charset.
func (l Letter) encoded() ([]byte, error) {
	encoding, err := htmlindex.Get(l.charset())
	if err != nil {
		return nil, fmt.Errorf("charset %q: %w", l.Charset, err)
	}
	return encoding.NewEncoder().Bytes([]byte(l.Body))
}

// document makes the attachment's bytes and names their media type.
func (a *Attachment) document() ([]byte, string, error) {
	switch ext := path.Ext(a.Filename); ext {
	case ".docx":
		b, err := docx(a.Text)
		return b, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", err
	case ".pdf":
		b, err := pdf(a.Text)
		return b, "application/pdf", err
	default:
		return nil, "", fmt.Errorf("attachment %s: no document of this kind is made here", a.Filename)
	}
}

func setText(h *message.Header, charset string) {
	h.SetContentType("text/plain", map[string]string{"charset": charset})
	h.Set("Content-Transfer-Encoding", "base64")
}

// writeEncoded writes a mail whose body stands in its charset already; the
// library's own writer refuses all but UTF-8.
func writeEncoded(out io.Writer, h message.Header, body []byte) error {
	if err := textproto.WriteHeader(out, h.Header); err != nil {
		return err
	}
	for chunk := range slices.Chunk(body, 57) {
		if _, err := fmt.Fprintf(out, "%s\r\n", base64.StdEncoding.EncodeToString(chunk)); err != nil {
			return err
		}
	}
	return nil
}

func writePart(w *message.Writer, h message.Header, body []byte) error {
	part, err := w.CreatePart(h)
	if err != nil {
		return err
	}
	if _, err := part.Write(body); err != nil {
		return err
	}
	return part.Close()
}
