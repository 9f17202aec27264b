package reading_test

import (
	"testing"

	"verbale/intake"
	"verbale/intake/reading/readingtest"
)

// TestUrgencySaidInOtherWords reads mails that express urgency without the word "urgent".
func TestUrgencySaidInOtherWords(t *testing.T) {
	for _, says := range []string{
		"This cannot wait.", "Every day counts.", "Chaque jour compte.", "Le dossier ne souffre aucun retard.",
		"Вопрос не терпит отлагательства.", "Дело не ждёт.",
	} {
		m := readingtest.Letter("We kindly ask UNECE to send an expert to review our draft law on road safety. " + says)
		if got := readingtest.Request(t, m).Request.Urgency; got != intake.UrgencyUrgent {
			t.Errorf("%s: %s", says, got)
		}
	}
}

// TestEmergenciesAsAFieldOfWorkAreNotUrgent reads mails that mention emergencies but are not
// urgent.
func TestEmergenciesAsAFieldOfWorkAreNotUrgent(t *testing.T) {
	for _, asks := range []string{
		"Le Ministère des Situations d'urgence de Ruritanie demande à la CEE-ONU une formation en octobre 2026.",
		"Le Service de gestion des urgences demande à la CEE-ONU une formation pour les services d'urgence en octobre 2026.",
		"Комитет по чрезвычайным ситуациям просит ЕЭК ООН провести в октябре 2026 года семинар для службы неотложной медицинской помощи.",
	} {
		if got := readingtest.Request(t, readingtest.Letter(asks)).Request.Urgency; got != intake.UrgencyNormal {
			t.Errorf("%s: %s", asks, got)
		}
	}
}

// TestUrgentStampInTheHead reads a mark of urgency on a line of its own above the letter.
func TestUrgentStampInTheHead(t *testing.T) {
	for stamp, want := range map[string]intake.Urgency{
		"TRÈS URGENT": intake.UrgencyUrgent, "СРОЧНО": intake.UrgencyUrgent, "URGENT": intake.UrgencyUrgent,
		"Service des urgences": intake.UrgencyNormal,
	} {
		m := readingtest.Letter("MINISTRY OF TRANSPORT\nNo. 12/345\n\n" + stamp + "\n\nDear Sirs,\n\nWe kindly ask UNECE to send an expert to review our draft law on road safety in October 2026.\n\nSincerely,\nA. Sample\nDirector\n")
		if got := readingtest.Request(t, m).Request.Urgency; got != want {
			t.Errorf("%s: %s", stamp, got)
		}
	}
}
