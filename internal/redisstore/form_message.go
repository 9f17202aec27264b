package redisstore

import (
	"strings"
	"time"
	"unicode/utf8"

	"verbale/bot"
	"verbale/intake"
)

// Versions of the other stored documents that this program writes.
const (
	letterVersion   = 1
	setAsideVersion = 1
	historyVersion  = 1
)

type storedLetter struct {
	V     int                `json:"v"`
	Parts []storedLetterPart `json:"parts"`
}

type storedLetterPart struct {
	Source   string          `json:"source"`
	Filename string          `json:"filename,omitempty"`
	Content  string          `json:"content"`
	Sections []storedSection `json:"sections,omitzero"`
}

type storedSection struct {
	Kind  intake.SectionKind `json:"kind"`
	Start int                `json:"start"`
	End   int                `json:"end"`
}

func storeSection(s intake.Section) storedSection { return storedSection(s) }
func (s storedSection) load() intake.Section      { return intake.Section(s) }

// packLetter packs a letter, keeping at most left bytes of its texts.
func packLetter(l *bot.Letter, left int) ([]byte, error) {
	stored := storedLetter{V: letterVersion}
	for _, p := range l.Parts {
		text := cut(p.Text, left)
		left -= len(text.Content)
		stored.Parts = append(stored.Parts, storedLetterPart{
			Source: p.Source, Filename: p.Filename,
			Content: text.Content, Sections: each(text.Sections, storeSection),
		})
	}
	return pack(stored)
}

func unpackLetter(packed []byte) (*bot.Letter, error) {
	var s storedLetter
	if err := unpack(packed, &s); err != nil {
		return nil, err
	}
	if err := checkVersion(s.V, letterVersion); err != nil {
		return nil, err
	}
	return &bot.Letter{Parts: each(s.Parts, func(p storedLetterPart) bot.LetterPart {
		text := intake.Text{Content: p.Content, Sections: each(p.Sections, storedSection.load)}
		return bot.LetterPart{Source: p.Source, Filename: p.Filename, Text: text}
	})}, nil
}

// cut truncates a text to a number of bytes without splitting a character, and keeps the
// sections that lie within.
func cut(t intake.Text, limit int) intake.Text {
	if len(t.Content) <= limit {
		return t
	}
	for limit > 0 && !utf8.RuneStart(t.Content[limit]) {
		limit--
	}
	kept := intake.Text{Content: t.Content[:limit]}
	for _, s := range t.Sections {
		if s.Start < limit {
			s.End = min(s.End, limit)
			kept.Sections = append(kept.Sections, s)
		}
	}
	return kept
}

type storedSetAside struct {
	V          int           `json:"v"`
	Identity   string        `json:"identity"`
	Kind       intake.Kind   `json:"kind,omitempty"`
	KindReason string        `json:"kind_reason,omitempty"`
	KindRemark *storedRemark `json:"kind_remark,omitempty"`
	Language   string        `json:"language,omitempty"`
	Reference  string        `json:"reference,omitempty"`
	Doubts     []storedDoubt `json:"doubts,omitzero"`
	Origin     storedOrigin  `json:"origin"`
	ReceivedAt time.Time     `json:"received_at,omitzero"`
}

func packSetAside(a *intake.SetAside) ([]byte, error) {
	kindReason, kindRemark := storeRemark(a.KindReason)
	return pack(storedSetAside{
		V: setAsideVersion, Identity: a.Identity, Kind: a.Kind, KindReason: kindReason, KindRemark: kindRemark,
		Language: a.Language, Reference: a.Reference, Doubts: each(a.Doubts, storeDoubt),
		Origin: storeOrigin(a.Origin), ReceivedAt: a.ReceivedAt,
	})
}

func unpackSetAside(packed []byte) (intake.SetAside, error) {
	var s storedSetAside
	if err := unpack(packed, &s); err != nil {
		return intake.SetAside{}, err
	}
	if err := checkVersion(s.V, setAsideVersion); err != nil {
		return intake.SetAside{}, err
	}
	return intake.SetAside{
		Identity: s.Identity, Kind: s.Kind, KindReason: loadRemark(s.KindReason, s.KindRemark), Language: s.Language,
		Reference: s.Reference, Doubts: each(s.Doubts, storedDoubt.load),
		Origin: s.Origin.load(), ReceivedAt: s.ReceivedAt,
	}, nil
}

type storedHistory struct {
	V      int           `json:"v"`
	At     time.Time     `json:"at"`
	Actor  string        `json:"actor"`
	What   string        `json:"what"`
	From   intake.Status `json:"from,omitempty"`
	To     intake.Status `json:"to,omitempty"`
	Reason string        `json:"reason,omitempty"`
	Detail string        `json:"detail,omitempty"`
}

func packHistory(e intake.HistoryEntry) ([]byte, error) {
	return pack(storedHistory{
		V: historyVersion, At: e.At, Actor: e.Actor, What: e.What,
		From: e.From, To: e.To, Reason: e.Reason, Detail: e.Detail,
	})
}

func unpackHistory(packed []byte) (intake.HistoryEntry, error) {
	var s storedHistory
	if err := unpack(packed, &s); err != nil {
		return intake.HistoryEntry{}, err
	}
	if err := checkVersion(s.V, historyVersion); err != nil {
		return intake.HistoryEntry{}, err
	}
	return intake.HistoryEntry{
		At: s.At, Actor: s.Actor, What: s.What,
		From: s.From, To: s.To, Reason: s.Reason, Detail: s.Detail,
	}, nil
}

// oneLine makes a text safe for a header line, whose fields are separated by tabs.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r == '\r' {
			return ' '
		}
		return r
	}, s)
}
