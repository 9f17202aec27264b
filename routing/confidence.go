package routing

import (
	"math"

	"verbale/intake"
)

// confidence estimates the probability that the division is right.
func (t *Table) confidence(s *survey, division string, reading *intake.Reading) float64 {
	m, odds := t.rules.Confidence, 0.0
	switch own := s.subject(division); {
	case s.multiSector(division, t.rules):
		odds = m.MultiSector.Base + m.MultiSector.Evenness*(1-s.sectorLead(t.rules.Fallback))
	default:
		next, _ := s.next(division)
		odds = m.Base + m.Share*own.Weight + m.Lead*(own.Weight-next.Weight)
		if own.Asked {
			odds += m.Asked
		}
	}
	if reading != nil && reading.Doubtful(intake.FieldThemes) {
		odds += m.Doubt
	}
	return math.Round(1000/(1+math.Exp(-odds))) / 1000
}
