package who

import (
	"strings"

	"verbale/intake"
	"verbale/intake/reading/letter"
)

// readAddress sets the address to reply to, in this order of precedence: an address at which
// the letter asks to be answered, the signatory's address in the letter, Reply-To, the author
// of the letter, From.
func (w *asker) readAddress() {
	q := &w.reading.Request.Requester
	for _, p := range w.authored() {
		if x := w.addressIn(p); x.End > 0 {
			q.Email = strings.ToLower(w.cite(intake.FieldRequesterMail, p, x))
			if from := w.message.From.Address; intake.DomainOf(q.Email) != intake.DomainOf(from) {
				w.reading.AddDoubt(intake.FieldRequesterMail, intake.Remark{ID: "doubt.other_domain"}, q.Email, from)
			}
			return
		}
	}
	main := w.letter.Main
	switch m := w.message; {
	case main.Author.Address == "" && w.addressOfNamesake() != "":
		q.Email = w.addressOfNamesake()
	case main.Author.Address != "" && !strings.EqualFold(main.Author.Address, m.From.Address):
		q.Email = main.Author.Address
	case len(m.ReplyTo) > 0 && !w.ours.Owns(m.ReplyTo[0].Address):
		q.Email = m.ReplyTo[0].Address
	default:
		q.Email = m.From.Address
	}
}

// addressOfNamesake returns the address from which the signatory sent another of the forwarded
// messages; "" if there is none.
func (w *asker) addressOfNamesake() string {
	name := w.reading.Request.Requester.Name
	for _, s := range w.letter.Sources {
		if name != "" && strings.EqualFold(s.Author.Name, name) {
			return s.Author.Address
		}
	}
	return ""
}

// addressIn returns the best address on a page: one at which the text asks to be answered,
// otherwise one in the signature or letterhead of the letter itself; an empty stretch if there
// is none.
func (w *asker) addressIn(p *page) letter.Stretch {
	var own letter.Stretch
	for _, l := range p.Lines {
		if l.Part == letter.PartIgnored {
			continue
		}
		for _, x := range letter.Addresses(p.Text, l.Start, l.End) {
			switch {
			case w.ours.Owns(p.Text[x.Start:x.End]):
			case p.asksAnswerAt(l, x):
				return x
			case own.End == 0 && p.Standing == letter.StandingLetter && l.Part != letter.PartBody:
				own = x
			}
		}
	}
	return own
}

// answerReach is the maximum distance in bytes from the words that ask for a reply to the
// address after them.
const answerReach = 300

// asksAnswerAt reports whether the words before or after an address in the body ask for a
// reply to it.
func (p *page) asksAnswerAt(l letter.Line, x letter.Stretch) bool {
	if l.Part != letter.PartBody {
		return false
	}
	start, end := l.Start, l.End
	if i := p.SentenceAt(x.Start); i >= 0 {
		start, end = p.Sentences[i].Start, p.Sentences[i].End
	}
	before := max(start, x.Start-answerReach)
	return p.says("answer_to", before, x.Start) || p.says("answer_at", before, x.Start) || p.says("answer_at", x.End, end)
}
