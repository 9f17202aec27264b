package app

func (s *Server) Nudge() { s.nudge() }
