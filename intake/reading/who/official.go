package who

import (
	"math"
	"slices"
	"strings"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// officialWeights is the format of official.yaml, where each feature is explained.
type officialWeights struct {
	Version   int     `yaml:"version"`
	Threshold float64 `yaml:"threshold"`
	Unsure    float64 `yaml:"unsure"`
	Signs     struct {
		Head        float64 `yaml:"head"`
		Number      float64 `yaml:"number"`
		Formula     float64 `yaml:"formula"`
		Post        float64 `yaml:"post"`
		Institution float64 `yaml:"institution"`
		Speaks      float64 `yaml:"speaks"`
		Domain      float64 `yaml:"domain"`
		Private     float64 `yaml:"private"`
		Informal    float64 `yaml:"informal"`
		Casual      float64 `yaml:"casual"`
		Junior      float64 `yaml:"junior"`
		Chief       float64 `yaml:"chief"`
	} `yaml:"signs"`
	Marks []string `yaml:"marks"`
}

// manyCasual is the number of casual words and marks above which further ones do not count.
const manyCasual = 3

// readOfficial decides whether the letter is written on behalf of a public institution.
func (w *asker) readOfficial() {
	score, weights := 0.0, w.official
	for _, s := range w.officialSigns() {
		if s.holds {
			score += s.weight
		}
	}
	score += weights.Signs.Casual * float64(min(w.casual(), manyCasual))
	w.reading.Request.Official = score >= weights.Threshold
	if math.Abs(score-weights.Threshold) < weights.Unsure {
		w.reading.AddDoubt(intake.FieldOfficial, intake.Remark{ID: "doubt.official"}, "true", "false")
	}
	if w.reading.Request.Official {
		w.citeOfficial()
	}
}

// An officialSign is a feature: its weight, and whether the letter has it.
type officialSign struct {
	holds  bool
	weight float64
}

func (w *asker) officialSigns() []officialSign {
	q, p, weights := w.reading.Request, w.main(), w.official.Signs
	_, government := w.vocabulary.CountryOfDomain(intake.DomainOf(w.message.From.Address))
	public := q.Institution != "" && !w.private && !w.unknown
	return []officialSign{
		{p.hasHead(), weights.Head},
		{w.numbered, weights.Number},
		{p.says("formal", 0, len(p.Text)), weights.Formula},
		{q.Requester.Title != "", weights.Post},
		{public, weights.Institution},
		{public && w.speaks, weights.Speaks},
		{government, weights.Domain},
		{w.private, weights.Private},
		{w.saysInformal(), weights.Informal},
		{w.postIs("junior"), weights.Junior},
		{w.postIs("chief"), weights.Chief},
	}
}

// hasHead reports whether the page has a letterhead or a recipient block.
func (p *page) hasHead() bool {
	return slices.ContainsFunc(p.Lines, func(l letter.Line) bool {
		return l.Part == letter.PartAddressee || l.Part == letter.PartLetterhead
	})
}

// saysInformal reports whether the letter itself says that it is not written on behalf of the
// institution.
func (w *asker) saysInformal() bool {
	for _, p := range w.authored() {
		if p.says("informal", 0, len(p.Text)) {
			return true
		}
	}
	return false
}

// postIs reports whether the signatory's post is of a kind: "junior" for posts that do not
// speak for an institution, "chief" for those that speak for the whole of it.
func (w *asker) postIs(kind string) bool {
	post := lexicon.Words(w.reading.Request.Requester.Title)
	return lexicon.Holds(w.phrases.Find(post), kind, 0, len(post.Folded.Text))
}

// casual counts the words and marks typical of people who write on their own behalf.
func (w *asker) casual() (n int) {
	p := w.main()
	for _, h := range p.people {
		if h.Has("casual") {
			n++
		}
	}
	for _, l := range p.Lines {
		for _, mark := range w.official.Marks {
			if l.Part != letter.PartIgnored {
				n += strings.Count(p.Text[l.Start:l.End], mark)
			}
		}
	}
	return n
}

// citeOfficial adds the evidence that makes the letter official: that of its number,
// institution or post, otherwise its first line.
func (w *asker) citeOfficial() {
	for _, f := range []intake.Field{intake.FieldOfficialRef, intake.FieldInstitution, intake.FieldRequesterPost} {
		for _, e := range w.reading.Evidence {
			if e.Field == f {
				e.Field, e.Value = intake.FieldOfficial, "true"
				w.reading.Evidence = append(w.reading.Evidence, e)
				return
			}
		}
	}
	s := w.letter.Main
	if i := strings.IndexByte(s.Text, '\n'); i > 0 {
		w.reading.Evidence = append(w.reading.Evidence, s.Evidence(intake.FieldOfficial, "true", 0, i))
	}
}
