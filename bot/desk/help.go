package desk

import (
	"context"
	"slices"
	"strings"

	"verbale/internal/phrases"
)

// runHelp lists the commands, or explains one of them.
func (d *Desk) runHelp(_ context.Context, v interaction, l line) (Answer, error) {
	if len(l.words) > 0 {
		id, n := l.first(embeddedVocabulary().names)
		if n == 0 || !d.knows(id) {
			return v.unknown(l), nil
		}
		return v.explained(id), nil
	}
	page := Page{Title: v.say("help.title"), Blocks: []Block{Paragraph{Text: v.say("help.lead")}}}
	for _, c := range embeddedVocabulary().Commands {
		if !d.knows(c.ID) {
			continue
		}
		explain := Button{Label: v.say("button.help"), Press: Press{Name: PressCommand, Value: v.nameOf("help") + " " + v.nameOf(c.ID)}}
		page.Blocks = append(page.Blocks, Row{Title: v.last(c), Detail: v.say("help." + c.ID), Button: &explain})
	}
	page.Blocks = append(page.Blocks, Fine{v.say("help.inside")})
	return Answer{Say: &page}, nil
}

// last is the most complete example of a command, which is the last one.
func (w pageWriter) last(c command) string {
	examples := c.Examples[w.lang]
	return examples[len(examples)-1]
}

// explained explains one command, with examples and its other names.
func (w pageWriter) explained(id string) Answer {
	i := slices.IndexFunc(embeddedVocabulary().Commands, func(c command) bool { return c.ID == id })
	c := embeddedVocabulary().Commands[i]
	title := w.say("help.command", phrases.Values{"command": w.nameOf(id)})
	blocks := []Block{
		Paragraph{Text: w.say("help." + id)},
		Paragraph{Text: w.say("help.examples"), Strong: true}, Paragraph{Text: strings.Join(c.Examples[w.lang], "\n")},
	}
	if others := c.Names[w.lang][1:]; len(others) > 0 {
		blocks = append(blocks, Fine{w.say("help.others", phrases.Values{"names": listed(others...)})})
	}
	return Answer{Say: &Page{Title: title, Blocks: blocks}}
}
