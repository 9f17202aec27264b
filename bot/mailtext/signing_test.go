package mailtext_test

import (
	"testing"

	"verbale/bot/mailtext"
	"verbale/intake"
)

// A closing and a name are no reason for a step, wherever they appear. Text before or below them
// is.
func TestAClosingIsNoReason(t *testing.T) {
	writer := intake.Address{Name: "Emil Novak van der Berg", Address: "e.novak@unece.example"}
	for text, want := range map[string]mailtext.Reply{
		"Decline. Best, Emil":              {What: mailtext.InstructDecline},
		"Decline\n\nBest,\nEmil":           {What: mailtext.InstructDecline},
		"Decline - Best, Emil":             {What: mailtext.InstructDecline},
		"Decline\nBest, Emil van der Berg": {What: mailtext.InstructDecline},
		"Decline\n\nEmil":                  {What: mailtext.InstructDecline},
		"Decline\nE. Novak":                {What: mailtext.InstructDecline},
		"Accept\nKind regards\nEmil Novak\nRegional Adviser, Energy\n+41 22 1": {What: mailtext.InstructAccept},
		"Accept. Thanks!":                    {What: mailtext.InstructAccept},
		"Accepté.\nBien cordialement,\nEmil": {What: mailtext.InstructAccept},
		"Отклоняю\n\nС уважением,\nЭмиль Новак":          {What: mailtext.InstructDecline},
		"Decline: on leave till May\nBest, Emil":         {What: mailtext.InstructDecline, Rest: "on leave till May"},
		"Decline\nBest, Emil\n\nI am on leave till May.": {What: mailtext.InstructDecline, Rest: "I am on leave till May."},
		"Decline\nBest suited is the Energy Division":    {What: mailtext.InstructDecline, Rest: "Best suited is the Energy Division"},
		"Decline\nOverloaded":                            {What: mailtext.InstructDecline, Rest: "Overloaded"},
		"Pass on to ra-energy\nBest, Emil":               {What: mailtext.InstructHandOver, Rest: "ra-energy"},
	} {
		got, unsure := ear().Habits.Asked(text, writer)
		if unsure || len(got) != 1 || got[0] != want {
			t.Errorf("%q asks %+v (unsure %t), want %+v", text, got, unsure, want)
		}
	}
}
