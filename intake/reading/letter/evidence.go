package letter

import (
	"verbale/intake"
)

// Words returns the text of a sentence.
func (s *Source) Words(x Sentence) string { return s.Text[x.Start:x.End] }

// Evidence cites the stretch start to end of the source for a value.
func (s *Source) Evidence(f intake.Field, value string, start, end int) intake.Evidence {
	return intake.Evidence{Field: f, Value: value, Quote: s.Text[start:end], Source: s.Name, Start: start, End: end}
}
