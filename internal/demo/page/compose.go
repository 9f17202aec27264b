package page

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"mime"
	"path"
	"strings"
	"time"

	"github.com/emersion/go-message"
	"github.com/emersion/go-message/mail"
)

// A Draft is a mail that is being written on the page.
type Draft struct {
	From     string // "Name <address>"
	To       string
	Subject  string
	Body     string
	Answers  string // Message-ID of the mail to which it is an answer
	Filename string // of the document in the attachment, "" for none
	Document []byte
}

// mail writes the draft as RFC 5322 bytes and names its sender's address.
func (d Draft) mail(now time.Time) (raw []byte, from string, err error) {
	h, from, err := d.header(now)
	if err != nil {
		return nil, "", err
	}
	var out bytes.Buffer
	if d.Filename == "" {
		setText(&h)
		err = writeWhole(&out, h, d.Body)
	} else {
		err = d.writeWithDocument(&out, h)
	}
	if err != nil {
		return nil, "", fmt.Errorf("compose the mail: %w", err)
	}
	return out.Bytes(), from, nil
}

func (d Draft) header(now time.Time) (h message.Header, from string, err error) {
	sender, err := mail.ParseAddress(d.From)
	if err != nil {
		return h, "", fmt.Errorf("the sender %q is no mail address", d.From)
	}
	_, domain, _ := strings.Cut(sender.Address, "@")
	m := mail.Header{}
	m.SetAddressList("From", []*mail.Address{sender})
	m.SetAddressList("To", []*mail.Address{{Address: d.To}})
	m.SetSubject(d.Subject)
	m.SetDate(now)
	m.SetMessageID(strings.ToLower(rand.Text()) + "@" + domain)
	if d.Answers != "" {
		m.SetMsgIDList("In-Reply-To", []string{d.Answers})
		m.SetMsgIDList("References", []string{d.Answers})
	}
	return m.Header, sender.Address, nil
}

func setText(h *message.Header) {
	h.SetContentType("text/plain", map[string]string{"charset": "utf-8"})
	h.Set("Content-Transfer-Encoding", "base64")
}

func writeWhole(out *bytes.Buffer, h message.Header, body string) error {
	w, err := message.CreateWriter(out, h)
	if err != nil {
		return err
	}
	if _, err := w.Write([]byte(body)); err != nil {
		return err
	}
	return w.Close()
}

func (d Draft) writeWithDocument(out *bytes.Buffer, h message.Header) error {
	h.SetContentType("multipart/mixed", nil)
	w, err := message.CreateWriter(out, h)
	if err != nil {
		return err
	}
	var text, document message.Header
	setText(&text)
	kind := mime.TypeByExtension(path.Ext(d.Filename))
	if kind == "" {
		kind = "application/octet-stream"
	}
	document.SetContentType(kind, map[string]string{"name": mime.BEncoding.Encode("utf-8", d.Filename)})
	document.SetContentDisposition("attachment", map[string]string{"filename": d.Filename})
	document.Set("Content-Transfer-Encoding", "base64")
	for _, part := range []struct {
		header  message.Header
		content []byte
	}{{text, []byte(d.Body)}, {document, d.Document}} {
		if err := writePart(w, part.header, part.content); err != nil {
			return err
		}
	}
	return w.Close()
}

func writePart(w *message.Writer, h message.Header, content []byte) error {
	part, err := w.CreatePart(h)
	if err != nil {
		return err
	}
	if _, err := part.Write(content); err != nil {
		return err
	}
	return part.Close()
}
