package what

import (
	"maps"
	"slices"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// Minimum number of divisions whose help one sentence requests for the request to be of several
// sectors without a leading one: counting only terms that name a field, or any hint.
const (
	sectorsNamed  = 3
	sectorsHinted = 4
)

// severalSectors reports whether one sentence requests help in the fields of several
// divisions, or the letter touches on several and says that none leads. Words that merely hint
// at fields leave a doubt; they do not count if the letter asks for the participation of
// particular divisions, since there is a leading one then.
func (q *inquiry) severalSectors(k, terms *ranking) bool {
	largest := slices.Max(append(q.sharesOfTerms(terms), 0))
	switch {
	case q.callsTogether() >= sectorsNamed:
		return true
	case !q.certain(k) && q.sectorsTouched(terms) >= sectorsNamed && q.says("no_sector_leads"):
		return true
	case largest >= leadingShare:
		return false
	}
	hints := false
	for _, s := range q.statements {
		if s.asked < askedByVerb || s.isTitle() {
			continue
		}
		named, hinted := q.divisionsIn(s)
		if named >= sectorsNamed {
			return true
		}
		hints = hints || hinted >= sectorsHinted
	}
	if !hints || len(q.called) > 0 && len(q.called) < sectorsNamed {
		return false
	}
	q.doubt(intake.FieldThemes, intake.Remark{ID: "doubt.other_theme"}, Coordination)
	return true
}

// listSectors records the divisions whose fields a statement lists together: if none leads,
// all of them take part in the work.
func (q *inquiry) listSectors() {
	q.listed = map[string]bool{}
	for _, s := range q.statements {
		if s.Standing == letter.StandingAnnex || s.setsAside() {
			continue
		}
		if weights := q.sectorsIn(s); len(weights) >= sectorsNamed {
			for division := range weights {
				q.listed[division] = true
			}
		}
	}
}

// divisionsIn returns how many divisions' fields a sentence names, and how many it names or
// hints at.
func (q *inquiry) divisionsIn(s statement) (named, hinted int) {
	weights := q.sectorsIn(s)
	for _, weight := range weights {
		if weight >= plainTerm {
			named++
		}
	}
	return named, len(weights)
}

// sectorsIn returns the divisions whose fields a sentence mentions, with the weight of the
// strongest term for each.
func (q *inquiry) sectorsIn(s statement) map[string]float64 {
	weights := map[string]float64{}
	for _, h := range lexicon.HitsIn(s.Scan.Hits, s.Start, s.End) {
		for id, weight := range q.themesOf(h) {
			if division := q.divisionOf(id); division != multiSectoral {
				weights[division] = max(weights[division], weight)
			}
		}
	}
	return weights
}

// leastOfCoordinating is the minimum probability of a multi-sectoral theme other than
// Coordination to be the subject.
const leastOfCoordinating = 0.25

// coordinating returns the best theme of the multi-sectoral division, unless the letter merely
// touches on it ("the Resident Coordinator takes part in the mission").
func (q *inquiry) coordinating(k *ranking) string {
	for _, id := range k.ids() {
		if q.divisionOf(id) == multiSectoral && k.scores[id] >= leastOfCoordinating {
			return id
		}
	}
	return Coordination
}

// joinsSectors reports whether the letter explicitly says that its subject belongs to several
// sectors.
func (q *inquiry) joinsSectors() bool {
	return q.says("several_sectors")
}

// says reports whether a strong cue occurs in a statement about the letter's own matter,
// including what is explicitly not requested.
func (q *inquiry) says(cue string) bool {
	return slices.ContainsFunc(q.statements, func(s statement) bool {
		return s.Standing != letter.StandingAnnex && (!s.isBackground() || s.act == "not_asked") && s.cuedStrongly(cue)
	})
}

// realShare is the minimum share of all terms of a sector that is more than mentioned in passing,
// leadingShare that of a sector that leads the others.
const (
	realShare    = 0.05
	leadingShare = 0.55
)

// certainLead is the probability of a sector's themes together from which it leads even if the
// letter says that none does.
const certainLead = 0.95

// certain reports whether the likeliest themes are all of one sector.
func (q *inquiry) certain(k *ranking) bool {
	lead, sum := q.divisionOf(k.ids()[0]), 0.0
	for id, p := range k.scores {
		if q.divisionOf(id) == lead {
			sum += p
		}
	}
	return lead != multiSectoral && sum >= certainLead
}

func (q *inquiry) divisionOf(theme string) string {
	division, _ := q.vocabulary.DivisionOf(theme)
	return division
}

// sectorsTouched counts the divisions with a significant share of the terms.
func (q *inquiry) sectorsTouched(terms *ranking) int {
	n := 0
	for _, share := range q.sharesOfTerms(terms) {
		if share >= realShare {
			n++
		}
	}
	return n
}

// sharesOfTerms returns each sectoral division's share of all terms.
func (q *inquiry) sharesOfTerms(terms *ranking) []float64 {
	shares, total := map[string]float64{}, terms.total()
	for id, w := range terms.scores {
		if division := q.divisionOf(id); division != multiSectoral {
			shares[division] += w / total
		}
	}
	return slices.Collect(maps.Values(shares))
}
