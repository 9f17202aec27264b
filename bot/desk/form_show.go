package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

// recordForm shows a whole record, with the actions available to the reader.
func (d *Desk) recordForm(ctx context.Context, v interaction) (Form, error) {
	page, err := d.whole(ctx, v, allQuestions)
	if err != nil {
		return Form{}, err
	}
	return v.sheet(FormRecord, append([]Block{Heading{page.Title}}, page.Blocks...)...), nil
}

// allQuestions is more than any record has.
const allQuestions = 40

// whole is a record as its reader may see it, with at most the given number of questions.
func (d *Desk) whole(ctx context.Context, v interaction, questions int) (Page, error) {
	s, err := d.cardData(ctx, v.rec)
	if err != nil {
		return Page{}, err
	}
	mine := func(name string) bool { return name != PressOpen && may(v.by, v.rec, name) }
	page := Page{Title: v.title(v.rec), Blocks: v.body(ctx, s)}
	page.Blocks = append(page.Blocks, v.questions(s, questions, mine)...)
	page.Blocks = append(page.Blocks, v.buttons(v.rec, v.roomOf(v.by, v.rec), mine)...)
	return page, nil
}

// roomOf is the room whose buttons suit a reader: that of the post for which they hold the
// record, else the desk.
func (w pageWriter) roomOf(by bot.Colleague, rec *intake.Record) string {
	if may(by, rec, PressChoose) || !slices.Contains(by.Posts, rec.Owner) {
		return bot.RoomDesk
	}
	return rec.Owner
}

const (
	shownLetter   = 20000 // characters of a letter shown in a modal
	pieceOfLetter = 2800  // characters per block
	shownHistory  = 60    // entries, the last ones
	shownEvidence = 60
	shownQuote    = 300
)

// letterForm shows the whole text, part by part.
func (d *Desk) letterForm(ctx context.Context, v interaction) (Form, error) {
	letter, err := d.service.Store.Letter(ctx, v.rec.Reference)
	if errors.Is(err, bot.ErrNotFound) {
		letter, err = &bot.Letter{}, nil
	}
	if err != nil {
		return Form{}, fmt.Errorf("load the letter of %s: %w", v.rec.Reference, err)
	}
	return v.sheet(FormLetter, v.text(v.about(v.rec), letter)...), nil
}

// asideForm shows the whole text of a message set aside, on which the desk has to decide.
func (d *Desk) asideForm(ctx context.Context, v interaction) (Form, error) {
	m, letter, err := d.service.Store.SetAsideMessage(ctx, v.press.Value)
	if errors.Is(err, bot.ErrNotFound) {
		return Form{}, &bot.Refusal{Phrase: "refused.gone", Err: err}
	}
	if err != nil {
		return Form{}, fmt.Errorf("load a message set aside: %w", err)
	}
	if letter == nil {
		letter = &bot.Letter{}
	}
	return v.sheet(FormLetter, v.text(v.asideRow(*m), letter)...), nil
}

// text is the text of a letter, part by part, below what says where it comes from.
func (w pageWriter) text(about Block, letter *bot.Letter) []Block {
	blocks := []Block{about}
	left := shownLetter
	for _, part := range letter.Parts {
		text := cut(part.Text.Content, left)
		left -= len([]rune(text))
		if text == "" {
			continue
		}
		blocks = append(blocks, Heading{joined(": ", w.source(part.Source), part.Filename)})
		for _, piece := range pieces(text, pieceOfLetter) {
			blocks = append(blocks, Quote{piece})
		}
		if left <= 0 {
			blocks = append(blocks, Fine{w.say("letter.shortened")})
			break
		}
	}
	if len(blocks) == 1 {
		blocks = append(blocks, Paragraph{Text: w.say("letter.none")})
	}
	return blocks
}

// pieces splits a text into pieces of at most the given number of characters, at line ends if
// possible.
func pieces(text string, length int) []string {
	var all []string
	runes := []rune(text)
	for len(runes) > length {
		end := length
		for i := length; i > length/2; i-- {
			if runes[i-1] == '\n' {
				end = i
				break
			}
		}
		all = append(all, string(runes[:end]))
		runes = runes[end:]
	}
	return append(all, string(runes))
}

// source names a part of a letter.
func (w pageWriter) source(source string) string {
	var n int
	if _, err := fmt.Sscanf(source, "attachment:%d", &n); err == nil {
		return w.say("source.attachment", phrases.Values{"number": n})
	}
	return w.named("source.", source)
}

// evidenceForm shows the quotation behind each value.
func (d *Desk) evidenceForm(_ context.Context, v interaction) (Form, error) {
	blocks := []Block{v.about(v.rec)}
	for _, e := range v.rec.Evidence[:min(len(v.rec.Evidence), shownEvidence)] {
		blocks = append(blocks, Row{
			Title:  v.say("brief.row", phrases.Values{"label": v.named("field.", string(e.Field)), "value": v.value(e.Field, e.Value)}),
			Detail: v.say("evidence.quote", phrases.Values{"quote": cut(oneLine(e.Quote), shownQuote), "source": v.source(e.Source)}),
		})
	}
	for _, field := range v.rec.Corrected {
		blocks = append(blocks, Row{Title: v.named("field.", string(field)), Detail: v.say("evidence.corrected")})
	}
	if len(blocks) == 1 {
		blocks = append(blocks, Paragraph{Text: v.say("evidence.none")})
	}
	return v.sheet(FormEvidence, blocks...), nil
}

// historyForm shows the history, the latest entry first.
func (d *Desk) historyForm(ctx context.Context, v interaction) (Form, error) {
	history, err := d.service.Store.History(ctx, v.rec.Reference)
	if err != nil {
		return Form{}, fmt.Errorf("load the history of %s: %w", v.rec.Reference, err)
	}
	blocks := []Block{v.about(v.rec)}
	for i, e := range slices.Backward(history) {
		if len(history)-i > shownHistory {
			blocks = append(blocks, Fine{v.say("history.shortened", phrases.Values{"count": i + 1})})
			break
		}
		blocks = append(blocks, Row{Title: v.happened(ctx, v.rec, e), Detail: joined("\n", v.moment(e.At), v.why(e))})
	}
	return v.sheet(FormHistory, blocks...), nil
}

// why is the reason of an entry, if it adds to the entry itself.
func (w pageWriter) why(e intake.HistoryEntry) string {
	if e.What == bot.WhatPostponed {
		return ""
	}
	return cut(oneLine(e.Reason), shownReason)
}
