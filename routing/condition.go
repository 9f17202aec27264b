package routing

import (
	"slices"

	"verbale/intake"
)

// facts are the properties of a request that rules can test.
type facts struct {
	unread    bool // no subject was read
	division  string
	themes    []string
	services  []intake.Service
	countries []string
	scope     intake.Scope
	language  string
}

// matches reports whether all stated conditions hold. Country groups must have been expanded.
func (c *Condition) matches(f *facts) bool {
	return c.Subject.holds(f.unread) &&
		c.Services.holds(f.services) &&
		(len(c.Divisions) == 0 || slices.Contains(c.Divisions, f.division)) &&
		(len(c.Themes) == 0 || overlap(c.Themes, f.themes)) &&
		(len(c.Countries) == 0 || overlap(c.Countries, f.countries)) &&
		(len(c.Scopes) == 0 || slices.Contains(c.Scopes, f.scope)) &&
		(len(c.Languages) == 0 || slices.Contains(c.Languages, f.language))
}

// empty reports whether no condition is stated.
func (c *Condition) empty() bool {
	return c.Subject == SubjectAny && c.Services.stated() == 0 &&
		len(c.Divisions)+len(c.Themes)+len(c.Countries)+len(c.Scopes)+len(c.Languages) == 0
}

func (s SubjectState) holds(unread bool) bool {
	return s == SubjectAny || (s == SubjectUnread) == unread
}

func (s *ServiceCondition) stated() (n int) {
	for _, stated := range []bool{len(s.Only) > 0, len(s.Any) > 0, s.None} {
		if stated {
			n++
		}
	}
	return n
}

func (s *ServiceCondition) holds(services []intake.Service) bool {
	switch {
	case s.None:
		return len(services) == 0
	case len(s.Any) > 0:
		return overlap(s.Any, services)
	case len(s.Only) > 0:
		return len(services) > 0 && within(services, s.Only) && within(s.Only, services)
	}
	return true
}

// overlap reports whether the two lists share an item.
func overlap[T comparable](a, b []T) bool {
	return slices.ContainsFunc(a, func(x T) bool { return slices.Contains(b, x) })
}

// within reports whether a is a subset of b.
func within[T comparable](a, b []T) bool {
	return !slices.ContainsFunc(a, func(x T) bool { return !slices.Contains(b, x) })
}
