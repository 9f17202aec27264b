package intake

import (
	"strings"
)

// A verdict is what a mail was found to be, why, and how surely.
type verdict struct {
	kind     Kind
	reason   string
	evidence []Evidence
	sure     float64 // 0.5 is a guess, 1 beyond doubt
	rival    Kind    // what else it might be
}

// surely is the confidence from which a kind stands without a doubt.
const surely = 0.75

// kindOf tells what a message is. The first of bounce, automatic reply, spam
// and follow-up that fits is taken; else it is what is asked in it that
// decides between a request and other mail.
func (r *Reader) kindOf(m *Message, l letter) (Kind, string, []Evidence, []Doubt) {
	if m.Unreadable != "" {
		return KindOther, ReasonUnreadable, nil, nil
	}
	e := r.examine(m, l)
	v := verdict{}
	for _, judge := range []func() (verdict, bool){e.bounce, e.autoReply, e.spam, e.followUp, e.asks} {
		var ok bool
		if v, ok = judge(); ok {
			break
		}
	}
	var doubts []Doubt
	if v.sure < surely {
		doubts = append(doubts, Doubt{Field: FieldKind, Reason: v.reason, Candidates: []string{string(v.kind), string(v.rival)}})
	}
	return v.kind, v.reason, v.evidence, doubts
}

// An examination is what was counted in a message in order to tell its kind.
type examination struct {
	*Reader
	message *Message
	letter  letter
	acts    map[string]int     // phrases of acts.yaml in what the sender wrote, by id
	subject map[string]int     // of those, in the subject
	chance  map[string]float64 // by class of the kinds model
	words   int                // of what the sender wrote
	ask     float64            // of the sentence that asks most
	asking  *sentence
	where   *source
}

func (r *Reader) examine(m *Message, l letter) *examination {
	e := &examination{Reader: r, message: m, letter: l, acts: map[string]int{}, subject: map[string]int{}, chance: map[string]float64{}}
	var text strings.Builder
	for _, i := range l.byRank() {
		s := &l.sources[i]
		if s.standing == standingAnnex {
			continue
		}
		e.count(s, &text)
	}
	folded := text.String()
	for i, p := range r.wording.kinds.Scores(folded) {
		e.chance[r.wording.kinds.Classes()[i]] = float64(p)
	}
	return e
}

// count adds the phrases and the text of one source.
func (e *examination) count(s *source, text *strings.Builder) {
	into := e.acts
	if s.standing == standingSubject {
		into = e.subject
	}
	for _, x := range s.own() {
		countActs(s.acts, "", x.start, x.end, into)
		text.WriteString(s.folded(x.start, x.end))
		text.WriteString("\n")
		e.words += len(s.tokensIn(x.start, x.end))
	}
	if s.standing == standingSubject {
		for id, n := range into {
			e.acts[id] += n
		}
	}
	if i, ask := s.bestAsk(); ask > e.ask && s.standing != standingSubject {
		e.ask, e.asking, e.where = ask, &s.sentences[i], s
	}
}

// phrases counts the different ids and all the phrases whose id begins with a
// prefix.
func (e *examination) phrases(prefix string) (n int) {
	for id, count := range e.acts {
		if strings.HasPrefix(id, prefix) {
			n += count
		}
	}
	return n
}

// cite returns the first phrase whose id begins with a prefix, as evidence for
// a kind.
func (e *examination) cite(kind Kind, prefix string) []Evidence {
	for i := range e.letter.sources {
		s := &e.letter.sources[i]
		for _, x := range s.own() {
			for _, h := range hitsWithin(s.acts, x.start, x.end) {
				for _, sense := range h.Senses {
					if strings.HasPrefix(sense.ID, prefix) {
						return []Evidence{s.evidence(FieldKind, string(kind), h.Start, h.End)}
					}
				}
			}
		}
	}
	return nil
}

// carriesLetter reports whether an attachment is the letter, so that the body
// is not all there is to the mail.
func (e *examination) carriesLetter() bool {
	s := &e.letter.sources[e.letter.main]
	return strings.HasPrefix(s.name, "attachment")
}

// top returns the id of the most frequent phrases with a prefix, the prefix
// left out; "" for none.
func (e *examination) top(prefix string) (reason string, n int) {
	for id, count := range e.acts {
		if rest, ok := strings.CutPrefix(id, prefix); ok && (count > n || count == n && rest < reason) {
			reason, n = rest, count
		}
	}
	return reason, n
}
