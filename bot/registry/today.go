package registry

import (
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/routing"
)

// today is the date in the office's time zone.
func (s *Service) today(now time.Time) intake.Date { return intake.DateOf(now.In(s.Office.Zone)) }

// leavesOf converts recorded absences to the type of the directory.
func leavesOf(said map[string]bot.Leave) routing.Leaves {
	leaves := make(routing.Leaves, len(said))
	for id, l := range said {
		leaves[id] = routing.Leave{Absence: l.Absence, StandIn: l.StandIn}
	}
	return leaves
}
