package view

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"verbale/bot"
	"verbale/intake"
)

const (
	dateTime   = "Mon 2 Jan 2006 15:04 MST"
	quoteRunes = 60
	maxQuotes  = 3 // beside a value
)

// Print writes the explanation for people: what was extracted, from which words, how it would
// be routed and why.
func (e Explanation) Print(p *Printer) {
	p.Heading(e.File)
	printHead(p, e.Message)
	p.Blank()
	p.Field("kind", join(": ", p.value(intake.FieldKind, string(e.Reading.Kind)), p.remark(e.Reading.KindReason)))
	p.Field("language", p.value(intake.FieldLanguage, e.Reading.Language))
	p.Field("reference", e.Reading.Reference)
	printReading(p, e.Reading.Request, e.Reading.Evidence, e.Reading.Doubts)
	if e.Routing != nil {
		printRouting(p, e.Routing, e.Routing.Reasons, e.Routing.Triage)
	}
	printPlan(p, e.Plan)
	p.Blank()
}

// PrintExplainFailure says that a file could not be read.
func PrintExplainFailure(p *Printer, file string, err error) {
	p.Heading(file)
	p.Field("error", err.Error())
	p.Blank()
}

// Print writes the page of a record.
func (g Page) Print(p *Printer) {
	r := g.Record
	p.Heading(join(" · ", r.Reference, p.status(r.Status), p.word("outcome.", string(r.Outcome))))
	p.Field("from", addressText(r.Origin.From))
	p.Field("subject", r.Origin.Subject)
	p.Field("received", p.at(r.ReceivedAt, dateTime))
	for i, name := range r.Origin.Attachments {
		p.Field(fmt.Sprintf("attachment %d", i+1), name)
	}
	if r.Backfilled {
		p.Field("backfilled", "older than the start of this office, or imported: silent until staff take it up")
	}
	p.Field("owner", p.holder(r.Owner))
	p.Field("message", placeText(r.Origin))
	p.Blank()
	p.Field("kind", join(": ", p.value(intake.FieldKind, string(r.Kind)), p.remark(r.KindReason)))
	p.Field("language", p.value(intake.FieldLanguage, r.Language))
	printReading(p, r.Request, r.Evidence, r.Doubts)
	for _, l := range r.Similar {
		p.Field("similar", join(": ", l.Reference, p.remark(l.Reason)))
	}
	if r.Routing != nil {
		printRouting(p, r.Routing, r.WhyRouted(), r.Status == intake.StatusNeedsTriage)
	}
	printPlan(p, r.Plan)
	printActions(p, g.Actions)
	printHistory(p, g.History)
	if g.Letter != nil {
		printLetter(p, g.Letter)
	}
	p.Blank()
}

func printLetter(p *Printer, l *bot.Letter) {
	for _, part := range l.Parts {
		p.Blank()
		p.Field("letter", join(" ", part.Source, part.Filename))
		p.Quoted(part.Text.Content)
	}
}

func printHead(p *Printer, m *intake.Message) {
	p.Field("from", addressText(m.From))
	p.Field("subject", m.Subject)
	if !m.Date.IsZero() {
		p.Field("date", p.at(m.Date, dateTime))
	}
	for i, a := range m.Attachments {
		p.Field(fmt.Sprintf("attachment %d", i+1), attachmentText(a))
	}
	for _, problem := range m.Problems {
		p.Field("problem", problem)
	}
}

func attachmentText(a intake.Attachment) string {
	read := "not read"
	switch n := len([]rune(a.Text.Content)); a.Method {
	case intake.MethodText:
		read = fmt.Sprintf("%d characters of text", n)
	case intake.MethodOCR:
		read = fmt.Sprintf("%d characters recognised in a scan", n)
	}
	return join(", ", a.Filename, fmt.Sprintf("%d bytes", a.Size), read, a.Problem)
}

func printReading(p *Printer, r *intake.Request, evidence []intake.Evidence, doubts []intake.Doubt) {
	if r != nil {
		printRequest(p, r, evidence)
	}
	for _, d := range doubts {
		text := fmt.Sprintf("%s: %s", p.word("field.", string(d.Field)), p.remark(d.Reason))
		if len(d.Candidates) > 0 {
			candidates := make([]string, len(d.Candidates))
			for i, candidate := range d.Candidates {
				candidates[i] = p.value(d.Field, candidate)
			}
			text += " [" + strings.Join(candidates, " | ") + "]"
		}
		p.Field("doubt", text)
	}
}

func printRequest(p *Printer, r *intake.Request, evidence []intake.Evidence) {
	field := func(name string, f intake.Field, value string) {
		p.Cited(name, value, quotesOf(evidence, f, value))
	}
	p.Field("summary", r.Summary)
	field("countries", intake.FieldCountries, p.values(intake.FieldCountries, r.Countries))
	field("scope", intake.FieldScope, p.value(intake.FieldScope, string(r.Scope)))
	field("services", intake.FieldServices, p.values(intake.FieldServices, texts(r.Services)))
	field("themes", intake.FieldThemes, p.values(intake.FieldThemes, r.Themes))
	field("instruments", intake.FieldInstruments, p.values(intake.FieldInstruments, r.Instruments))
	field("urgency", intake.FieldUrgency, p.value(intake.FieldUrgency, string(r.Urgency)))
	field("answer by", intake.FieldReplyBy, r.ReplyBy.String())
	field("proposed", intake.FieldProposedStart, join(" to ", r.ProposedStart.String(), r.ProposedEnd.String()))
	field("institution", intake.FieldInstitution, r.Institution)
	field("requester", intake.FieldRequesterName, join(", ", r.Requester.Name, r.Requester.Title, r.Requester.Email))
	field("their ref", intake.FieldOfficialRef, r.OfficialRef)
	field("partners", intake.FieldPartners, p.values(intake.FieldPartners, r.Partners))
	field("funding", intake.FieldFunding, p.values(intake.FieldFunding, r.Funding))
	if r.Official {
		p.Field("official", "letter of a public institution")
	}
}

// quotesOf returns the quotations behind a field, at most three, each with its source unless
// that is the body. Quotations contained in the value and duplicates are left out.
func quotesOf(evidence []intake.Evidence, f intake.Field, value string) string {
	var quotes []string
	seen := []string{}
	for _, e := range evidence {
		quote := shorten(e.Quote, quoteRunes)
		if e.Field != f || len(quotes) == maxQuotes || strings.Contains(value, e.Quote) || slices.Contains(seen, strings.ToLower(quote)) {
			continue
		}
		seen = append(seen, strings.ToLower(quote))
		quotes = append(quotes, "“"+quote+"”"+sourceText(e.Source))
	}
	return strings.Join(quotes, ", ")
}

func sourceText(source string) string {
	number, attached := strings.CutPrefix(source, "attachment:")
	switch {
	case attached:
		return " (attachment " + number + ")"
	case source == "body":
		return ""
	}
	return " (" + source + ")"
}

func printRouting(p *Printer, r *intake.Routing, reasons []intake.Remark, deskDecides bool) {
	p.Blank()
	p.Field("division", fmt.Sprintf("%s, %.0f %% sure, rule %s", p.holder(r.Division), 100*r.Confidence, r.Rule))
	p.Field("assigned to", join(", ", p.holder(r.Assignee), p.word("carried_by.", string(r.CarriedBy))))
	p.Field("support", p.holders(slices.Concat(r.DivisionsSupport, r.Support)...))
	for i, reason := range reasons {
		name := ""
		if i == 0 {
			name = "because"
		}
		p.Field(name, p.remark(reason))
	}
	p.Field("runner-up", join(": ", p.holder(r.RunnerUp.Division), p.remark(r.RunnerUp.WhyNot)))
	if deskDecides {
		p.Field("triage", "the desk decides before anything goes to a division")
	}
}

func printPlan(p *Printer, plan []intake.PlanStep) {
	if len(plan) == 0 {
		return
	}
	p.Blank()
	for i, s := range plan {
		name := ""
		if i == 0 {
			name = "plan"
		}
		p.Field(name, fmt.Sprintf("%s  %s: %s", pad(p.at(s.At, dateTime), len("Mon 24 Jan 2006 15:04 CEST")), s.Step, p.holder(s.To)))
	}
}

func printActions(p *Printer, actions []bot.Action) {
	p.Blank()
	for _, a := range actions {
		p.Field("action", join(", ", fmt.Sprintf("%s: %s", a.Key, a.State), a.Result, a.LastError))
	}
}

func printHistory(p *Printer, history []intake.HistoryEntry) {
	for _, h := range history {
		moved := ""
		if h.From != h.To {
			moved = p.word("status.", string(h.From)) + " → " + p.word("status.", string(h.To))
		}
		p.Field("history", join(", ", p.at(h.At, dateTime), p.holder(h.Actor)+": "+strings.ReplaceAll(h.What, "_", " "), strings.TrimSpace(moved), h.Reason, h.Detail))
	}
}

// PrintAction prints an action.
func PrintAction(p *Printer, a bot.Action) {
	p.Heading(join(" · ", a.Key, string(a.State), a.Reference))
	if a.Mail != nil {
		for _, to := range a.Mail.To {
			p.Field("to", addressText(to))
		}
		p.Field("subject", a.Mail.Subject)
	}
	p.Field("attempts", fmt.Sprint(a.Attempts))
	p.Field("last error", a.LastError)
}

// PrintSetAside prints one line about a message that was set aside.
func PrintSetAside(p *Printer, s intake.SetAside) {
	p.printf("%s  %s  %s  %s\n", p.at(s.ReceivedAt, time.DateOnly), column(p.value(intake.FieldKind, string(s.Kind)), 30),
		column(addressText(s.Origin.From), 40), printable(shorten(s.Origin.Subject, 60)))
	p.Field("why", p.remark(s.KindReason))
	printReading(p, nil, nil, s.Doubts)
}

// PrintListLine prints one line about a record.
func PrintListLine(p *Printer, r *intake.Record) {
	countries, theme := "", ""
	if r.Request != nil {
		countries = strings.Join(r.Request.Countries, " ")
		if len(r.Request.Themes) > 0 {
			theme = p.value(intake.FieldThemes, r.Request.Themes[0])
		}
	}
	p.printf("%s  %s  %s  %s  %s  %s  %s\n", r.Reference, p.at(r.ReceivedAt, time.DateOnly),
		column(p.word("status.", string(r.Status)), 25), column(r.Owner, 24), column(countries, 8),
		column(theme, 28), printable(shorten(r.Origin.Subject, 50)))
}

// column fits a text into a column of a list.
func column(text string, width int) string { return pad(shorten(text, width), width) }

// placeText is the place of a message; an imported one has no UID.
func placeText(o intake.Origin) string {
	place := fmt.Sprintf("%s, folder %s", o.Place.Mailbox, o.Place.Folder)
	if o.Place.UID != 0 {
		place += fmt.Sprintf(", UIDVALIDITY %d, UID %d", o.Place.UIDValidity, o.Place.UID)
	}
	return join(" in ", o.MessageID, place)
}

func addressText(a intake.Address) string {
	if a.Name == "" {
		return a.Address
	}
	return fmt.Sprintf("%s <%s>", a.Name, a.Address)
}

func texts[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

// join joins the non-empty parts.
func join(separator string, parts ...string) string {
	kept := parts[:0:0]
	for _, part := range parts {
		if part != "" {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, separator)
}
