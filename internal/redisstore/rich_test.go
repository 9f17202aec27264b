package redisstore

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/redisstore/storetest"
)

// words make the texts of large records different, so that similar texts do not improve the
// compression.
var words = strings.Fields(`the ministry of energy and water resources would like to request advisory support for a national
workshop on road safety statistics in Dushanbe during the second half of next year including participants from regional offices
customs agencies universities laboratories inspectors as well as neighbouring countries whose experts could share lessons learned
about monitoring reporting legislation draft law review accession obligations financing maintenance corridor digital exchange
documents permits forests inventory census indicators buildings retrofit methane emissions tailings hazardous river basin commission
agreement protocol annex implementation capacity needs assessment roadmap pilot project equipment software training trainers study
tour translation interpretation logistics venue dates preferably before September however flexible we remain at your disposal`)

func prose(r *rand.Rand, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(words[r.IntN(len(words))])
		if r.IntN(20) == 0 {
			fmt.Fprintf(&b, " %d", r.IntN(3000))
		}
	}
	return b.String()
}

// richChange returns a record with everything a real one has: evidence for fourteen values, a
// plan, four history entries and three mails.
func richChange(n int) bot.Change {
	r := rand.New(rand.NewPCG(uint64(n), 1))
	c := storetest.NewChange(n)
	rec := c.Record
	person := fmt.Sprintf("%s.%s%d@ministry%d.example", words[r.IntN(len(words))], words[r.IntN(len(words))], n, r.IntN(90))
	id := fmt.Sprintf("%x.%x@mail.ministry%d.example", r.Uint64(), r.Uint32(), r.IntN(90))
	print := fmt.Sprintf("%x", sha256.Sum256([]byte(id)))
	c.Arrival.MessageID, c.Arrival.Fingerprint = id, print
	rec.Evidence = nil
	for i, field := range []intake.Field{
		intake.FieldCountries, intake.FieldScope, intake.FieldServices, intake.FieldThemes, intake.FieldThemes, intake.FieldInstruments,
		intake.FieldUrgency, intake.FieldReplyBy, intake.FieldProposedStart, intake.FieldInstitution, intake.FieldRequesterName,
		intake.FieldRequesterPost, intake.FieldOfficialRef, intake.FieldSummary,
	} {
		rec.Evidence = append(rec.Evidence, intake.Evidence{
			Field: field, Value: prose(r, 1+r.IntN(2)), Quote: prose(r, 3+r.IntN(6)), Source: "body", Start: 100*i + r.IntN(100), End: 100*i + 100 + r.IntN(100),
		})
	}
	rec.Request.Summary, rec.Request.Institution = prose(r, 30), prose(r, 6)
	rec.Request.Requester = intake.Requester{Name: prose(r, 2), Title: prose(r, 4), Email: person}
	rec.Routing.Reasons = []intake.Remark{intake.Plain(prose(r, 8)), intake.Plain(prose(r, 8)), intake.Plain(prose(r, 8))}
	rec.Plan = plan(r, rec.ReceivedAt)
	rec.Origin = intake.Origin{
		MessageID: id, References: []string{"a" + id}, Fingerprint: print, Subject: prose(r, 7),
		From: intake.Address{Name: prose(r, 2), Address: person}, AnswerTo: intake.Address{Address: person},
		Cc: []intake.Address{{Name: prose(r, 2), Address: "b" + person}}, Date: rec.ReceivedAt, Size: r.IntN(100000),
		Place: storetest.At(uint32(n)), Attachments: []string{prose(r, 2) + ".pdf"},
	}
	rec.Correspondents = []string{person}
	c.History = append(c.History, intake.HistoryEntry{At: rec.ReceivedAt, Actor: "bot", What: "assign", To: intake.StatusAssigned, Reason: "routed by the table", Detail: "statistics"})
	c.Actions = mails(r, n, person, id)
	c.Letter = &bot.Letter{Parts: []bot.LetterPart{{Source: "body", Text: intake.Text{Content: prose(r, 300)}}}}
	return c
}

func plan(r *rand.Rand, at time.Time) []intake.PlanStep {
	var steps []intake.PlanStep
	for _, step := range []intake.StepName{intake.StepAcknowledge, intake.StepTriage, intake.StepAccept, intake.StepAnswer, intake.StepOutcome} {
		at = at.Add(time.Duration(r.IntN(100000)) * time.Second)
		steps = append(steps, intake.PlanStep{At: at, Step: step, To: "ra-statistics"})
	}
	return steps
}

// mails returns an acknowledgement, an assignment and a note to a supporter.
func mails(r *rand.Rand, n int, person, id string) []bot.Action {
	ack, assign, inform := storetest.NewAction(n), storetest.NewAction(n), storetest.NewAction(n)
	ack.RateGroup = person
	ack.Mail.Text = "Dear Sir or Madam,\n\nThe secretariat of the United Nations Economic Commission for Europe (UNECE) acknowledges with thanks receipt of your message “" + prose(r, 7) + "”, which reached us on 2 March 2026. It has been registered under reference " + ack.Reference + ".\n\nYour request will be examined by the secretariat and passed to the division or the Regional Adviser in whose field it falls."
	ack.Mail.To[0].Address, ack.Mail.InReplyTo, ack.Mail.References = person, id, []string{"a" + id, id}
	for i, a := range []*bot.Action{&assign, &inform} {
		a.Kind = []bot.ActionKind{bot.ActionAssign, bot.ActionInform}[i]
		a.Key = fmt.Sprintf("%s:%s:1:ra-statistics", a.Kind, a.Reference)
		a.RateGroup = ""
		a.Mail = &bot.Mail{MessageID: fmt.Sprintf("%x@desk.unece.example", r.Uint64()), To: []intake.Address{{Name: "Regional Adviser on Statistics", Address: "ra@unece.example"}},
			Subject: "[" + a.Reference + "] Tajikistan: request for technical cooperation", Language: "en",
			Text: "Dear colleague,\n\nThe request below has been assigned to you (Regional Adviser on Statistics).\n\nWhat is asked: " + prose(r, 60) + "\n\nWhy it came to you:\n" + prose(r, 24)}
	}
	return []bot.Action{ack, assign, inform}
}
