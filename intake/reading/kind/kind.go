// Package kind tells what a mail is before anything else is asked of it: a
// request, a follow-up, an automatic reply, a bounce, spam, or genuine mail that
// asks for no technical cooperation.
//
// It judges by headers and structure (RFC 3834, RFC 3464) first, then by wording,
// and between request and other by what is asked of whom. There is always an
// answer with a reason; one that is not sure carries a doubt with its rival.
package kind

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"verbale/intake"
	"verbale/intake/learned"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// ModelFile is the file of the model that tells what kind of mail a whole text
// is. A class is a kind, or a kind and a sort of it: "other.invitation".
const ModelFile = "kinds.model"

// A Reader tells what kind of mail a message is. It is read only and may be
// used by several goroutines at once.
type Reader struct {
	model      *learned.Model
	weights    weights
	vocabulary *lexicon.Vocabulary
}

// Load reads kinds.model and kinds.yaml, and refuses a model that tells apart
// what is no kind. Its error names every file that is wrong.
func Load(files fs.FS, v *lexicon.Vocabulary) (*Reader, error) {
	m, noModel := loadModel(files)
	w, noWeights := loadWeights(files)
	if err := errors.Join(noModel, noWeights); err != nil {
		return nil, err
	}
	return &Reader{m, w, v}, nil
}

func loadModel(files fs.FS) (*learned.Model, error) {
	m, err := learned.Load(files, ModelFile)
	if err != nil {
		return nil, err
	}
	for _, class := range m.Classes() {
		if kind, _, _ := strings.Cut(class, "."); !slices.Contains(intake.Kinds(), intake.Kind(kind)) {
			return nil, fmt.Errorf("%s: kind %q of the model is not known", ModelFile, class)
		}
	}
	return m, nil
}

// A verdict is what a mail was found to be, why, and how surely.
type verdict struct {
	kind     intake.Kind
	reason   intake.Remark
	evidence []intake.Evidence
	sure     float64     // 0.5 is a guess, 1 beyond doubt
	rival    intake.Kind // what else it might be
	worded   bool        // by its words alone, which people may write as well
}

// surely is the confidence from which a kind stands without a doubt.
const surely = 0.8

// Read fills in what a message is, and why. The first of bounce, automatic reply, spam
// and follow-up that fits is taken; else it is what is asked in it that
// decides between a request and other mail.
func (r *Reader) Read(m *intake.Message, l *letter.Letter, ours intake.Ours, reading *intake.Reading) {
	if m.Unreadable != "" {
		reading.Kind, reading.KindReason = intake.KindOther, intake.Remark{ID: intake.ReasonUnreadable}
		return
	}
	e := r.examine(m, l, ours)
	v := verdict{}
	for _, judge := range []func() (verdict, bool){e.bounce, e.autoReply, e.spam, e.followUp, e.letterUnread, e.asks} {
		var ok bool
		if v, ok = judge(); ok {
			break
		}
	}
	v = e.orRequest(v)
	reading.Kind, reading.KindReason = v.kind, v.reason
	reading.Evidence = append(reading.Evidence, v.evidence...)
	if v.sure < surely {
		reading.AddDoubt(intake.FieldKind, v.reason, string(v.kind), string(v.rival))
	}
}

// aGuess is how sure a verdict is where another is as good.
const aGuess = 0.5

// orRequest doubts a notice of a machine that is one by its words alone, where one of
// its sentences plainly asks for technical cooperation: who sends a letter again tells
// that it came back, or that they are away next week, and it must not be lost over that.
func (e *examination) orRequest(v verdict) verdict {
	if v.worded && e.ask >= plainAsk {
		v.sure, v.rival = aGuess, intake.KindRequest
	}
	return v
}

// An examination is what was counted in a message in order to tell its kind.
type examination struct {
	*Reader
	message *intake.Message
	letter  *letter.Letter
	ours    intake.Ours
	acts    map[string]int     // phrases of acts.yaml in what the sender wrote, by id
	subject map[string]int     // of those, in the subject
	chance  map[string]float64 // by class of the kinds model
	words   int                // of what the sender wrote
	ask     float64            // of the sentence that asks most
	asking  *letter.Sentence
	where   *letter.Source
}

func (r *Reader) examine(m *intake.Message, l *letter.Letter, ours intake.Ours) *examination {
	e := &examination{Reader: r, message: m, letter: l, ours: ours, acts: map[string]int{}, subject: map[string]int{}, chance: map[string]float64{}}
	var text strings.Builder
	for _, s := range l.ByRank() {
		if s.Standing == letter.StandingAnnex {
			continue
		}
		e.count(s, &text)
	}
	folded := text.String()
	for i, p := range r.model.Scores(folded) {
		e.chance[r.model.Classes()[i]] = float64(p)
	}
	return e
}

// count adds the phrases and the text of one source.
func (e *examination) count(s *letter.Source, text *strings.Builder) {
	into := e.acts
	if s.Standing == letter.StandingSubject {
		into = e.subject
	}
	for _, x := range e.own(s) {
		countActs(lexicon.HitsIn(s.Acts, x.Start, x.End), into)
		text.WriteString(s.Folded(x.Start, x.End))
		text.WriteString("\n")
		e.words += len(s.Scan.TokensIn(x.Start, x.End))
	}
	if s.Standing == letter.StandingSubject {
		for id, n := range into {
			e.acts[id] += n
		}
	}
	if i, ask := s.BestAsk(); ask > e.ask && s.Standing != letter.StandingSubject {
		e.ask, e.asking, e.where = ask, &s.Sentences[i], s
	}
}

// own is what the sender wrote of a source. In the subject of an answer to a mail
// of ours that is what stands before the first colon: the rest is ours.
func (e *examination) own(s *letter.Source) []letter.Stretch {
	prefix, _, found := strings.Cut(s.Text, ":")
	if s.Standing != letter.StandingSubject || !found {
		return s.Own()
	}
	if reference, _, _ := e.ours.FindReference(s.Text); reference == "" && !e.ours.AnsweredBy(e.message) {
		return s.Own()
	}
	return []letter.Stretch{{Start: 0, End: len(prefix)}}
}

// countActs counts hits by what they may mean.
func countActs(hits []lexicon.Hit, counts map[string]int) {
	for _, h := range hits {
		for _, sense := range h.Senses {
			counts[sense.ID]++
		}
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
func (e *examination) cite(kind intake.Kind, prefix string) []intake.Evidence {
	for _, s := range e.letter.Sources {
		for _, x := range e.own(s) {
			for _, h := range lexicon.HitsIn(s.Acts, x.Start, x.End) {
				for _, sense := range h.Senses {
					if strings.HasPrefix(sense.ID, prefix) {
						return []intake.Evidence{s.Evidence(intake.FieldKind, string(kind), h.Start, h.End)}
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
	return strings.HasPrefix(e.letter.Main.Name, "attachment")
}

// top returns the id of the most frequent phrases with a prefix, the prefix
// left out; "" for none.
func (e *examination) top(prefix string) (sort string, n int) {
	for id, count := range e.acts {
		if rest, ok := strings.CutPrefix(id, prefix); ok && (count > n || count == n && rest < sort) {
			sort, n = rest, count
		}
	}
	return sort, n
}

// ofSort is the reason of a mail that is of a sort of its kind; none where the
// sort is not known.
func ofSort(sort string) intake.Remark {
	if sort == "" {
		return intake.Remark{}
	}
	return intake.Remark{ID: "kind.sort", Args: map[string]string{"sort": sort}}
}
