package letter

import (
	"verbale/intake"
)

// Reference returns our reference ("TC-2026-00042") if the message contains one, and the
// evidence for it. It looks in the subject first, then in the body including quoted history,
// then in attachments. In a bounce, only the subject counts, not the returned message.
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
