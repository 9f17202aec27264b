package eml_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"verbale/intake"
	"verbale/intake/eml"
	"verbale/internal/golden"
)

// TestFixtures parses each testdata/DEFECT.eml and compares the result with the golden file
// DEFECT.json.
func TestFixtures(t *testing.T) {
	files, err := filepath.Glob("testdata/*.eml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".eml")
		t.Run(name, func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			golden.Compare(t, filepath.Join("testdata", name+".json"), encode(t, viewOf(eml.Parse(context.Background(), raw, eml.Options{}))))
		})
	}
}

func encode(t *testing.T, v any) string {
	t.Helper()
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A view is a message as stored in a golden file, in which sections are given by their text.
type view struct {
	MessageID   string               `json:"message_id,omitempty"`
	InReplyTo   []string             `json:"in_reply_to,omitempty"`
	References  []string             `json:"references,omitempty"`
	Subject     string               `json:"subject"`
	From        intake.Address       `json:"from"`
	Sender      *intake.Address      `json:"sender,omitempty"`
	ReplyTo     []intake.Address     `json:"reply_to,omitempty"`
	To          []intake.Address     `json:"to,omitempty"`
	Cc          []intake.Address     `json:"cc,omitempty"`
	Date        string               `json:"date,omitempty"`
	Text        []string             `json:"text"`
	Attachments []attachmentView     `json:"attachments,omitempty"`
	Forwarded   *intake.Forward      `json:"forwarded,omitempty"`
	Signs       *intake.MachineSigns `json:"signs,omitempty"`
	Problems    []string             `json:"problems,omitempty"`
	Unreadable  string               `json:"unreadable,omitempty"`
}

type attachmentView struct {
	Filename    string   `json:"filename"`
	ContentType string   `json:"content_type"`
	Size        int      `json:"size"`
	Method      string   `json:"method"`
	Problem     string   `json:"problem,omitempty"`
	Inline      bool     `json:"inline,omitempty"`
	Text        []string `json:"text,omitempty"`
	Message     *view    `json:"message,omitempty"`
}

func viewOf(m *intake.Message) view {
	v := view{
		MessageID: m.MessageID, InReplyTo: m.InReplyTo, References: m.References, Subject: m.Subject, From: m.From,
		ReplyTo: m.ReplyTo, To: m.To, Cc: m.Cc, Text: sectionsOf(m.Text), Forwarded: m.Forwarded,
		Problems: m.Problems, Unreadable: m.Unreadable,
	}
	if m.Sender != (intake.Address{}) {
		v.Sender = &m.Sender
	}
	if !m.Date.IsZero() {
		v.Date = m.Date.Format(time.RFC3339)
	}
	if s := m.Signs; s.AutoSubmitted+s.Precedence+s.ListID != "" || s.AutoReply || s.NullReturn || s.Delivery != nil {
		v.Signs = &s
	}
	for _, a := range m.Attachments {
		v.Attachments = append(v.Attachments, attachmentViewOf(a))
	}
	return v
}

func attachmentViewOf(a intake.Attachment) attachmentView {
	v := attachmentView{Filename: a.Filename, ContentType: a.ContentType, Size: a.Size, Method: string(a.Method), Problem: a.Problem, Inline: a.Inline}
	if a.Text.Content != "" {
		v.Text = sectionsOf(a.Text)
	}
	if a.Message != nil {
		inner := viewOf(a.Message)
		v.Message = &inner
	}
	return v
}

func sectionsOf(t intake.Text) []string {
	if len(t.Sections) == 0 {
		return []string{"new: " + t.Content}
	}
	var sections []string
	for _, s := range t.Sections {
		sections = append(sections, string(s.Kind)+": "+t.Content[s.Start:s.End])
	}
	return sections
}
