package registry

import (
	"regexp"
	"slices"
	"strings"

	"verbale/intake"
	"verbale/routing"
)

func lower(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// own reports whether an address is one we send from: the desk's, or any of its domain if
// colleagues do not share it.
func (s *Service) own(address string) bool {
	return strings.EqualFold(address, s.Office.Desk.Address) ||
		intake.DomainOf(address) == lower(s.Office.Domain) && !s.sharedDomain
}

// Internal reports whether an address is a colleague's, or one we send from.
func (s *Service) Internal(address string) bool {
	return s.Directory.Internal(address) || s.own(address)
}

// sharesDomain reports whether colleagues have addresses in the desk's domain too, as with
// tc@unece.org. Then mail from that domain is not necessarily ours.
func sharesDomain(d *routing.Directory, domain string) bool {
	shared := slices.ContainsFunc(d.Desk.InternalDomains, func(own string) bool { return strings.EqualFold(own, domain) })
	for _, p := range d.Posts {
		shared = shared || intake.DomainOf(p.Address) == lower(domain)
	}
	for _, v := range d.Divisions {
		shared = shared || intake.DomainOf(v.Address) == lower(domain)
	}
	return shared
}

// Verdicts of the receiving server about mail that does not come from the domain it claims
// (RFC 8601, section 2.7; RFC 7489; compauth is Microsoft's).
var (
	failedDomain = regexp.MustCompile(`(?i)\b(dmarc|compauth)\s*=\s*fail\b`)
	failedHost   = regexp.MustCompile(`(?i)\bspf\s*=\s*(hard)?fail\b`)
	vouchedFor   = regexp.MustCompile(`(?i)\b(dkim|dmarc)\s*=\s*pass\b`)
)

// forged reports whether the receiving server found that a mail does not come from the domain
// it claims.
func forged(m *intake.Message) bool {
	return slices.ContainsFunc(m.Signs.AuthenticationResults, failedDomain.MatchString)
}

// fromColleague reports whether a mail comes from a colleague, as far as the receiving server
// could tell. Since colleagues can change records, an SPF failure is enough for doubt, unless
// a signature vouches for the mail; requesters' servers are too often misconfigured for that.
// Each header is judged separately, so that one forged by the sender does not outweigh
// another.
func (s *Service) fromColleague(m *intake.Message) bool {
	return s.Directory.Internal(m.From.Address) && !forged(m) &&
		!slices.ContainsFunc(m.Signs.AuthenticationResults, func(verdict string) bool {
			return failedHost.MatchString(verdict) && !vouchedFor.MatchString(verdict)
		})
}

// ourOwnMail says what shows that we sent a mail ourselves; false if nothing does.
func (s *Service) ourOwnMail(m *intake.Message) (how intake.Remark, ours bool) {
	switch {
	case m.Signs.LoopMark:
		return intake.Remark{ID: "kind.our_mark"}, true
	case s.own(m.From.Address):
		return intake.Remark{ID: "kind.our_address"}, true
	case s.referenceIn(m.MessageID) != "":
		return intake.Remark{ID: "kind.our_id"}, true
	}
	return intake.Remark{}, false
}

// sameInstitutionDomain reports whether two addresses share a domain that belongs to one institution.
// Sharing a public mail provider does not count.
func (s *Service) sameInstitutionDomain(a, b string) bool {
	domain := intake.DomainOf(a)
	return strings.Contains(a, "@") && domain != "" && domain == intake.DomainOf(b) && !s.Vocabulary.IsNeutralDomain(domain)
}

// knownTo reports whether mail from an address may be added to a record without asking: it is
// a correspondent's, or of the requester's institution.
func (s *Service) knownTo(rec *intake.Record, address string) bool {
	return slices.Contains(rec.Correspondents, lower(address)) || s.sameInstitutionDomain(s.requesterOf(rec), address)
}

// requesterOf is the requester's address; for a letter forwarded by a colleague, its author's.
func (s *Service) requesterOf(rec *intake.Record) string {
	if s.Directory.Internal(rec.Origin.From.Address) {
		return rec.Origin.AnswerTo.Address
	}
	return rec.Origin.From.Address
}

// ofTheRequester reports whether an address is the requester's or of their institution. Those
// copied in, or written to later, do not count.
func (s *Service) ofTheRequester(rec *intake.Record, address string) bool {
	requester := s.requesterOf(rec)
	return strings.EqualFold(address, requester) || strings.EqualFold(address, rec.Origin.AnswerTo.Address) || s.sameInstitutionDomain(requester, address)
}

// addressesRequester reports whether a mail goes to the requester of a record.
func (s *Service) addressesRequester(m *intake.Message, rec *intake.Record) bool {
	return slices.ContainsFunc(slices.Concat(m.To, m.Cc), func(to intake.Address) bool {
		if s.Directory.Internal(to.Address) || s.own(to.Address) {
			return false
		}
		proposed := rec.Request != nil && strings.EqualFold(rec.Request.Requester.Email, to.Address)
		return proposed || s.knownTo(rec, to.Address)
	})
}

// actor is the ID of a colleague in a history: the directory ID if there is one.
func (s *Service) actor(address string) string {
	if id, ok := s.Directory.Holder(address); ok && id != "" {
		return id
	}
	return lower(address)
}
