package intake

// kindOf tells what a message is.
func (r *Reader) kindOf(m *Message, l letter) (Kind, string, []Evidence, []Doubt) {
	return KindRequest, "", nil, nil
}
