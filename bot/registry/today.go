package registry

import (
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/routing"
)

// today is the office's day.
func (s *Service) today(now time.Time) intake.Date { return intake.DateOf(now.In(s.Office.Zone)) }

// leavesOf is what colleagues said of being away, as the directory takes it.
func leavesOf(said map[string]bot.Leave) routing.Leaves {
	leaves := make(routing.Leaves, len(said))
	for id, l := range said {
		leaves[id] = routing.Leave{Absence: l.Absence, StandIn: l.StandIn}
	}
	return leaves
}
