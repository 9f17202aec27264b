// Package kind classifies a message before anything else is read from it: a request, a
// follow-up, an automatic reply, a bounce, spam, or genuine mail that requests no technical
// cooperation.
//
// It looks at headers and structure first (RFC 3834, RFC 3464), then at the wording; between
// request and other mail, it decides by what is asked of whom. There is always a result with a
// reason; an uncertain one carries a doubt with the alternative.
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

// ModelFile is the file of the model that classifies the kind of a whole message. A class is a
// kind, or a kind and a subtype: "other.invitation".
const ModelFile = "kinds.model"

// A Reader determines the kind of a message. It is read-only and safe for concurrent use.
type Reader struct {
	model      *learned.Model
	weights    weights
	vocabulary *lexicon.Vocabulary
}

// Load reads kinds.model and kinds.yaml, and rejects a model with classes that are not kinds.
// An error names every invalid file.
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

// A verdict is the classification of a message with its reason and confidence.
type verdict struct {
	kind     intake.Kind
	reason   intake.Remark
	evidence []intake.Evidence
	sure     float64     // confidence: 0.5 is a guess, 1 is certain
	rival    intake.Kind // the most likely alternative
	worded   bool        // based on wording alone, which people may use too
}

// surely is the minimum confidence of a kind without a doubt.
const surely = 0.8

// Read sets the kind of a message and the reason. The first match of bounce, automatic reply,
// spam, follow-up, and cover note of an unreadable letter is taken; otherwise what the message
// asks decides between a request and other mail.
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
	if why, doubtful := e.doubt(v); doubtful {
		reading.AddDoubt(intake.FieldKind, why, string(v.kind), string(v.rival))
	}
}

// faintAsk is the ask score below which no sentence of a message asks for anything.
const faintAsk = 0.3

// doubt returns why a verdict is uncertain, if it is: the letter requests something of another
// organisation, no sentence of it asks for anything, or the confidence is low.
func (e *examination) doubt(v verdict) (why intake.Remark, doubtful bool) {
	if v.kind == intake.KindRequest {
		if partner := e.addressedElsewhere(); partner != "" {
			return intake.Remark{ID: "doubt.elsewhere", Args: map[string]string{"partner": partner}}, true
		}
		if e.ask < faintAsk {
			return intake.Remark{ID: "doubt.no_ask"}, true
		}
	}
	return v.reason, v.sure < surely
}

// aGuess is the confidence of a verdict with an equally likely alternative.
const aGuess = 0.5

// orRequest adds a doubt to a bounce or automatic reply recognised by its wording alone if a
// sentence clearly requests technical cooperation. A sender may mention that the first attempt
// bounced, or that they are away next week, and the request must not be lost over that.
func (e *examination) orRequest(v verdict) verdict {
	if v.worded && e.ask >= plainAsk {
		v.sure, v.rival = aGuess, intake.KindRequest
	}
	return v
}

// An examination is the features of a message from which its kind is determined.
type examination struct {
	*Reader
	message *intake.Message
	letter  *letter.Letter
	ours    intake.Ours
	acts    map[string]int     // number of phrases of acts.yaml in the sender's text, by id
	subject map[string]int     // the same for the subject only
	chance  map[string]float64 // probability by class of the kinds model
	words   int                // number of words in the sender's text
	ask     float64            // the highest ask score of a sentence; asking and where are that sentence and its source
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

// own returns the sender's own text in a source. In the subject of a reply to our mail, only
// the prefix before the first colon is the sender's; the rest is ours.
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

// countActs counts the senses of all hits by id.
func countActs(hits []lexicon.Hit, counts map[string]int) {
	for _, h := range hits {
		for _, sense := range h.Senses {
			counts[sense.ID]++
		}
	}
}

// phrases returns the number of phrases whose id starts with prefix.
func (e *examination) phrases(prefix string) (n int) {
	for id, count := range e.acts {
		if strings.HasPrefix(id, prefix) {
			n += count
		}
	}
	return n
}

// cite returns the first phrase whose id starts with prefix, as evidence for a kind.
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

// carriesLetter reports whether an attachment is the letter, so that the body is not the whole
// message.
func (e *examination) carriesLetter() bool {
	return strings.HasPrefix(e.letter.Main.Name, "attachment")
}

// top returns the id, without the prefix, of the most frequent phrases whose id starts with
// prefix; "" if there are none.
func (e *examination) top(prefix string) (sort string, n int) {
	for id, count := range e.acts {
		if rest, ok := strings.CutPrefix(id, prefix); ok && (count > n || count == n && rest < sort) {
			sort, n = rest, count
		}
	}
	return sort, n
}

// ofSort returns the reason for a kind with a subtype; an empty one if the subtype is not
// known.
func ofSort(sort string) intake.Remark {
	if sort == "" {
		return intake.Remark{}
	}
	return intake.Remark{ID: "kind.sort", Args: map[string]string{"sort": sort}}
}
