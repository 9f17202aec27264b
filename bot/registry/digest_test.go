package registry_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/bot/registry"
	"verbale/intake"
)

// monday is the first working day of a week, before the office opens.
var monday = time.Date(2026, time.March, 9, 8, 0, 0, 0, geneva)

func (c clocked) tick(at time.Time) (due []string) {
	c.t.Helper()
	*c.now = at
	before := c.keys()
	if err := c.Tick(context.Background()); err != nil {
		c.t.Fatal(err)
	}
	for _, key := range c.keys() {
		if !slices.Contains(before, key) {
			due = append(due, key)
		}
	}
	return due
}

func TestDigestsAreDueOnceOnTheirDays(t *testing.T) {
	c := clockedOffice(t)
	for _, test := range []struct {
		at         time.Time
		desk, rest bool
	}{
		{monday, false, false},
		{monday.Add(time.Hour), true, true},
		{monday.Add(2 * time.Hour), false, false}, // already written
		{monday.AddDate(0, 0, 1).Add(time.Hour), true, false},
		{monday.AddDate(0, 0, 5).Add(time.Hour), false, false},            // Saturday
		{time.Date(2026, time.April, 7, 10, 0, 0, 0, geneva), true, true}, // the Monday before was Easter Monday
	} {
		due := c.tick(test.at)
		desk := slices.ContainsFunc(due, func(key string) bool { return strings.HasSuffix(key, ":desk") })
		rest := slices.ContainsFunc(due, func(key string) bool { return strings.HasSuffix(key, ":ra-environment") })
		if desk != test.desk || rest != test.rest {
			t.Errorf("%s: due are %v", test.at, due)
		}
	}
}

func (c clocked) digest(to string) (bot.Action, error) {
	key := "digest:" + intake.DateOf(*c.now).String() + ":" + to
	said, err := c.Perform(context.Background(), c.action(key))
	if err != nil {
		return bot.Action{}, err
	}
	return c.action(said), nil
}

func TestADigestSaysWhatWaits(t *testing.T) {
	c := clockedOffice(t)
	*c.now = monday.Add(-24 * time.Hour)
	ref := c.arrived("a@water.gov.kg")
	c.tick(monday.AddDate(0, 0, 1).Add(5 * time.Hour))
	desk, err := c.digest("desk")
	if err != nil || desk.Kind != bot.ActionPost || desk.Room != bot.RoomDesk {
		t.Fatalf("%+v, %v", desk, err)
	}
	var titles []string
	for _, section := range desk.Post.Sections {
		titles = append(titles, section.Title)
		if !slices.Equal(section.Records, []string{ref}) {
			t.Errorf("%s lists %v", section.Title, section.Records)
		}
	}
	if !slices.Equal(titles, []string{"Overdue: 1"}) {
		t.Errorf("sections are %q", titles)
	}
}

// A request that is new, waiting and overdue at once is listed once, in the most urgent section.
func TestADigestListsARequestOnce(t *testing.T) {
	for _, to := range []string{intake.ToDesk, "ra-environment"} {
		c := clockedOffice(t)
		*c.now = monday.AddDate(0, 0, -6)
		ref := c.arrived("a@water.gov.kg")
		c.tick(monday.Add(time.Hour))
		said, err := c.digest(to)
		if err != nil {
			t.Fatalf("%s: %v", to, err)
		}
		text := ""
		if said.Post != nil {
			for _, section := range said.Post.Sections {
				text += section.Title + "\n" + strings.Join(section.Lines, "\n") + "\n"
			}
		} else {
			text = said.Mail.Text
		}
		if strings.Count(text, ref) != 1 || !strings.Contains(text, "Overdue: 1") {
			t.Errorf("%s reads\n%s", to, text)
		}
	}
}

func TestADigestWithNothingToSayIsNotSent(t *testing.T) {
	c := clockedOffice(t)
	c.tick(monday.Add(time.Hour))
	_, err := c.digest("ra-transport")
	if nothing, ok := errors.AsType[bot.NothingToDo](err); !ok || nothing.Reason == "" {
		t.Errorf("got %v", err)
	}
}

func TestADigestByMailIsAPageToo(t *testing.T) {
	c := clockedOffice(t, func(o *registry.Options) { o.Office.Slack = false })
	*c.now = monday.Add(-24 * time.Hour)
	hostile := request("en")
	hostile.Request.Institution = "<script>alert(1)</script>"
	c.arrives(letter("a@water.gov.kg"), hostile)
	c.tick(monday.Add(time.Hour))
	mail, err := c.digest("ra-environment")
	if err != nil || mail.Mail == nil {
		t.Fatalf("%+v, %v", mail, err)
	}
	if !strings.Contains(mail.Mail.Text, "Waiting for your acceptance: 1") || !strings.Contains(mail.Mail.HTML, "Waiting for your acceptance: 1") {
		t.Errorf("text\n%s\npage\n%s", mail.Mail.Text, mail.Mail.HTML)
	}
	if strings.Contains(mail.Mail.HTML, "<script>") {
		t.Error("a stranger's words are part of the page")
	}
}

// The record that is longest overdue is listed, however many others are open.
func TestTheDigestMissesNothingThatIsOverdue(t *testing.T) {
	c := clockedOffice(t)
	*c.now = tuesday.AddDate(0, 0, -30)
	oldest := c.record(c.arrived("a@water.gov.kg"))
	const many = 1200
	for n := range many {
		rec := oldest
		rec.Reference = fmt.Sprintf("TC-2026-%05d", 1000+n)
		rec.ReceivedAt = tuesday.AddDate(0, 0, -1)
		rec.Plan = []intake.PlanStep{{At: rec.ReceivedAt, Step: intake.StepAnswer, To: rec.Owner}}
		c.store.Records[rec.Reference] = rec
	}
	c.tick(tuesday)
	said, err := c.digest(intake.ToDesk)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(said.Post.Sections, func(s bot.PostSection) bool { return s.Records[0] == oldest.Reference }) {
		t.Errorf("%s stands at the top of nothing: %+v", oldest.Reference, said.Post.Sections)
	}
}

// A closed request whose results are still owed is listed as overdue. It used to be in no list
// once the reminders had ended.
func TestDigestTellsOfResultsThatAreOwed(t *testing.T) {
	c := clockedOffice(t)
	*c.now = monday.Add(-24 * time.Hour)
	ref := c.arrived("a@water.gov.kg")
	for _, to := range []string{intake.ToDesk, c.record(ref).Owner} {
		for name, results := range map[string]*intake.Results{"owed": nil, "told": {Outputs: "Law drafted"}} {
			c.change(ref, func(r *intake.Record) {
				r.Status, r.Outcome, r.Results = intake.StatusClosed, intake.OutcomeDelivered, results
				r.Request.ProposedEnd = intake.Date{Year: 2026, Month: time.April, Day: 15}
				r.Plan = policy().Plan(r)
			})
			at := time.Date(2026, time.September, 7, 10, 0, 0, 0, geneva)
			if results != nil {
				at = at.AddDate(0, 0, 7)
			}
			c.tick(at)
			said, err := c.digest(to)
			overdue := err == nil && slices.ContainsFunc(sectionsOf(said), func(title string) bool { return title == "Overdue: 1" })
			if overdue != (results == nil) {
				t.Errorf("%s, %s: %v, %v", to, name, sectionsOf(said), err)
			}
		}
	}
}

func sectionsOf(a bot.Action) (titles []string) {
	if a.Post != nil {
		for _, section := range a.Post.Sections {
			titles = append(titles, section.Title)
		}
	}
	return titles
}
