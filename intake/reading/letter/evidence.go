package letter

import (
	"verbale/intake"
)

// Words returns the text of a sentence.
func (s *Source) Words(x Sentence) string { return s.Text[x.Start:x.End] }

// Evidence quotes text[start:end] of the source as the evidence for a value.
func (s *Source) Evidence(f intake.Field, value string, start, end int) intake.Evidence {
	text := s.Text
	if s.written != "" {
		text = s.written
	}
	return intake.Evidence{Field: f, Value: value, Quote: text[start:end], Source: s.Name, Start: start, End: end}
}
