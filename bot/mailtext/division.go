package mailtext

// NamesOwnDivision reports whether a text begins by naming the writer's own division, though
// not by its name: "the division, since I am on mission".
func (h *Habits) NamesOwnDivision(text string) bool {
	_, _, ok := beginsWith(text, h.division)
	return ok
}
