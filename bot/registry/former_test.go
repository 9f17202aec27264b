package registry_test

import (
	"strings"
	"testing"

	"verbale/bot"
	"verbale/intake"
)

// A request may get another owner while the assignment to the former one is still queued, or
// lies in their mailbox. A former owner must not be told that they have it.
func TestAnAssignmentThatHadToWaitIsNotSentToAFormerOwner(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*intake.Record)
		why    string
	}{
		"still theirs": {func(*intake.Record) {}, ""},
		"handed on":    {func(r *intake.Record) { r.Owner = "ra-energy" }, "the request is with another"},
		"taken back":   {func(r *intake.Record) { r.Owner, r.Status = intake.ToDesk, intake.StatusNeedsTriage }, "the request is with another"},
		"closed":       {func(r *intake.Record) { r.Status = intake.StatusClosed }, "the request is closed"},
	} {
		t.Run(name, func(t *testing.T) {
			o := assignment(t)
			o.change(first, tt.change)
			if why, err := o.Obsolete(t.Context(), o.action(assigned)); why != tt.why || err != nil {
				t.Errorf("%q, %v", why, err)
			}
			if why, err := o.Obsolete(t.Context(), o.action(informed)); why != "" || err != nil {
				t.Errorf("who is informed: %q, %v", why, err)
			}
		})
	}
}

func TestAFormerOwnerIsToldWhoHasTheRequest(t *testing.T) {
	for name, tt := range map[string]struct {
		text, owner, told string
		mark              func(*intake.Message)
	}{
		"it is with another":           {"Accept", "ra-energy", "Regional Adviser, Sustainable energy", nil},
		"it is with the desk":          {"Accept", intake.ToDesk, "technical cooperation desk", nil},
		"nothing is asked for":         {"I know this ministry well.", "ra-energy", "", nil},
		"a program answers":            {"Accept", "ra-energy", "", func(m *intake.Message) { m.Signs.AutoSubmitted = "auto-replied" }},
		"without the token of theirs":  {"Accept", "ra-energy", "", inReplyTo("assign.tc-2026-00042.other@desk.unece.example")},
		"a colleague of another house": {"Accept", "ra-energy", "", from("j.colleague@staff.example")},
	} {
		t.Run(name, func(t *testing.T) {
			o := assignment(t)
			o.change(first, func(r *intake.Record) { r.Owner = tt.owner })
			if tt.mark == nil {
				tt.mark = func(*intake.Message) {}
			}
			o.replies(tt.text, tt.mark)
			var said string
			for key, a := range o.store.Written {
				if a.Kind == bot.ActionInform && key != informed {
					said += a.Mail.Text
				}
			}
			if tt.told == "" && said != "" || !strings.Contains(said, tt.told) {
				t.Errorf("told %q", said)
			}
			if rec := o.record(first); rec.Owner != tt.owner || rec.Status != intake.StatusAssigned {
				t.Errorf("%s, with %s", rec.Status, rec.Owner)
			}
		})
	}
}
