package who

import (
	"strings"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// readAddress finds the address to which the answer is due: the one at which
// the letter asks to be answered, else the signatory's in the letter, else
// Reply-To, else the author of the letter, else From.
func (w *asker) readAddress() {
	q := &w.reading.Request.Requester
	for _, s := range w.sources() {
		if x := w.addressIn(s); x.End > 0 {
			q.Email = strings.ToLower(w.cite(intake.FieldRequesterMail, s, x))
			if from := w.message.From.Address; intake.DomainOf(q.Email) != intake.DomainOf(from) {
				w.reading.AddDoubt(intake.FieldRequesterMail, "the address stands in the letter; the mail came from another domain", q.Email, from)
			}
			return
		}
	}
	main := w.letter.Main
	switch m := w.message; {
	case main.Author.Address != "" && !strings.EqualFold(main.Author.Address, m.From.Address):
		q.Email = main.Author.Address
	case len(m.ReplyTo) > 0 && !w.ours.Owns(m.ReplyTo[0].Address):
		q.Email = m.ReplyTo[0].Address
	default:
		q.Email = m.From.Address
	}
}

// addressIn returns the best address written in a source, an empty stretch for
// none: one that the text asks to answer to, else one in the signature or
// letterhead of the letter itself.
func (w *asker) addressIn(s *letter.Source) letter.Stretch {
	var own letter.Stretch
	for _, l := range s.Lines {
		if l.Part == letter.PartIgnored {
			continue
		}
		for from := l.Start; ; {
			x := letter.FindAddress(s.Text[from:l.End])
			if x.End == 0 {
				break
			}
			x.Start, x.End = x.Start+from, x.End+from
			from = x.End
			if w.ours.Owns(s.Text[x.Start:x.End]) {
				continue
			}
			if w.asksAnswerAt(s, l, x) {
				return x
			}
			if own.End == 0 && s.Standing == letter.StandingLetter && l.Part != letter.PartBody {
				own = x
			}
		}
	}
	return own
}

// answerReach is how many bytes before an address the words may stand that ask
// to be answered there.
const answerReach = 300

// asksAnswerAt reports whether the words before an address in the body ask to
// be answered there.
func (w *asker) asksAnswerAt(s *letter.Source, l letter.Line, x letter.Stretch) bool {
	if l.Part != letter.PartBody {
		return false
	}
	start := l.Start
	if i := s.SentenceAt(x.Start); i >= 0 {
		start = s.Sentences[i].Start
	}
	return lexicon.Holds(w.hits(s), "answer_to", max(start, x.Start-answerReach), x.Start)
}
