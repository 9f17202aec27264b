package desk

import (
	"context"
	"fmt"
	"strings"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

// A commandHandler executes a command; l is what was typed after its name.
type commandHandler func(ctx context.Context, v interaction, l line) (Answer, error)

// commandHandlers maps command IDs to commandHandlers.
func (d *Desk) commandHandlers() map[string]commandHandler {
	return map[string]commandHandler{
		"help": d.runHelp, "list": d.runList, "mine": d.runMine, "show": d.runShow, "find": d.runFind,
		"assign": d.runGive(intake.VerbAssign, PressChoose), "hand_over": d.runGive(intake.VerbHandOver, PressHandOver),
		"accept": d.runAccept, "decline": d.runReason(PressDecline), "reopen": d.runReason(PressReopen),
		"ask": d.runOpen(PressAsk), "reply": d.runOpen(PressReply), "correct": d.runOpen(PressCorrect), "split": d.runOpen(PressSplit),
		"note": d.runNote, "close": d.runClose, "merge": d.runMerge, "confidential": d.runConfidential,
		"new": d.runNew, "away": d.runAway,
		"remind": d.runRemind, "snooze": d.runSnooze, "overdue": d.runOverdue, "results": d.runOpen(PressResults), "report": d.runReport,
	}
}

// Command executes what a colleague typed after the slash command. Unknown input changes
// nothing: the answer suggests what may have been meant.
func (d *Desk) Command(ctx context.Context, by bot.Colleague, id, text string) (Answer, error) {
	if len(by.Roles) == 0 {
		return Answer{}, &bot.Refusal{Phrase: "refused.stranger"}
	}
	v := d.newInteraction(by, id, Press{})
	l := lineOf(text)
	if len(l.words) == 0 {
		return d.runHelp(ctx, v, l)
	}
	if name, n := l.first(embeddedVocabulary().names); n > 0 && d.knows(name) {
		return d.commands[name](ctx, v, l.from(n))
	}
	if _, ok := d.referenceIn(l.words[0].text); ok {
		return d.runShow(ctx, v, l)
	}
	return v.unknown(l), nil
}

// knows reports whether a command is available in this office.
func (d *Desk) knows(command string) bool { return command != "report" || d.reporter != nil }

// again executes the command in a button's value.
func (d *Desk) again(ctx context.Context, v interaction) (Answer, error) {
	answer, err := d.Command(ctx, v.by, v.id, v.press.Value)
	answer.Replace = answer.Say != nil && !answer.Shared
	return answer, err
}

// unknown says that there is no such command, and suggests similar ones.
func (w pageWriter) unknown(l line) Answer {
	first := l.words[0]
	blocks := []Block{Paragraph{Text: w.say("command.unknown", phrases.Values{"command": cut(first.text, shownTitle)})}}
	var row Buttons
	for _, name := range w.near(first.folded) {
		meant := cut(strings.TrimSpace(name+" "+l.from(1).rest()), carriedWords)
		row.Buttons = append(row.Buttons, Button{Label: cut(meant, shownButton), Press: Press{Name: PressCommand, Value: meant}})
	}
	if len(row.Buttons) > 0 {
		blocks = append(blocks, Paragraph{Text: w.say("command.meant")}, row)
	}
	find := cut(strings.TrimSpace(w.nameOf("find")+" "+l.rest()), carriedWords)
	help := w.nameOf("help")
	blocks = append(blocks, Buttons{Buttons: []Button{
		{Label: cut(find, shownButton), Press: Press{Name: PressCommand, Value: find}},
		{Label: help, Press: Press{Name: PressCommand, Value: help}},
	}})
	return Answer{Say: &Page{Title: w.say("command.title"), Blocks: blocks}}
}

const (
	shownButton  = 60  // characters of the typed text shown on a button
	carriedWords = 500 // characters of the typed text carried in its value
)

// near are at most two command names, in any language, that are similar to a word; none if the
// edit distance is too large.
func (w pageWriter) near(word string) []string {
	if word = cut(word, shownButton); word == "" {
		return nil
	}
	var found []string
	best := 3
	for _, s := range embeddedVocabulary().names {
		name := strings.Join(s.words, " ")
		off := distance([]rune(word), []rune(name))
		if !w.knows(s.id) || off > 2 || off*2 >= len([]rune(name)) || off > best {
			continue
		}
		if off < best {
			best, found = off, nil
		}
		if len(found) < 2 {
			found = append(found, name)
		}
	}
	return found
}

// distance is the edit distance between two words, counting transpositions as one edit
// (optimal string alignment, the restricted Damerau-Levenshtein distance).
func distance(a, b []rune) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range b {
		rows[0][j+1] = j + 1
	}
	for i, x := range a {
		for j, y := range b {
			cost := 1
			if x == y {
				cost = 0
			}
			least := min(rows[i][j+1]+1, rows[i+1][j]+1, rows[i][j]+cost)
			if i > 0 && j > 0 && x == b[j-1] && y == a[i-1] {
				least = min(least, rows[i-1][j-1]+1)
			}
			rows[i+1][j+1] = least
		}
	}
	return rows[len(a)][len(b)]
}

// nameOf is the primary name of a command in the language of the pages.
func (w pageWriter) nameOf(id string) string {
	for _, c := range embeddedVocabulary().Commands {
		if c.ID == id {
			return c.Names[w.lang][0]
		}
	}
	return id
}

// referenceIn parses a reference; a bare number is one of this year.
func (d *Desk) referenceIn(text string) (reference string, ok bool) {
	return ReadReference(text, d.service.Office.Prefix, d.today().Year)
}

// referenceFirst parses the reference at the beginning of a line; false if there is none. If a
// bare number does not exist in this year, last year is tried.
func (d *Desk) referenceFirst(ctx context.Context, l line) (reference string, rest line, ok bool) {
	if len(l.words) == 0 {
		return "", l, false
	}
	reference, ok = FindReference(ctx, d.service.Store, l.words[0].text, d.service.Office.Prefix, d.today().Year)
	if !ok {
		return "", l, false
	}
	return reference, l.from(1), true
}

// aboutRecord parses the reference for a command about a record. If it is missing, usage is
// the help for the command.
func (d *Desk) aboutRecord(ctx context.Context, v *interaction, id string, l line) (rest line, usage *Answer) {
	reference, rest, ok := d.referenceFirst(ctx, l)
	if !ok {
		usage := v.explained(id)
		return l, &usage
	}
	v.press = Press{Name: v.press.Name, Reference: reference}
	return rest, nil
}

// opened opens the form of a press for the record named in a command.
func (d *Desk) opened(ctx context.Context, v interaction, press string) (Answer, error) {
	v.press.Name = press
	return d.open(ctx, v, d.openers[press])
}

// ordered gives an order and reports the resulting state of the record.
func (d *Desk) ordered(ctx context.Context, v interaction, operation bot.Operation) (Answer, error) {
	if _, err := d.order(ctx, v, operation); err != nil {
		return Answer{}, err
	}
	rec, err := d.service.Store.Load(ctx, v.press.Reference)
	if err != nil {
		return Answer{}, fmt.Errorf("load %s: %w", v.press.Reference, err)
	}
	values := phrases.Values{"reference": rec.Reference, "status": v.status(rec)}
	if !rec.Status.Open() || rec.Owner == intake.ToDesk {
		return v.sentence(v.say("done.step", values)), nil
	}
	values["owner"] = v.holder(rec.Owner)
	return v.sentence(v.say("done.step_owner", values)), nil
}

// sentence is an answer of one sentence.
func (w pageWriter) sentence(text string) Answer {
	return Answer{Say: &Page{Blocks: []Block{Paragraph{Text: text}}}, Home: true}
}
