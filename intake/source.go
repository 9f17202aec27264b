package intake

// words returns the text of a sentence.
func (s source) words(x sentence) string { return s.text[x.start:x.end] }

// evidence cites the stretch start to end of the source for a value.
func (s source) evidence(f Field, value string, start, end int) Evidence {
	return Evidence{Field: f, Value: value, Quote: s.text[start:end], Source: s.name, Start: start, End: end}
}
