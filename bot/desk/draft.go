package desk

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/mail"
	"strings"
	"time"

	"verbale/bot"
	"verbale/intake"
)

// A draft is a mail as written by a colleague, carried from the form to the preview and from
// there to the order.
type draft struct {
	To       string      `json:"to"`
	Cc       string      `json:"cc,omitempty"`
	Subject  string      `json:"subject"`
	Text     string      `json:"text"`
	Purpose  bot.Purpose `json:"purpose"`
	Language string      `json:"language"`
	Since    time.Time   `json:"since"`
}

// packed compresses a draft to fit into the state of a form; false if the text is too long for
// that.
func (d draft) packed() (string, bool) {
	raw, err := json.Marshal(d)
	if err != nil {
		return "", false // impossible: it holds strings and a time
	}
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestCompression)
	if err != nil {
		return "", false // impossible: the level is a constant
	}
	_, _ = w.Write(raw) // writing to a buffer cannot fail
	_ = w.Close()
	text := base64.RawURLEncoding.EncodeToString(out.Bytes())
	return text, len(text) <= MaxState-len(stateDraft)
}

// draftIn decodes what packed encoded.
func draftIn(text string) (d draft, err error) {
	packed, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return d, fmt.Errorf("read a draft: %w", err)
	}
	raw, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), maxDraft))
	if err != nil {
		return d, fmt.Errorf("read a draft: %w", err)
	}
	if err := json.Unmarshal(raw, &d); err != nil {
		return d, fmt.Errorf("read a draft: %w", err)
	}
	return d, nil
}

// maxDraft limits the decompressed size of a draft in bytes: each character of a text of
// MaxText may take six.
const maxDraft = 64 << 10

// reply is the order that a draft stands for.
func (d draft) reply() (bot.Reply, error) {
	to, err := addresses(d.To)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("read the recipients of a draft: %w", err)
	}
	cc, err := addresses(d.Cc)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("read the copies of a draft: %w", err)
	}
	return bot.Reply{To: to, Cc: cc, Subject: d.Subject, Text: d.Text, Language: d.Language, Purpose: d.Purpose, Since: d.Since}, nil
}

// values are the input values of the reply form for a draft.
func (d draft) values() Values {
	return Values{
		inputTo: {d.To}, inputCc: {d.Cc}, inputSubject: {d.Subject}, inputText: {d.Text}, inputPurpose: {string(d.Purpose)},
		stateLanguage: {d.Language}, stateSince: {d.Since.Format(time.RFC3339Nano)},
	}
}

// addresses parses a list of addresses, separated by commas or semicolons.
func addresses(line string) ([]intake.Address, error) {
	line = strings.Trim(strings.ReplaceAll(oneLine(line), ";", ","), ", ")
	if line == "" {
		return nil, nil
	}
	parsed, err := mail.ParseAddressList(line)
	if err != nil {
		return nil, err
	}
	list := make([]intake.Address, len(parsed))
	for i, a := range parsed {
		list[i] = intake.Address{Name: a.Name, Address: a.Address}
	}
	return list, nil
}
