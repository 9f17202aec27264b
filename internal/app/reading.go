package app

import (
	"context"
	"crypto/sha256"
	"fmt"
	"log/slog"
	"path/filepath"
	"runtime/debug"

	"verbale/intake"
	"verbale/intake/eml"
	"verbale/internal/doctext"
)

// A mailReader parses the bytes of a mail into a Message, including attachments. It never
// fails: if parsing panics, the result is an unreadable message, for a person to open.
type mailReader struct {
	documents *doctext.Extractor
	log       *slog.Logger
}

// newMailReader caches text recognised in scans in the folder ocr of dataDir, or in the user's
// cache folder if dataDir is "".
func newMailReader(dataDir string, log *slog.Logger) *mailReader {
	o := doctext.Options{Log: log}
	if dataDir != "" {
		o.TextDir = filepath.Join(dataDir, "ocr")
	}
	return &mailReader{documents: doctext.New(o), log: log}
}

func (r *mailReader) Close() error { return r.documents.Close() }

// message parses one mail. If raw is truncated, whole is the size of the mail as far as it is
// known; else 0.
func (r *mailReader) message(ctx context.Context, raw []byte, whole int) (m *intake.Message) {
	defer func() {
		if broken := recover(); broken != nil {
			r.log.ErrorContext(ctx, "panic while a mail was parsed", "bytes", len(raw), whatBroke(broken))
			m = unreadable(&intake.Message{Fingerprint: fmt.Sprintf("sha256:%x", sha256.Sum256(raw)), Size: len(raw)})
		}
	}()
	m = eml.Parse(ctx, raw, eml.Options{TextOf: r.documents.TextOf})
	if whole > len(raw) {
		m.Size = whole
		m.Problems = append(m.Problems, fmt.Sprintf("the mail is too large: only its first %d bytes were read", len(raw)))
	}
	return m
}

// unreadable keeps only what identifies a message and its sender, and nothing on which reading
// could panic again.
func unreadable(m *intake.Message) *intake.Message {
	return &intake.Message{
		MessageID: m.MessageID, Fingerprint: m.Fingerprint, Size: m.Size,
		From: m.From, ReplyTo: m.ReplyTo, Subject: m.Subject, Date: m.Date, Signs: m.Signs,
		Unreadable: "broken",
		Problems:   append(m.Problems, "the mail broke its reader and waits for a person"),
	}
}

// whatBroke logs the type and stack of a panic, but not its value, which may contain content
// of the mail.
func whatBroke(panicked any) slog.Attr {
	return slog.GroupAttrs("", slog.String("panic", fmt.Sprintf("%T", panicked)), slog.String("stack", string(debug.Stack())))
}

// guarded calls work with a message. If it panics, guarded repeats it with the unreadable
// message, so that the mail gets an outcome nevertheless.
func guarded[R any](log *slog.Logger, m *intake.Message, work func(*intake.Message) R) (result R) {
	defer func() {
		if broken := recover(); broken != nil {
			log.Error("panic while a mail was read", "bytes", m.Size, whatBroke(broken))
			result = work(unreadable(m))
		}
	}()
	return work(m)
}
