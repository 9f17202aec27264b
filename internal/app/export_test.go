package app

import "context"

func (h *House) Nudge() { h.nudge() }

func (h *House) Recheck(ctx context.Context) (mended, seen int, err error) { return h.recheck(ctx) }
