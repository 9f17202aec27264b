package bot

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"verbale/intake"
)

func lower(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

func domainOf(address string) string {
	return lower(address[strings.LastIndex(address, "@")+1:])
}

func spaceOrControl(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }

// own reports whether an address is one from which we write ourselves.
func (s *Service) own(address string) bool {
	return strings.EqualFold(address, s.Office.Desk.Address) || domainOf(address) == lower(s.Office.Domain)
}

// internal reports whether an address is that of a colleague.
func (s *Service) internal(address string) bool {
	return s.Directory.Internal(address) || slices.ContainsFunc(s.Office.InternalDomains, func(d string) bool {
		domain, own := domainOf(address), lower(d)
		return domain == own || strings.HasSuffix(domain, "."+own)
	})
}

// failedDMARC finds the verdict that a mail does not come from the domain it
// claims (RFC 8601, section 2.7.1; RFC 7489).
var failedDMARC = regexp.MustCompile(`(?i)\bdmarc\s*=\s*fail\b`)

// fromColleague reports whether a mail comes from the house, as far as the
// receiving server could tell.
func (s *Service) fromColleague(m *intake.Message) bool {
	return s.internal(m.From.Address) && !slices.ContainsFunc(m.Signs.AuthenticationResults, failedDMARC.MatchString)
}

// ourOwnMail says how a mail shows that we sent it ourselves; "" where we did not.
func (s *Service) ourOwnMail(m *intake.Message) string {
	switch {
	case m.Signs.LoopMark:
		return "our own mail came back: it carries our loop mark"
	case s.own(m.From.Address):
		return "our own mail came back: it is from our address"
	case m.MessageID != "" && domainOf(m.MessageID) == lower(s.Office.Domain):
		return "our own mail came back: it carries a Message-ID of ours"
	}
	return ""
}

// sameHouse reports whether two addresses share a domain that belongs to one
// institution; that two people use one mail provider says nothing.
func (s *Service) sameHouse(a, b string) bool {
	domain := domainOf(a)
	return strings.Contains(a, "@") && domain == domainOf(b) && !s.Vocabulary.IsNeutralDomain(domain)
}

// knownTo reports whether an address may add to a record without asking.
func (s *Service) knownTo(rec *intake.Record, address string) bool {
	return slices.ContainsFunc(rec.Correspondents, func(c string) bool {
		return c == lower(address) || s.sameHouse(c, address)
	})
}

// addressesRequester reports whether a mail goes to the requester of a record.
func (s *Service) addressesRequester(m *intake.Message, rec *intake.Record) bool {
	return slices.ContainsFunc(slices.Concat(m.To, m.Cc), func(to intake.Address) bool {
		if s.internal(to.Address) || s.own(to.Address) {
			return false
		}
		proposed := rec.Request != nil && strings.EqualFold(rec.Request.Requester.Email, to.Address)
		return proposed || s.knownTo(rec, to.Address)
	})
}

// actor names a colleague in a history: by directory id where there is one.
func (s *Service) actor(address string) string {
	if id, ok := s.Directory.Holder(address); ok && id != "" {
		return id
	}
	return lower(address)
}
