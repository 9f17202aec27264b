package routing

import (
	"cmp"
	"slices"

	"verbale/intake"
)

// A survey is what a reading says about the subject of a request, limited to divisions that
// are in the directory.
type survey struct {
	facts
	theme    string           // the main theme, if it belongs to division
	subjects []intake.Subject // heaviest first; each division once
}

// survey examines a reading; without a request, it has no subject.
func (t *Table) survey(reading *intake.Reading) survey {
	s := survey{facts: facts{division: t.rules.Fallback, unread: true}}
	if reading == nil || reading.Request == nil {
		return s
	}
	r := reading.Request
	s.language, s.services, s.countries, s.scope, s.themes = reading.Language, r.Services, r.Countries, r.Scope, r.Themes
	for _, subject := range r.Subjects {
		if _, ok := t.dir.Division(subject.Division); ok {
			s.subjects = append(s.subjects, subject)
		}
	}
	slices.SortStableFunc(s.subjects, func(a, b intake.Subject) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Division, b.Division))
	})
	t.mainDivision(&s)
	return s
}

// mainDivision sets the division of the main theme or, without one, of the subject with the
// largest share.
func (t *Table) mainDivision(s *survey) {
	for _, theme := range s.themes {
		division, _ := t.themes.DivisionOf(theme)
		if _, ok := t.dir.Division(division); ok {
			s.division, s.theme = division, theme
			// The fallback's own themes also stand for "no subject at all".
			s.unread = division == t.rules.Fallback && len(s.subjects) == 0
			return
		}
	}
	if len(s.subjects) > 0 {
		s.division, s.unread = s.subjects[0].Division, false
		if themes := s.subjects[0].Themes; len(themes) > 0 {
			s.theme = themes[0]
		}
	}
}

// subject returns the subject of a division; the zero Subject with no share if there is none.
func (s *survey) subject(division string) intake.Subject {
	for _, subject := range s.subjects {
		if subject.Division == division {
			return subject
		}
	}
	return intake.Subject{Division: division}
}

// next returns the subject with the largest share other than the given division's.
func (s *survey) next(division string) (intake.Subject, bool) {
	for _, subject := range s.subjects {
		if subject.Division != division {
			return subject, true
		}
	}
	return intake.Subject{}, false
}

// multiSector reports whether the division was chosen because no sector leads: it is the
// fallback, and the others together have a sufficient share.
func (s *survey) multiSector(division string, rules *Rules) bool {
	others := 0.0
	for _, subject := range s.subjects {
		if subject.Division != rules.Fallback {
			others += subject.Weight
		}
	}
	return division == rules.Fallback && others > 0 && others >= rules.Support.ShareOthers*s.subject(division).Weight
}

// sectorLead returns how far the share of the largest sector is ahead of the next.
func (s *survey) sectorLead(fallback string) float64 {
	first, _ := s.next(fallback)
	second := 0.0
	for _, subject := range s.subjects {
		if subject.Division != fallback && subject.Division != first.Division {
			second = subject.Weight
			break
		}
	}
	return first.Weight - second
}
