package who

import (
	"strings"

	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// A page is one source of a letter with the phrases of people.yaml that stand in
// it.
type page struct {
	*letter.Source
	people   []lexicon.Hit
	language letter.Language // of the letter

	names nameEnds
}

// says reports whether a phrase of the given id begins within start to end.
func (p *page) says(id string, start, end int) bool {
	return lexicon.Holds(p.people, id, start, end)
}

// withoutLabel leaves out what says in a form what a piece is: "Position: Director".
func (p *page) withoutLabel(x letter.Stretch) letter.Stretch {
	for _, h := range lexicon.HitsAt(p.people, x.Start) {
		if rest := strings.TrimLeft(p.Text[h.End:max(h.End, x.End)], " \u00a0"); h.Has("label") && strings.HasPrefix(rest, ":") {
			value := strings.TrimLeft(rest, ": \u00a0\t")
			return letter.Stretch{Start: x.End - len(value), End: x.End}
		}
	}
	return x
}

// isNote reports whether the text is a note verbale, which nobody signs by
// name.
func (p *page) isNote() bool { return p.says("note", 0, len(p.Text)) }

// isArticle reports whether a word stands before a name without being part of
// it.
func (p *page) isArticle(t lexicon.Token) bool { return p.says("article", t.Start, t.End) }

// page returns a source of the letter with its phrases.
func (w *asker) page(s *letter.Source) *page {
	if w.pages[s] == nil {
		w.pages[s] = &page{Source: s, people: w.phrases.Find(s.Scan), language: w.letter.Language, names: w.names}
	}
	return w.pages[s]
}

// main is the page of the letter itself.
func (w *asker) main() *page { return w.page(w.letter.Main) }

// authored returns the letter, and the cover notes around it; annexes and the
// subject are not among them.
func (w *asker) authored() []*page {
	var out []*page
	for _, s := range w.letter.ByRank() {
		if s.Standing == letter.StandingLetter || s.Standing == letter.StandingCover {
			out = append(out, w.page(s))
		}
	}
	return out
}
