package slackio

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"verbale/bot/desk"
)

// Limits of the data that blocks and views carry invisibly, in characters.
const (
	maxValue    = 2000 // of a button
	maxActionID = 255
	maxState    = 3000 // private_metadata of a view
)

// ErrTooLarge means that a press or the state of a form exceeds the limit of the field that
// carries it. It cannot be cut, as it would then mean something else.
var ErrTooLarge = errors.New("too large for Slack")

// packer escapes the characters that Slack returns as entities, and our own separator.
var packer = strings.NewReplacer("%", "%25", "&", "%26", "<", "%3C", ">", "%3E", "|", "%7C")

// pack joins parts such that Slack returns them unchanged.
func pack(parts ...string) string {
	for i, p := range parts {
		parts[i] = packer.Replace(p)
	}
	return strings.Join(parts, "|")
}

func unpack(s string) ([]string, error) {
	parts := strings.Split(s, "|")
	for i, p := range parts {
		plain, err := url.PathUnescape(p)
		if err != nil {
			return nil, fmt.Errorf("decode the value of a button: %w", err)
		}
		parts[i] = plain
	}
	return parts, nil
}

// packPress encodes a press in at most the given number of characters.
func packPress(p desk.Press, most int) (string, error) {
	s := pack(p.Name, p.Reference, strconv.FormatInt(p.Revision, 10), p.Value)
	return s, fits("press "+p.Name, s, most)
}

// unpackPress decodes what packPress encoded.
func unpackPress(s string) (desk.Press, error) {
	parts, err := unpack(s)
	if err != nil {
		return desk.Press{}, err
	}
	if len(parts) != 4 {
		return desk.Press{}, errors.New("decode the value of a button: it does not have four parts")
	}
	revision, err := strconv.ParseInt(parts[2], 10, 64)
	if err != nil {
		return desk.Press{}, fmt.Errorf("decode the value of a button: %w", err)
	}
	return desk.Press{Name: parts[0], Reference: parts[1], Revision: revision, Value: parts[3]}, nil
}

// formState is the state of a form as stored in private_metadata.
type formState struct {
	Name  string            `json:"n"`
	Press desk.Press        `json:"p"`
	State map[string]string `json:"s,omitempty"`
}

func packForm(f desk.Form) (string, error) {
	data, err := json.Marshal(formState{f.Name, f.Press, f.State})
	if err != nil {
		return "", fmt.Errorf("write the state of form %s: %w", f.Name, err)
	}
	return string(data), fits("state of form "+f.Name, string(data), maxState)
}

// unpackForm decodes the name, press and state of a form.
func unpackForm(s string) (desk.Form, error) {
	var c formState
	if err := json.Unmarshal([]byte(s), &c); err != nil {
		return desk.Form{}, fmt.Errorf("read the state of a form: %w", err)
	}
	return desk.Form{Name: c.Name, Press: c.Press, State: c.State}, nil
}

func fits(what, s string, most int) error {
	if n := utf8.RuneCountInString(s); n > most {
		return fmt.Errorf("%s has %d characters, %d at most: %w", what, n, most, ErrTooLarge)
	}
	return nil
}
