package app

// Pace and OpenAt let tests choose the clock of a House and how long it waits.
type Pace = pace

var OpenAt = open

func (h *House) Nudge() { h.nudge() }
