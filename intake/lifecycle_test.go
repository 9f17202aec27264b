package intake_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"verbale/intake"
)

var noon = time.Date(2026, time.November, 25, 12, 0, 0, 0, time.UTC)

var statuses = []intake.Status{
	intake.StatusNeedsReading, intake.StatusNeedsTriage, intake.StatusAssigned,
	intake.StatusAccepted, intake.StatusWaiting, intake.StatusAnswered, intake.StatusClosed,
}

// fullStep returns a step with everything that any verb requires, so that only the status can
// cause it to be refused.
func fullStep(v intake.Verb) intake.Step {
	return intake.Step{
		Verb: v, Actor: "u-desk", At: noon, Reason: "because", OnBehalf: "ra-energy",
		Owner: "ra-transport", Outcome: intake.OutcomeAgreed, Into: "TC-2026-00007",
	}
}

func recordIn(s intake.Status) intake.Record {
	r := intake.Record{Reference: "TC-2026-00042", Status: s, Owner: "ra-energy"}
	if s == intake.StatusWaiting {
		r.Before = intake.StatusAccepted
	}
	return r
}

// lifecycle is the table in section 5 of the design: for each verb, the statuses in which it
// is allowed and the status that it leads to. All other combinations are refused.
var lifecycle = map[intake.Verb]map[intake.Status]intake.Status{
	intake.VerbComplete: {
		intake.StatusNeedsReading: intake.StatusAssigned, intake.StatusNeedsTriage: intake.StatusAssigned,
	},
	intake.VerbAssign: {
		intake.StatusNeedsReading: intake.StatusAssigned, intake.StatusNeedsTriage: intake.StatusAssigned,
	},
	intake.VerbAccept:   {intake.StatusAssigned: intake.StatusAccepted},
	intake.VerbDecline:  {intake.StatusAssigned: intake.StatusNeedsTriage},
	intake.VerbHandOver: {intake.StatusAssigned: intake.StatusAssigned},
	intake.VerbAsk: {
		intake.StatusNeedsTriage: intake.StatusWaiting, intake.StatusAssigned: intake.StatusWaiting,
		intake.StatusAccepted: intake.StatusWaiting,
	},
	intake.VerbRequesterAnswered: {intake.StatusWaiting: intake.StatusAccepted},
	intake.VerbAnswer: {
		intake.StatusAccepted: intake.StatusAnswered, intake.StatusWaiting: intake.StatusAnswered,
	},
	intake.VerbAskAgain:    {intake.StatusAnswered: intake.StatusAccepted},
	intake.VerbClose:       closedFromOpen(),
	intake.VerbWithdraw:    closedFromOpen(),
	intake.VerbMerge:       closedFromOpen(),
	intake.VerbNotARequest: closedFromOpen(),
	intake.VerbReopen:      {intake.StatusClosed: intake.StatusNeedsTriage},
}

func closedFromOpen() map[intake.Status]intake.Status {
	ends := map[intake.Status]intake.Status{}
	for _, s := range statuses {
		if s != intake.StatusClosed {
			ends[s] = intake.StatusClosed
		}
	}
	return ends
}

func TestEveryStepFromEveryStatus(t *testing.T) {
	for verb, allowed := range lifecycle {
		for _, from := range statuses {
			t.Run(string(from)+"/"+string(verb), func(t *testing.T) {
				before := recordIn(from)
				after, entry, err := before.Advance(fullStep(verb))
				want, ok := allowed[from]
				if !ok {
					wantRefusal(t, before, after, verb, err)
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				if after.Status != want || entry.From != from || entry.To != want {
					t.Errorf("status %s, history %s to %s; want %s", after.Status, entry.From, entry.To, want)
				}
				if entry.Actor != "u-desk" || !entry.At.Equal(noon) || entry.Reason != "because" || entry.What != string(verb) {
					t.Errorf("history entry lost who, when or why: %+v", entry)
				}
			})
		}
	}
}

func wantRefusal(t *testing.T, before, after intake.Record, verb intake.Verb, err error) {
	t.Helper()
	var refused *intake.StepError
	if !errors.As(err, &refused) {
		t.Fatalf("error %v, want a StepError", err)
	}
	if after.Status != before.Status || !after.UpdatedAt.Equal(before.UpdatedAt) {
		t.Errorf("a refused step changed the record to %s", after.Status)
	}
	if refused.Verb != verb || slices.Contains(refused.Allowed, verb) || len(refused.Allowed) == 0 {
		t.Errorf("refusal of %s offers %v", verb, refused.Allowed)
	}
}

func TestStepThatSaysTooLittle(t *testing.T) {
	tests := []struct {
		name  string
		from  intake.Status
		verb  intake.Verb
		spoil func(*intake.Step)
		lacks intake.Lack
	}{
		{"nobody made it", intake.StatusAssigned, intake.VerbAccept, func(s *intake.Step) { s.Actor = "" }, intake.LackActor},
		{"no time", intake.StatusAssigned, intake.VerbAccept, func(s *intake.Step) { s.At = time.Time{} }, intake.LackTime},
		{"declined without a reason", intake.StatusAssigned, intake.VerbDecline, func(s *intake.Step) { s.Reason = " " }, intake.LackReason},
		{"reopened without a reason", intake.StatusClosed, intake.VerbReopen, func(s *intake.Step) { s.Reason = "" }, intake.LackReason},
		{"assigned to nobody", intake.StatusNeedsTriage, intake.VerbAssign, func(s *intake.Step) { s.Owner = "" }, intake.LackOwner},
		{"handed over to its holder", intake.StatusAssigned, intake.VerbHandOver, func(s *intake.Step) { s.Owner = "ra-energy" }, intake.LackOtherOwner},
		{"closed without an outcome", intake.StatusAnswered, intake.VerbClose, func(s *intake.Step) { s.Outcome = "" }, intake.LackOutcome},
		{"closed as withdrawn by close", intake.StatusAnswered, intake.VerbClose, func(s *intake.Step) { s.Outcome = intake.OutcomeWithdrawn }, intake.LackOutcome},
		{"merged into nothing", intake.StatusAccepted, intake.VerbMerge, func(s *intake.Step) { s.Into = "" }, intake.LackOtherRecord},
		{"merged into itself", intake.StatusAccepted, intake.VerbMerge, func(s *intake.Step) { s.Into = "TC-2026-00042" }, intake.LackOtherRecord},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			step := fullStep(tt.verb)
			tt.spoil(&step)
			_, _, err := recordIn(tt.from).Advance(step)
			var refused *intake.StepError
			if !errors.As(err, &refused) || refused.Lacks != tt.lacks {
				t.Errorf("error %v, want one that lacks %q", err, tt.lacks)
			}
		})
	}
}

func TestRefusalNamesWhatIsPossible(t *testing.T) {
	_, _, err := recordIn(intake.StatusClosed).Advance(fullStep(intake.VerbAccept))
	if want := "TC-2026-00042 is closed and does not allow accept, only reopen"; err == nil || err.Error() != want {
		t.Errorf("error %q, want %q", err, want)
	}
	spoilt := fullStep(intake.VerbDecline)
	spoilt.Reason = ""
	_, _, err = recordIn(intake.StatusAssigned).Advance(spoilt)
	if want := "TC-2026-00042: decline needs a reason"; err == nil || err.Error() != want {
		t.Errorf("error %q, want %q", err, want)
	}
}

func TestUnderBothTheLeadAloneAccepts(t *testing.T) {
	for _, tt := range []struct {
		carriedBy intake.CarriedBy
		onBehalf  string
		refused   bool
	}{
		{intake.CarriedByBoth, "ra-energy", false},
		{intake.CarriedByBoth, "energy", true},
		{intake.CarriedByAdviser, "energy", false},
	} {
		r := recordIn(intake.StatusAssigned)
		r.Routing = &intake.Routing{CarriedBy: tt.carriedBy}
		step := fullStep(intake.VerbAccept)
		step.OnBehalf = tt.onBehalf
		if _, _, err := r.Advance(step); (err != nil) != tt.refused {
			t.Errorf("%s, accepted for %s: error %v, want refused %t", tt.carriedBy, tt.onBehalf, err, tt.refused)
		}
	}
}

func TestOutcomes(t *testing.T) {
	for verb, want := range map[intake.Verb]intake.Outcome{
		intake.VerbClose: intake.OutcomeAgreed, intake.VerbWithdraw: intake.OutcomeWithdrawn,
		intake.VerbMerge: intake.OutcomeDuplicate, intake.VerbNotARequest: intake.OutcomeNotARequest,
	} {
		after, _, err := recordIn(intake.StatusAccepted).Advance(fullStep(verb))
		if err != nil {
			t.Fatal(err)
		}
		if after.Outcome != want || !after.ClosedAt.Equal(noon) {
			t.Errorf("%s: outcome %q at %s, want %q at noon", verb, after.Outcome, after.ClosedAt, want)
		}
	}
}

func TestReopenedRecordStartsAfresh(t *testing.T) {
	closed, _, err := recordIn(intake.StatusAnswered).Advance(fullStep(intake.VerbMerge))
	if err != nil {
		t.Fatal(err)
	}
	open, _, err := closed.Advance(fullStep(intake.VerbReopen))
	if err != nil {
		t.Fatal(err)
	}
	if open.Owner != intake.ToDesk || open.Outcome != "" || open.MergedInto != "" || !open.ClosedAt.IsZero() || !open.AnsweredAt.IsZero() {
		t.Errorf("reopened record keeps traces of its end: %+v", open)
	}
}

// For any steps in any order, the status must be one of the seven, the outcome and the closing
// time must be set if and only if the record is closed, and the status to return to must be
// set if and only if it is waiting.
func TestRecordStaysWhole(t *testing.T) {
	verbs := make([]intake.Verb, 0, len(lifecycle))
	for v := range lifecycle {
		verbs = append(verbs, v)
	}
	slices.Sort(verbs)
	rapid.Check(t, func(t *rapid.T) {
		r, _ := intake.NewRecord(intake.NewRecordInput{Reading: intake.Reading{Kind: intake.KindRequest}, Now: noon})
		r.Reference = "TC-2026-00042"
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			step := fullStep(rapid.SampledFrom(verbs).Draw(t, "verb"))
			step.Owner = rapid.SampledFrom([]string{"", "ra-energy", "energy"}).Draw(t, "owner")
			r, _, _ = r.Advance(step)
			checkWhole(t, r)
		}
	})
}

func checkWhole(t *rapid.T, r intake.Record) {
	closed, waiting := r.Status == intake.StatusClosed, r.Status == intake.StatusWaiting
	switch {
	case !slices.Contains(statuses, r.Status):
		t.Fatalf("status %q is none of the lifecycle", r.Status)
	case closed != (r.Outcome != "") || closed == r.ClosedAt.IsZero():
		t.Fatalf("%s with outcome %q closed at %s", r.Status, r.Outcome, r.ClosedAt)
	case waiting != (r.Before != ""):
		t.Fatalf("%s leads back to %q", r.Status, r.Before)
	case r.Owner == "":
		t.Fatalf("%s without an owner", r.Status)
	}
}
