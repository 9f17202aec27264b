package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

const (
	shownSummary = 400 // characters of the request's summary on a card
	shownReason  = 200 // of a reason
	shownRoute   = 900 // of the reasons for a routing
	shownTitle   = 150 // of a title
)

// A cardData is a record with the related data shown with it.
type cardData struct {
	rec     *intake.Record
	history []intake.HistoryEntry
	parts   []*intake.Record // of a split request
	alike   []intake.Likeness
}

// Card is the current card of a record in a room: in the desk's channel, or in a direct
// message to the holder of the post or division that the room names.
func (d *Desk) Card(ctx context.Context, reference, room string) (Page, error) {
	rec, err := d.load(ctx, reference)
	if err != nil {
		return Page{}, err
	}
	w := d.posted(d.service.LanguageOf(room))
	if rec.Confidential {
		return w.closed(ctx, rec, room), nil
	}
	s, err := d.cardData(ctx, rec)
	if err != nil {
		return Page{}, err
	}
	page := Page{Title: w.title(rec), Notice: w.notice(rec), Blocks: w.body(ctx, s)}
	page.Blocks = append(page.Blocks, w.questions(s, shownOfCards, everybody)...)
	if room != bot.RoomDesk {
		background, err := w.background(ctx, rec)
		if err != nil {
			return Page{}, err
		}
		page.Blocks = append(page.Blocks, background...)
	}
	page.Blocks = append(page.Blocks, w.buttons(rec, room, everybody)...)
	return page, nil
}

// everybody shows every button. Whether a user may use it is checked when it is clicked.
func everybody(string) bool { return true }

// cardData loads the data shown with a record.
func (d *Desk) cardData(ctx context.Context, rec *intake.Record) (cardData, error) {
	history, err := d.service.Store.History(ctx, rec.Reference)
	if err != nil {
		return cardData{}, fmt.Errorf("load the history of %s: %w", rec.Reference, err)
	}
	s := cardData{rec: rec, history: history}
	if s.alike, err = d.likenesses(ctx, rec); err != nil {
		return cardData{}, err
	}
	for _, child := range rec.Children {
		part, err := d.service.Store.Load(ctx, child)
		if errors.Is(err, bot.ErrNotFound) {
			continue // its record is still being created
		}
		if err != nil {
			return cardData{}, fmt.Errorf("load %s: %w", child, err)
		}
		s.parts = append(s.parts, part)
	}
	return s, nil
}

// closed is the card of a confidential record: only what the channel may see.
func (w pageWriter) closed(ctx context.Context, rec *intake.Record, room string) Page {
	page := Page{Title: w.title(rec), Notice: w.notice(rec), Blocks: []Block{
		Facts{w.facts([]Fact{
			{w.say("card.status"), w.status(rec)},
			{w.say("card.owner"), w.holder(rec.Owner)},
			{w.say("card.due"), w.due(rec)},
		})},
		Fine{w.say("card.closed_why")},
	}}
	buttons := []Button{{Label: w.say("button.open"), Press: press(PressOpen, rec)}}
	if room != bot.RoomDesk {
		for _, name := range beside(rec, room) {
			buttons = append(buttons, w.button(name, rec, StylePlain))
		}
	}
	page.Blocks = append(page.Blocks, Buttons{Buttons: buttons})
	return page
}

// title is the one-line title of a record.
func (w pageWriter) title(rec *intake.Record) string {
	if rec.Confidential {
		return w.say("card.closed_title", phrases.Values{"reference": rec.Reference})
	}
	return cut(joined(" · ", w.flagged(countriesOf(rec)), institutionOf(rec)), shownTitle)
}

func countriesOf(rec *intake.Record) []string {
	if rec.Request == nil {
		return nil
	}
	return rec.Request.Countries
}

// institutionOf is the requesting institution, or the sender if none was recognised.
func institutionOf(rec *intake.Record) string {
	if rec.Request != nil && rec.Request.Institution != "" {
		return oneLine(rec.Request.Institution)
	}
	from := rec.Origin.From
	if from.Name != "" {
		return oneLine(from.Name)
	}
	return from.Address
}

// body is the part that the card, page and modal of a record have in common.
func (w pageWriter) body(ctx context.Context, s cardData) []Block {
	blocks := []Block{
		Paragraph{Text: joined(" · ", w.marks(s.rec)...), Strong: true},
	}
	if ask := w.ask(s.rec); ask != "" {
		blocks = append(blocks, Quote{ask})
	}
	if facts := w.facts(w.factsOf(s.rec)); len(facts) > 0 {
		blocks = append(blocks, Facts{facts})
	}
	blocks = append(blocks, w.route(s.rec)...)
	blocks = append(blocks, w.family(s)...)
	blocks = append(blocks, w.results(ctx, s.rec)...)
	return append(blocks, Fine{joined("\n", w.where(ctx, s), w.next(s.rec), w.comes(ctx, s.rec), w.rests(s.rec), w.back(s.rec))})
}

// marks are the reference and what must be seen at first sight.
func (w pageWriter) marks(rec *intake.Record) []string {
	marks := []string{rec.Reference, w.status(rec)}
	if rec.Request != nil && rec.Request.Urgency == intake.UrgencyUrgent {
		marks = append(marks, w.say("card.urgent"))
	}
	if w.overdue(rec) {
		marks = append(marks, w.say("card.overdue_mark"))
	}
	switch {
	case rec.Entered:
		marks = append(marks, w.say("card.unofficial"))
	case rec.Request != nil && rec.Request.Official:
		marks = append(marks, w.say("card.official"))
	}
	if rec.Confidential {
		marks = append(marks, w.say("card.confidential"))
	}
	if rec.Backfilled {
		marks = append(marks, w.say("card.backfilled"))
	}
	return marks
}

func (w pageWriter) status(rec *intake.Record) string {
	status := w.named("status.", string(rec.Status))
	if rec.Outcome != "" {
		status = w.say("card.ended", phrases.Values{"status": status, "outcome": w.named("outcome.", string(rec.Outcome))})
	}
	return status
}

// ask is a short summary of the request; the subject if no summary was extracted.
func (w pageWriter) ask(rec *intake.Record) string {
	if rec.Request != nil && rec.Request.Summary != "" {
		return cut(oneLine(rec.Request.Summary), shownSummary)
	}
	return cut(oneLine(rec.Origin.Subject), shownSummary)
}

// facts leaves out facts without a value.
func (w pageWriter) facts(all []Fact) []Fact {
	return slices.DeleteFunc(all, func(f Fact) bool { return f.Value == "" })
}

func (w pageWriter) factsOf(rec *intake.Record) []Fact {
	facts := w.asked(rec.Request)
	spoken := w.value(intake.FieldLanguage, rec.Language)
	return append(facts,
		Fact{w.say("field.language"), spoken},
		Fact{w.say("card.from"), w.sender(rec)},
		Fact{w.say("card.received"), w.moment(rec.ReceivedAt)},
		Fact{w.say("mail_in.attachments"), cut(listed(attached(rec)...), shownReason)},
		Fact{w.say("card.missing"), w.missing(rec)},
		Fact{w.say("card.unreachable"), listed(rec.Unreachable...)},
	)
}

// attached are the names of the files in the mail that a record came from.
func attached(rec *intake.Record) []string {
	names := make([]string, len(rec.Origin.Attachments))
	for i, name := range rec.Origin.Attachments {
		names[i] = oneLine(name)
	}
	return names
}

// missing are the elements of a formal request that were not stated. It is empty once the
// request is answered.
func (w pageWriter) missing(rec *intake.Record) string {
	if rec.Request == nil || slices.Contains([]intake.Status{intake.StatusAnswered, intake.StatusClosed}, rec.Status) {
		return ""
	}
	var names []string
	for _, element := range rec.Missing() {
		names = append(names, w.say("missing."+string(element)))
	}
	return listed(names...)
}

func (w pageWriter) asked(r *intake.Request) []Fact {
	if r == nil {
		return nil
	}
	services := make([]string, len(r.Services))
	for i, s := range r.Services {
		services[i] = string(s)
	}
	return []Fact{
		{w.say("field.services"), w.values(intake.FieldServices, services)},
		{w.say("field.themes"), w.values(intake.FieldThemes, r.Themes)},
		{w.say("field.instruments"), w.values(intake.FieldInstruments, r.Instruments)},
		{w.say("field.partners"), w.values(intake.FieldPartners, r.Partners)},
		{w.say("field.funding"), w.values(intake.FieldFunding, r.Funding)},
		{w.say("field.dates"), w.stretch(r.ProposedStart, r.ProposedEnd)},
		{w.say("field.reply_by"), w.day(r.ReplyBy)},
		{w.say("field.requester"), listed(oneLine(r.Requester.Name), oneLine(r.Requester.Title))},
		{w.say("field.official_ref"), r.OfficialRef},
	}
}

// sender is who wrote the request, or told a colleague about it.
func (w pageWriter) sender(rec *intake.Record) string {
	if rec.Entered {
		return listed(rec.Origin.From.Name, w.say("card.entered"))
	}
	return mailbox(rec.Origin.From)
}

// where says what the record's last change of status was and when.
func (w pageWriter) where(ctx context.Context, s cardData) string {
	for _, e := range slices.Backward(s.history) {
		if e.From != e.To {
			return w.say("card.since", phrases.Values{"what": w.happened(ctx, s.rec, e), "when": w.moment(e.At)})
		}
	}
	return w.say("card.since", phrases.Values{"what": w.status(s.rec), "when": w.moment(s.rec.ReceivedAt)})
}

// route says who handles a request, and why.
func (w pageWriter) route(rec *intake.Record) []Block {
	r := rec.Routing
	if r == nil {
		return nil
	}
	key := "card.proposed"
	holder := r.Assignee
	if rec.Owner != intake.ToDesk && rec.Owner != "" {
		key, holder = "card.with", rec.Owner
	}
	lead := w.say(key, phrases.Values{"owner": w.holder(holder), "carried": w.named("carried_by.", string(r.CarriedBy))})
	blocks := []Block{Paragraph{Text: lead}}
	why := []string{cut(strings.Join(w.service.Remarks(rec.WhyRouted(), w.lang), "; "), shownRoute), w.sure(r.Confidence)}
	if support := w.holders(r.Support); support != "" {
		why = append(why, w.say("card.support", phrases.Values{"support": support}))
	}
	return append(blocks, Fine{joined("\n", why...)})
}

// sure says in words how probable a routing is.
func (w pageWriter) sure(p float64) string {
	switch {
	case p >= embeddedVocabulary().Confidence.Sure:
		return w.say("confidence.sure")
	case p >= embeddedVocabulary().Confidence.Likely:
		return w.say("confidence.likely")
	}
	return w.say("confidence.unsure")
}

func (w pageWriter) holders(ids []string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = w.holder(id)
	}
	return listed(names...)
}

// family shows the parts of a split request, and the record that a part belongs to.
func (w pageWriter) family(s cardData) []Block {
	var blocks []Block
	if s.rec.Parent != "" {
		blocks = append(blocks, w.pointer("card.part_of", s.rec.Parent))
	}
	if s.rec.MergedInto != "" {
		blocks = append(blocks, w.pointer("card.merged_into", s.rec.MergedInto))
	}
	if len(s.parts) > 0 {
		blocks = append(blocks, Paragraph{Text: w.say("card.parts"), Strong: true})
	}
	for _, part := range s.parts {
		blocks = append(blocks, w.row(part))
	}
	return blocks
}

func (w pageWriter) pointer(key, reference string) Block {
	open := Button{Label: w.say("button.open"), Press: Press{Name: PressOpen, Reference: reference}}
	return Row{Title: w.say(key, phrases.Values{"reference": reference}), Button: &open}
}

// row shows a record in a list.
func (w pageWriter) row(rec *intake.Record) Row {
	open := Button{Label: w.say("button.open"), Press: press(PressOpen, rec)}
	if rec.Confidential {
		return Row{Title: w.title(rec), Detail: joined(" · ", w.status(rec), w.holder(rec.Owner)), Button: &open}
	}
	return Row{
		Title:  joined(" · ", rec.Reference, w.title(rec)),
		Detail: joined("\n", cut(w.ask(rec), shownReason), joined(" · ", w.marks(rec)[1:]...), joined(" · ", w.holder(rec.Owner), w.received(rec), w.next(rec))),
		Button: &open,
	}
}

func (w pageWriter) received(rec *intake.Record) string {
	return w.say("card.received_on", phrases.Values{"day": rec.ReceivedAt.In(w.zone())})
}

func (w pageWriter) zone() *time.Location { return w.service.Office.Zone }

// press is a press about the shown revision of a record.
func press(name string, rec *intake.Record, value ...string) Press {
	return Press{Name: name, Reference: rec.Reference, Revision: rec.Revision, Value: strings.Join(value, "")}
}
