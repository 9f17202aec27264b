package report

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/internal/phrases"
	"verbale/routing"
	"verbale/routing/followup"
)

// office returns the embedded data.
var office = sync.OnceValues(func() (Question, Names) {
	vocabulary, err := lexicon.Load(lexicon.Embedded())
	if err != nil {
		panic(err)
	}
	directory, err := routing.EmbeddedDirectory()
	if err != nil {
		panic(err)
	}
	policy, err := followup.Embedded()
	if err != nil {
		panic(err)
	}
	divisionOf := func(id string) string {
		if v, ok := directory.DivisionOf(id); ok {
			return v.ID
		}
		return ""
	}
	return Question{Policy: policy, DivisionOf: divisionOf},
		Names{Language: phrases.English, Vocabulary: vocabulary, Directory: directory, Phrases: phrases.Default()}
})

// asOf returns the question about all requests as known at a time.
func asOf(at time.Time) Question {
	q, _ := office()
	q.AsOf = at
	return q
}

func in(lang string) Names {
	_, n := office()
	n.Language = lang
	return n
}

// day returns 09:00 Geneva time on a day of 2026.
func day(month time.Month, day int) time.Time {
	q, _ := office()
	return time.Date(2026, month, day, 9, 0, 0, 0, q.Policy.Calendar().Zone())
}

// A recordHistory is a record with its history and its version after each event.
type recordHistory struct {
	t testing.TB
	Past
	versions []Past
}

// keep stores the current version of the record.
func (l *recordHistory) keep() *recordHistory {
	rec := *l.Record
	l.versions = append(l.versions, Past{Record: &rec, History: slices.Clone(l.History)})
	return l
}

// at returns the version at a time, or nil if the record did not exist yet.
func (l *recordHistory) at(moment time.Time) *recordHistory {
	for _, v := range slices.Backward(l.versions) {
		if last := v.History[len(v.History)-1].At; !last.After(moment) {
			return &recordHistory{t: l.t, Past: v}
		}
	}
	return nil
}

// born returns a request of a country, assigned to a post of a division.
func born(t testing.TB, number int, at time.Time, country, theme, division, owner string) *recordHistory {
	rec, entry := intake.NewRecord(intake.NewRecordInput{
		Reading: intake.Reading{Kind: intake.KindRequest, Language: "en", Request: &intake.Request{
			Countries: []string{country}, Themes: []string{theme}, Services: []intake.Service{intake.ServiceAdvisory},
			Official: true, Institution: "Ministry of Roads", Summary: "They ask for help.",
		}},
		Routing:    &intake.Routing{Division: division, Assignee: owner, CarriedBy: carriedBy(owner), Rule: "advisory"},
		ReceivedAt: at, Now: at.Add(time.Second),
	})
	rec.Reference, rec.Revision = fmt.Sprintf("TC-2026-%05d", number), 1
	l := &recordHistory{t: t, Past: Past{Record: &rec, History: []intake.HistoryEntry{entry}}}
	l.keep()
	l.note(at.Add(5*time.Second), "mail_out", "assign:"+rec.Reference+":1:"+owner+" 1@desk.example")
	return l.note(at.Add(6*time.Second), "mail_out", "acknowledge:"+rec.Reference+" 2@desk.example")
}

func carriedBy(owner string) intake.CarriedBy {
	if strings.HasPrefix(owner, "ra-") {
		return intake.CarriedByAdviser
	}
	return intake.CarriedByDivision
}

func (l *recordHistory) note(at time.Time, what, detail string) *recordHistory {
	l.History = append(l.History, intake.HistoryEntry{At: at, Actor: intake.ActorBot, What: what, Detail: detail})
	l.Record.UpdatedAt = at
	return l.keep()
}

// corrects sets the country, like a correction by a colleague.
func (l *recordHistory) corrects(at time.Time, country string) *recordHistory {
	request := *l.Record.Request
	before := strings.Join(request.Countries, ", ")
	request.Countries = []string{country}
	l.Record.Request = &request
	return l.note(at, bot.WhatCorrected, "countries: "+before+" → "+country)
}

// tells records the results.
func (l *recordHistory) tells(at time.Time, trained, women int) *recordHistory {
	l.Record.Results = &intake.Results{PeopleTrained: trained, Women: women, Instruments: []string{"water-convention"}, Outputs: "a workshop", At: at}
	return l.note(at, bot.WhatResults, "")
}

// step performs a step like the service.
func (l *recordHistory) step(at time.Time, s intake.Step) *recordHistory {
	l.t.Helper()
	s.At, s.Actor, s.OnBehalf = at, "staff", l.Record.Owner
	next, entry, err := l.Record.Advance(s)
	if err != nil {
		l.t.Fatal(err)
	}
	q, _ := office()
	q.Policy.Clock(l.Record.Status, &next, at)
	*l.Record = next
	l.reroute()
	l.History = append(l.History, entry)
	return l.keep()
}

// reroute updates the routing of a record that was assigned to another owner.
func (l *recordHistory) reroute() {
	q, _ := office()
	owner := l.Record.Owner
	if owner == intake.ToDesk || owner == l.Record.Routing.Assignee {
		return
	}
	l.Record.Routing = &intake.Routing{
		Division: q.DivisionOf(owner), Assignee: owner, CarriedBy: carriedBy(owner), Rule: "desk", Confidence: 1,
		RunnerUp: intake.RunnerUp{Division: l.Record.Routing.Division},
	}
}

func (l *recordHistory) does(at time.Time, verb intake.Verb) *recordHistory {
	l.t.Helper()
	return l.step(at, intake.Step{Verb: verb, Reason: "it was so decided"})
}

func (l *recordHistory) closes(at time.Time, outcome intake.Outcome) *recordHistory {
	l.t.Helper()
	return l.step(at, intake.Step{Verb: intake.VerbClose, Outcome: outcome, Reason: "it was so decided"})
}

// records returns the current versions, like a store.
func records(lives ...*recordHistory) Records {
	return func(yield func(Past, error) bool) {
		for _, l := range lives {
			if !yield(l.Past, nil) {
				return
			}
		}
	}
}

func none(func(intake.SetAside, error) bool) {}

func mustMake(t testing.TB, q Question, lives ...*recordHistory) *Report {
	t.Helper()
	r, err := Make(records(lives...), none, q)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// lives returns count random requests spread over the year 2026.
func lives(t testing.TB, seed uint64, count int) []*recordHistory {
	q, n := office()
	random := rand.New(rand.NewPCG(seed, seed))
	c := q.Policy.Calendar()
	all := make([]*recordHistory, count)
	for i := range all {
		theme := n.Vocabulary.Themes[random.IntN(len(n.Vocabulary.Themes))]
		post := pick(random, postsOf(n.Directory, theme.Division))
		country := n.Vocabulary.Countries[min(random.IntN(18), random.IntN(56))].ID
		at := c.Next(day(1, 5).Add(time.Duration(random.Int64N(int64(280 * 24 * time.Hour)))))
		all[i] = born(t, i+1, at, country, theme.ID, theme.Division, post)
		all[i].grow(random, at)
	}
	return all
}

func postsOf(d *routing.Directory, division string) []string {
	posts := []string{division}
	for _, p := range d.Posts {
		if p.Division == division {
			posts = append(posts, p.ID)
		}
	}
	return posts
}

func pick[T any](random *rand.Rand, of []T) T { return of[random.IntN(len(of))] }

// grow performs some random steps on a record.
func (l *recordHistory) grow(random *rand.Rand, at time.Time) {
	wait := func() time.Time {
		at = at.Add(time.Duration(1+random.IntN(9*24)) * time.Hour)
		return at
	}
	l.Record.Request.Official = random.IntN(3) > 0
	l.Record.Language = pick(random, []string{"en", "en", "fr", "ru", "ru"})
	for _, v := range l.versions {
		v.Record.Language = l.Record.Language
	}
	for random.IntN(6) > 0 {
		verbs := slices.DeleteFunc(l.Record.Status.Allowed(), func(v intake.Verb) bool {
			return (v == intake.VerbMerge || v == intake.VerbNotARequest) && random.IntN(9) > 0 || v == intake.VerbClose && l.Record.Status == intake.StatusAssigned ||
				v == intake.VerbWithdraw && random.IntN(5) > 0 || v == intake.VerbReopen && random.IntN(9) > 0
		})
		if len(verbs) == 0 {
			return
		}
		switch random.IntN(12) {
		case 0:
			l.corrects(wait(), pick(random, []string{"KG", "UZ", "MD"}))
		case 1:
			l.tells(wait(), 20, 9)
		}
		s := intake.Step{Verb: pick(random, verbs), Reason: "r", Into: "TC-2025-00001"}
		switch s.Verb {
		case intake.VerbClose:
			s.Outcome = pick(random, []intake.Outcome{intake.OutcomeDelivered, intake.OutcomeDelivered, intake.OutcomeAgreed, intake.OutcomeDeclined})
		case intake.VerbHandOver, intake.VerbAssign, intake.VerbComplete:
			s.Owner = l.otherOwner()
		}
		l.step(wait(), s)
	}
}

// otherOwner returns a post or division other than the current owner, in the same division if
// possible.
func (l *recordHistory) otherOwner() string {
	_, n := office()
	others := slices.Concat(postsOf(n.Directory, l.Record.Routing.Division), []string{"technical-cooperation", "environment"})
	return others[slices.IndexFunc(others, func(id string) bool { return id != l.Record.Owner })]
}
