package who

import (
	"strings"

	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// A page is one source of a letter with the phrases of people.yaml found in it.
type page struct {
	*letter.Source
	people   []lexicon.Hit
	language letter.Language // of the letter

	names nameEnds
}

// says reports whether a phrase with the given id begins in text[start:end].
func (p *page) says(id string, start, end int) bool {
	return lexicon.Holds(p.people, id, start, end)
}

// withoutLabel drops the label of a form field: "Position: Director".
func (p *page) withoutLabel(x letter.Stretch) letter.Stretch {
	for _, h := range lexicon.HitsAt(p.people, x.Start) {
		if rest := strings.TrimLeft(p.Text[h.End:max(h.End, x.End)], " \u00a0"); h.Has("label") && strings.HasPrefix(rest, ":") {
			value := strings.TrimLeft(rest, ": \u00a0\t")
			return letter.Stretch{Start: x.End - len(value), End: x.End}
		}
	}
	return x
}

// isNote reports whether the text is a note verbale, which no person signs by name.
func (p *page) isNote() bool { return p.says("note", 0, len(p.Text)) }

// isArticle reports whether a word is an article, which may precede a name but is not part of
// it.
func (p *page) isArticle(t lexicon.Token) bool { return p.says("article", t.Start, t.End) }

// page returns the page of a source, creating it on first use.
func (w *asker) page(s *letter.Source) *page {
	if w.pages[s] == nil {
		w.pages[s] = &page{Source: s, people: w.phrases.Find(s.Scan), language: w.letter.Language, names: w.names}
	}
	return w.pages[s]
}

// main returns the page of the letter itself.
func (w *asker) main() *page { return w.page(w.letter.Main) }

// authored returns the pages of the letter and of the cover notes, without the subject and the
// annexes.
func (w *asker) authored() []*page {
	var out []*page
	for _, s := range w.letter.ByRank() {
		if s.Standing == letter.StandingLetter || s.Standing == letter.StandingCover {
			out = append(out, w.page(s))
		}
	}
	return out
}
