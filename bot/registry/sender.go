package registry

import (
	"regexp"
	"slices"
	"strings"

	"verbale/intake"
	"verbale/routing"
)

func lower(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// own reports whether an address is one from which we write ourselves: the
// desk's, or any of its domain where the desk has that to itself.
func (s *Service) own(address string) bool {
	return strings.EqualFold(address, s.Office.Desk.Address) ||
		intake.DomainOf(address) == lower(s.Office.Domain) && !s.sharedDomain
}

// OfTheHouse reports whether an address is a colleague's, or one from which we write
// ourselves.
func (s *Service) OfTheHouse(address string) bool {
	return s.Directory.Internal(address) || s.own(address)
}

// sharesDomain reports whether colleagues, too, have addresses in the desk's
// domain, as where it is tc@unece.org: their mail is not ours then.
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

// What a receiving server says of a mail that does not come from the domain it
// claims (RFC 8601, section 2.7; RFC 7489; compauth is Microsoft's).
var (
	failedDomain = regexp.MustCompile(`(?i)\b(dmarc|compauth)\s*=\s*fail\b`)
	failedHost   = regexp.MustCompile(`(?i)\bspf\s*=\s*(hard)?fail\b`)
	vouchedFor   = regexp.MustCompile(`(?i)\b(dkim|dmarc)\s*=\s*pass\b`)
)

// forged reports whether the receiving server found that a mail does not come
// from the domain it claims.
func forged(m *intake.Message) bool {
	return slices.ContainsFunc(m.Signs.AuthenticationResults, failedDomain.MatchString)
}

// fromColleague reports whether a mail comes from the house, as far as the
// receiving server could tell. Colleagues move records, so that a host which may
// not send for the house is enough to doubt it, unless a signature vouches for
// the mail; among requesters, many a ministry's host is set up wrongly. Each
// verdict counts by itself: one that a stranger wrote excuses nothing.
func (s *Service) fromColleague(m *intake.Message) bool {
	return s.Directory.Internal(m.From.Address) && !forged(m) &&
		!slices.ContainsFunc(m.Signs.AuthenticationResults, func(verdict string) bool {
			return failedHost.MatchString(verdict) && !vouchedFor.MatchString(verdict)
		})
}

// ourOwnMail says how a mail shows that we sent it ourselves; false where we did not.
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

// sameHouse reports whether two addresses share a domain that belongs to one
// institution; that two people use one mail provider says nothing.
func (s *Service) sameHouse(a, b string) bool {
	domain := intake.DomainOf(a)
	return strings.Contains(a, "@") && domain != "" && domain == intake.DomainOf(b) && !s.Vocabulary.IsNeutralDomain(domain)
}

// knownTo reports whether an address may add to a record without asking: it is
// a correspondent's, or of the requester's own house.
func (s *Service) knownTo(rec *intake.Record, address string) bool {
	return slices.Contains(rec.Correspondents, lower(address)) || s.sameHouse(s.requesterOf(rec), address)
}

// requesterOf is the address from which a record was asked for; of a letter that a
// colleague passed on, that of its author.
func (s *Service) requesterOf(rec *intake.Record) string {
	if s.Directory.Internal(rec.Origin.From.Address) {
		return rec.Origin.AnswerTo.Address
	}
	return rec.Origin.From.Address
}

// ofTheRequester reports whether an address is the requester's, or of their house: who
// was copied in, or written to since, is neither.
func (s *Service) ofTheRequester(rec *intake.Record, address string) bool {
	requester := s.requesterOf(rec)
	return strings.EqualFold(address, requester) || strings.EqualFold(address, rec.Origin.AnswerTo.Address) || s.sameHouse(requester, address)
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

// actor names a colleague in a history: by directory id where there is one.
func (s *Service) actor(address string) string {
	if id, ok := s.Directory.Holder(address); ok && id != "" {
		return id
	}
	return lower(address)
}
