package registry

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/bot"
	"verbale/bot/mailtext"
	"verbale/intake"
)

// In the text of a delivery report: a status code (RFC 3463) which says that a mail will not
// arrive, and a header line of the returned mail below it.
var (
	statusCode = regexp.MustCompile(`\b5\.\d{1,3}\.\d{1,3}\b`)
	headerLine = regexp.MustCompile(`^[> ]*(?:[A-Za-z][A-Za-z0-9-]*:|[ \t]+\S)`)
)

// plainReport recognises a delivery report in plain text, without the format of RFC 3464, as
// sent by qmail, Exim, old Exchange and others, if it names a mail of ours. It is only
// believed for addresses to which we sent that mail. Reports in the standard format, or about
// no mail of ours, are returned unchanged.
func (s *Service) plainReport(ctx context.Context, m *intake.Message) (*intake.Message, error) {
	if d := m.Signs.Delivery; d != nil && (d.OriginalID != "" || len(d.Recipients) == 0) {
		return m, nil
	}
	said, id := s.returnedBy(m)
	reference := s.referenceIn(id)
	if reference == "" {
		return m, nil
	}
	actions, err := s.Store.Actions(ctx, reference)
	if err != nil {
		return nil, fmt.Errorf("load the mails of %s: %w", reference, err)
	}
	d := intake.DeliveryReport{Action: deliveryFailed, Status: statusCode.FindString(said)}
	if _, delayed := s.cues.Find(said).First(mailtext.CueDelayed); delayed {
		d.Action = "delayed"
	}
	if m.Signs.Delivery != nil { // it lacks only the Message-ID
		d, said = *m.Signs.Delivery, strings.Join(m.Signs.Delivery.Recipients, "\n")
	}
	d.OriginalID, d.Recipients = id, namedIn(said, writtenTo(actions, id))
	read := *m
	read.Signs.Delivery = &d
	return &read, nil
}

// returnedBy is the text of a report before the returned mail, and the Message-ID of that
// mail, "" if it is not ours.
func (s *Service) returnedBy(m *intake.Message) (said, id string) {
	text := m.Text.Content
	if at := s.ownID.FindStringIndex(text); at != nil {
		return text[:startOfHeader(text, at[0])], text[at[0]:at[1]]
	}
	for _, a := range m.Attachments {
		if a.Message != nil && s.referenceIn(a.Message.MessageID) != "" {
			return text, a.Message.MessageID
		}
		if id := s.ownID.FindString(a.Text.Content); id != "" {
			return text, id
		}
	}
	return text, ""
}

// startOfHeader is where the header lines around an offset begin.
func startOfHeader(text string, at int) int {
	start := strings.LastIndexByte(text[:at], '\n') + 1
	for start > 0 {
		before := strings.LastIndexByte(text[:start-1], '\n') + 1
		if !headerLine.MatchString(text[before : start-1]) {
			break
		}
		start = before
	}
	return start
}

// writtenTo are the addresses to which the mail with a Message-ID was sent; none if it was not
// sent.
func writtenTo(actions []bot.Action, id string) (addresses []string) {
	for _, a := range actions {
		if !wentAs(a, id) {
			continue
		}
		for _, to := range slices.Concat(a.Mail.To, a.Mail.Cc) {
			addresses = union(addresses, []string{lower(to.Address)})
		}
	}
	return addresses
}

// wentAs reports whether an action was sent, or may be about to be, as the mail with a
// Message-ID, alone or combined with others.
func wentAs(a bot.Action, id string) bool {
	return a.Mail != nil && (strings.EqualFold(a.Result, id) || a.State == bot.ActionClaimed && strings.EqualFold(a.Mail.MessageID, id))
}

// namedIn are those of some addresses that a text contains. A single address need not be
// contained, since the report can be about nobody else.
func namedIn(text string, addresses []string) (named []string) {
	if len(addresses) == 1 {
		return addresses
	}
	text = lower(text)
	for _, address := range addresses {
		if namesAddress(text, address) {
			named = append(named, address)
		}
	}
	return named
}

func namesAddress(text, address string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], address)
		if i < 0 || address == "" {
			return false
		}
		start, end := from+i, from+i+len(address)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		if !ofAddress(before) && !ofAddress(firstRune(strings.TrimLeft(text[end:], "."))) {
			return true
		}
		from = end
	}
}

func firstRune(text string) rune {
	r, _ := utf8.DecodeRuneInString(text)
	return r
}

// ofAddress reports whether a rune may be part of an address.
func ofAddress(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("._%+-@", r)
}
