package intake

// readWho fills in who asks: institution, person, address, the letter's own
// number, and whether it is official.
func (r *Reader) readWho(m *Message, l letter, reading *Reading) {}
