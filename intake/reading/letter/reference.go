package letter

import (
	"verbale/intake"
)

// Reference returns our reference ("TC-2026-00042") where the message carries
// one, and the words that say so: in the subject first, then in the body, quoted
// history included, then in attachments. What stands only in a mail that a bounce
// returns does not count.
func (l *Letter) Reference(m *intake.Message, o intake.Ours) (string, []intake.Evidence) {
	for _, s := range l.Sources {
		if m.Signs.Delivery != nil && s.Standing != StandingSubject {
			continue
		}
		if reference, start, end := o.FindReference(s.Text); reference != "" {
			return reference, []intake.Evidence{s.Evidence(intake.FieldReference, reference, start, end)}
		}
	}
	return "", nil
}
