package who_test

import (
	"testing"

	"verbale/intake/reading/readingtest"
)

// A letter whose annex is a table in the same file, without a closing formula above the
// signature, had no signatory, and only the first row of the table was dated.
func TestLetterThatGoesOnWithATable(t *testing.T) {
	const head = "OFFICE OF ROADS OF RURITANIA\nNo. 12/345\nStrelsau, 10 February 2026\nTo: UNECE\nDear Sirs,\nWe ask you to consider the activities in the annex.\nAnna Example\nDirector General\n"
	const table = "Annex. Activities\nNo\tActivity\tWhen\tFrom UNECE\n1\tReview of the rules on tunnels\t16 - 20 March\twritten opinion\n2\tCleaning of the register\tApril\tnothing\n3\tTraining for 12 inspectors\t4 - 8 May\ttrainers\n"
	g := readingtest.Request(t, readingtest.Letter(head+table)).Request
	if g.Requester.Name != "Anna Example" || g.Requester.Title != "Director General" {
		t.Errorf("signed by %q, %q", g.Requester.Name, g.Requester.Title)
	}
	if from, to := g.ProposedStart.String(), g.ProposedEnd.String(); from != "2026-03-16" || to != "2026-05-08" {
		t.Errorf("from %s to %s", from, to)
	}
}
