package intake

import "strings"

// readAddress finds the address to which the answer is due: the one at which
// the letter asks to be answered, else the signatory's in the letter, else
// Reply-To, else the author of the letter, else From.
func (w *asker) readAddress() {
	q := &w.reading.Request.Requester
	for _, s := range w.sources() {
		if x := w.addressIn(s); x.end > 0 {
			q.Email = strings.ToLower(w.cite(FieldRequesterMail, s, x))
			if from := w.message.From.Address; domainOf(q.Email) != domainOf(from) {
				w.reading.doubt(FieldRequesterMail, "the address stands in the letter; the mail came from another domain", q.Email, from)
			}
			return
		}
	}
	main := &w.letter.sources[w.letter.main]
	switch m := w.message; {
	case main.author.Address != "" && !strings.EqualFold(main.author.Address, m.From.Address):
		q.Email = main.author.Address
	case len(m.ReplyTo) > 0 && !w.isOurs(m.ReplyTo[0].Address):
		q.Email = m.ReplyTo[0].Address
	default:
		q.Email = m.From.Address
	}
}

func (w *asker) isOurs(address string) bool {
	return within(domainOf(address), strings.ToLower(w.ours.Domain))
}

// addressIn returns the best address written in a source, an empty stretch for
// none: one that the text asks to answer to, else one in the signature or
// letterhead of the letter itself.
func (w *asker) addressIn(s *source) stretch {
	var own stretch
	for _, l := range s.lines {
		if l.part == partIgnored {
			continue
		}
		for from := l.start; ; {
			x := findAddress(s.text[from:l.end])
			if x.end == 0 {
				break
			}
			x.start, x.end = x.start+from, x.end+from
			from = x.end
			if w.isOurs(s.text[x.start:x.end]) {
				continue
			}
			if w.asksAnswerAt(s, l, x) {
				return x
			}
			if own.end == 0 && s.standing == standingLetter && l.part != partBody {
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
func (w *asker) asksAnswerAt(s *source, l line, x stretch) bool {
	if l.part != partBody {
		return false
	}
	start := l.start
	if i := s.sentenceAt(x.start); i >= 0 {
		start = s.sentences[i].start
	}
	return holds(w.hits(s), "answer_to", max(start, x.start-answerReach), x.start)
}
