package registry

import (
	"slices"
	"strings"

	"verbale/intake"
)

// machinePrecedence are the values of the Precedence header by which software indicates that
// no answer is expected (RFC 3834, section 2).
var machinePrecedence = []string{"bulk", "list", "junk", "auto_reply"}

// machineMade says which sign in a mail shows that software sent it; "" if there is none.
func machineMade(m *intake.Message) string {
	s := &m.Signs
	switch {
	case s.NullReturn:
		return "its return path is empty"
	case s.AutoSubmitted != "" && s.AutoSubmitted != "no":
		return "it was submitted automatically"
	case s.AutoReply:
		return "it is an automatic reply"
	case s.Delivery != nil:
		return "it is a delivery report"
	case s.ListID != "" || s.Unsubscribe:
		return "it came through a mailing list"
	case slices.Contains(machinePrecedence, s.Precedence):
		return "its precedence is " + s.Precedence
	case s.SpamFlag:
		return "the mail server marked it as spam"
	}
	return ""
}

// noAnswer says why no automatic mail may be sent to an address in answer to a mail (RFC 3834,
// sections 2 and 4); "" if it may.
func (s *Service) noAnswer(m *intake.Message, to intake.Address) string {
	if sign := s.unanswerable(m); sign != "" {
		return sign
	}
	return s.unwritable(to)
}

// unanswerable says which sign in a mail shows that it must not be answered automatically,
// whatever the address; "" if there is none.
func (s *Service) unanswerable(m *intake.Message) string {
	if sign := machineMade(m); sign != "" {
		return sign
	}
	if s.Habits.RepliesToNobody(m.From.Address) {
		return "nobody reads the address that it comes from"
	}
	return ""
}

// unwritable says why no automatic mail may be sent to an address; "" if it may.
func (s *Service) unwritable(to intake.Address) string {
	local, domain, _ := strings.Cut(to.Address, "@")
	switch {
	case local == "" || domain == "":
		return "it names no address to answer to"
	case s.own(to.Address):
		return "the address to answer to is our own"
	case s.Habits.RepliesToNobody(to.Address):
		return "nobody reads the address to answer to"
	}
	return ""
}
