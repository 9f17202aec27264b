package app

func (h *House) Nudge() { h.nudge() }
