package intake

// readWhat fills in what is asked for: the countries that are to benefit,
// services, themes, instruments, partners, funding and urgency.
func (r *Reader) readWhat(m *Message, l letter, reading *Reading) {}
