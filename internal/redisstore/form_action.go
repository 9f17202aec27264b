package redisstore

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"verbale/bot"
	"verbale/intake"
)

// actionVersion is the version of storedAction that this program writes.
const actionVersion = 1

// A storedAction is the immutable part of an action. The mutable part precedes it in a header
// line that scripts can read and write.
type storedAction struct {
	V        int            `json:"v"`
	Kind     bot.ActionKind `json:"kind"`
	Mail     *storedMail    `json:"mail,omitempty"`
	Post     *storedPost    `json:"post,omitempty"`
	Room     string         `json:"room,omitempty"`
	Revision int64          `json:"revision,omitempty"`
	Records  []string       `json:"records,omitzero"`
	Part     *storedPart    `json:"part,omitempty"`
	Source   string         `json:"source,omitempty"`
	Places   []string       `json:"places,omitzero"`
	Request  string         `json:"request,omitempty"`
}

type storedPost struct {
	Title    string            `json:"title,omitempty"`
	What     string            `json:"what,omitempty"`
	Actor    string            `json:"actor,omitempty"`
	Detail   string            `json:"detail,omitempty"`
	Body     string            `json:"body,omitempty"`
	Language string            `json:"language,omitempty"`
	Identity string            `json:"identity,omitempty"`
	Reminder string            `json:"reminder,omitempty"`
	Step     intake.StepName   `json:"step,omitempty"`
	Sections []bot.PostSection `json:"sections,omitzero"`
}

type storedPart struct {
	Summary  string           `json:"summary,omitempty"`
	Themes   []string         `json:"themes,omitzero"`
	Services []intake.Service `json:"services,omitzero"`
	Owner    string           `json:"owner,omitempty"`
}

type storedMail struct {
	MessageID  string          `json:"message_id"`
	To         []storedAddress `json:"to,omitzero"`
	Cc         []storedAddress `json:"cc,omitzero"`
	Subject    string          `json:"subject"`
	Text       string          `json:"text"`
	HTML       string          `json:"html,omitempty"`
	Language   string          `json:"language,omitempty"`
	InReplyTo  string          `json:"in_reply_to,omitempty"`
	References []string        `json:"references,omitzero"`
	Automatic  bool            `json:"automatic,omitempty"`
}

// Fields of the header line of an action, separated by tabs; scripts count
// them from 1. Moments are Unix milliseconds, "" for none.
const (
	headState     = iota // bot.ActionState
	headReference        // reference of the record
	headGroup            // rate group, "" for none
	headAttempts         //
	headDue              // when it may be claimed
	headDeferred         // flagDeferred if it is deferred by its group's rate limit
	headOwner            // current or last holder of the lease
	headUntil            // end of the lease
	headDone             // when it was done, skipped or parked
	headResult           //
	headError            // error text of the last failure, for the operator
	headMouth            // mouth that performs it
	headLane             // "" for none
	headFields           // number of fields
)

// headFieldsOfOld is the number of fields in the older format, in which all actions were
// mail.
const headFieldsOfOld = headMouth

// flagDeferred marks a deferred action in its header line.
const flagDeferred = "1"

// maxNote limits results and error texts, in bytes.
const maxNote = 500

func note(s string) string {
	return oneLine(cut(intake.Text{Content: strings.ToValidUTF8(s, "�")}, maxNote).Content)
}

func milliseconds(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return strconv.FormatInt(t.UnixMilli(), 10)
}

func fromMilliseconds(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return time.Time{}, fmt.Errorf("time %q is not a number", s)
	}
	return time.UnixMilli(n).UTC(), nil
}

func storeAction(a bot.Action) storedAction {
	return storedAction{
		V: actionVersion, Kind: a.Kind, Mail: storeMail(a.Mail), Post: (*storedPost)(a.Post),
		Room: a.Room, Revision: a.Revision, Records: a.Records, Part: (*storedPart)(a.Part), Source: a.Source, Places: a.Places,
		Request: a.Request,
	}
}

func packAction(a bot.Action) ([]byte, error) {
	body, err := pack(storeAction(a))
	if err != nil {
		return nil, err
	}
	head := make([]string, headFields)
	head[headState] = string(stateAtBirth(a))
	head[headReference] = a.Reference
	head[headGroup] = oneLine(a.RateGroup)
	head[headAttempts] = strconv.Itoa(a.Attempts)
	head[headDue] = milliseconds(a.Due)
	if a.Deferred {
		head[headDeferred] = flagDeferred
	}
	head[headDone] = milliseconds(a.DoneAt)
	head[headResult] = note(a.Result)
	head[headError] = note(a.LastError)
	head[headMouth] = string(a.Kind.Mouth())
	head[headLane] = oneLine(a.Lane)
	return append([]byte(strings.Join(head, "\t")+"\n"), body...), nil
}

func stateAtBirth(a bot.Action) bot.ActionState {
	if a.State == "" {
		return bot.ActionPending
	}
	return a.State
}

// unpackAction decodes an action. If the body cannot be decoded, it returns the contents of
// the header line together with the error.
func unpackAction(key, value string) (bot.Action, error) {
	return unpackActionBy(key, value, unpackBody)
}

func unpackBody(body string) (s storedAction, err error) {
	if err = unpack([]byte(body), &s); err == nil {
		err = checkVersion(s.V, actionVersion)
	}
	return s, err
}

func unpackActionBy(key, value string, unpackBody func(string) (storedAction, error)) (bot.Action, error) {
	head, err := splitAction(value)
	if err != nil {
		return bot.Action{}, fmt.Errorf("action %s: %w", key, err)
	}
	a := bot.Action{
		Key: key, Reference: head[headReference], State: bot.ActionState(head[headState]),
		RateGroup: head[headGroup], Lane: head[headLane], Deferred: head[headDeferred] == flagDeferred,
		Result: head[headResult], LastError: head[headError],
	}
	if err := readNumbers(&a, head); err != nil {
		return a, fmt.Errorf("action %s: %w", key, err)
	}
	s, err := unpackBody(bodyOf(value))
	if err != nil {
		return a, fmt.Errorf("action %s: %w", key, err)
	}
	a.Kind, a.Mail, a.Post, a.Part = s.Kind, s.Mail.load(), (*bot.Post)(s.Post), (*bot.Part)(s.Part)
	a.Room, a.Revision, a.Records, a.Source, a.Places, a.Request = s.Room, s.Revision, s.Records, s.Source, s.Places, s.Request
	return a, nil
}

// bodyOf returns what follows the header line.
func bodyOf(value string) string {
	_, body, _ := strings.Cut(value, "\n")
	return body
}

// splitAction parses the header line.
func splitAction(value string) ([]string, error) {
	line, _, found := strings.Cut(value, "\n")
	head := strings.Split(line, "\t")
	if len(head) == headFieldsOfOld {
		head = append(head, string(bot.MouthMail), "")
	}
	if !found || len(head) != headFields {
		return nil, errors.New("malformed header line")
	}
	return head, nil
}

func readNumbers(a *bot.Action, head []string) (err error) {
	if a.Attempts, err = strconv.Atoi(head[headAttempts]); err != nil {
		return fmt.Errorf("attempts %q is not a number", head[headAttempts])
	}
	if a.Due, err = fromMilliseconds(head[headDue]); err != nil {
		return err
	}
	a.DoneAt, err = fromMilliseconds(head[headDone])
	return err
}

func storeMail(m *bot.Mail) *storedMail {
	if m == nil {
		return nil
	}
	return &storedMail{
		MessageID: m.MessageID, To: each(m.To, storeAddress), Cc: each(m.Cc, storeAddress),
		Subject: m.Subject, Text: m.Text, HTML: m.HTML, Language: m.Language, InReplyTo: m.InReplyTo,
		References: m.References, Automatic: m.Automatic,
	}
}

func (s *storedMail) load() *bot.Mail {
	if s == nil {
		return nil
	}
	return &bot.Mail{
		MessageID: s.MessageID, To: each(s.To, storedAddress.load), Cc: each(s.Cc, storedAddress.load),
		Subject: s.Subject, Text: s.Text, HTML: s.HTML, Language: s.Language, InReplyTo: s.InReplyTo,
		References: s.References, Automatic: s.Automatic,
	}
}
