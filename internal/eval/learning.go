package eval

import (
	"maps"
	"slices"
	"strings"

	"verbale/intake/learned"
	"verbale/intake/reading/training"
)

// folds is into how many parts the lines are divided, of which each is held out once.
const folds = 5

// A Rehearsal trains a model on a part of the examples of a lesson and tests it on the rest
// (cross-validation).
type Rehearsal struct {
	lesson   training.Lesson
	language string // the language that is held out; "" if lines are
	fold     int    // which lines are held out: every folds-th, from this one on
}

// Rehearsals lists the rehearsals of a lesson: one for each fold of its lines, and one for
// each language. If many sentences have a translation among the examples, holding out
// lines gives figures that are too good; holding out a language is the harder and more
// honest test. Rehearsals that would have nothing to train with or to test are left out.
func Rehearsals(l training.Lesson) []Rehearsal {
	var all []Rehearsal
	for fold := range folds {
		all = append(all, Rehearsal{lesson: l, fold: fold})
	}
	languages := map[string]bool{}
	for _, e := range l.Examples {
		languages[e.Language] = true
	}
	for _, language := range slices.Sorted(maps.Keys(languages)) {
		all = append(all, Rehearsal{lesson: l, language: language})
	}
	return slices.DeleteFunc(all, func(r Rehearsal) bool {
		seen, held := r.split()
		return len(seen) == 0 || len(held) == 0
	})
}

// split divides the examples into those to train with and those held out.
func (r Rehearsal) split() (seen, held []training.LabelledText) {
	for i, e := range r.lesson.Examples {
		if r.language == "" && i%folds == r.fold || r.language != "" && e.Language == r.language {
			held = append(held, e)
		} else {
			seen = append(seen, e)
		}
	}
	return seen, held
}

// An Answer is what a model made of an example that it was not shown.
type Answer struct {
	Example    training.LabelledText
	Class      string // the class with the highest probability
	Kind       string // the kind whose classes have the highest probability together
	byLanguage bool   // its whole language was held out
}

// Run trains the model and asks it. It takes seconds for some thousand examples.
func (r Rehearsal) Run() []Answer {
	seen, held := r.split()
	m := r.lesson.Train(seen)
	answers := make([]Answer, len(held))
	for i, e := range held {
		class, kind := likeliest(m.Classes(), m.Scores(e.Text, e.Signs...))
		answers[i] = Answer{Example: e, Class: class, Kind: kind, byLanguage: r.language != ""}
	}
	return answers
}

// likeliest returns the class with the highest probability, and the kind whose classes have
// the highest probability together.
func likeliest(classes []string, scores learned.Scores) (class, kind string) {
	kinds := map[string]float32{}
	best := 0
	for i, p := range scores {
		kinds[kindOf(classes[i])] += p
		if p > scores[best] {
			best = i
		}
	}
	kind = kindOf(classes[best])
	for _, class := range classes { // in a fixed order, unlike the map
		if k := kindOf(class); kinds[k] > kinds[kind] {
			kind = k
		}
	}
	return classes[best], kind
}

// A Learning adds up the answers of the rehearsals of one lesson. The zero
// Learning is ready for use.
type Learning struct {
	all       Learned
	kinds     map[string]*Learned
	languages map[string]*Learned
	themes    map[string]*Learned
	classes   map[string]*Learned
}

// A Learned is how well a group of examples was answered.
type Learned struct {
	Name       string
	ByLine     Share // with a fifth of all lines held out
	ByLanguage Share // with the whole language held out
}

// Add counts answers.
func (l *Learning) Add(answers ...Answer) {
	if l.languages == nil {
		l.kinds, l.languages = map[string]*Learned{}, map[string]*Learned{}
		l.themes, l.classes = map[string]*Learned{}, map[string]*Learned{}
	}
	for _, a := range answers {
		right := a.Class == a.Example.Class
		l.all.add(a, right)
		group(l.languages, a.Example.Language).add(a, right)
		group(l.themes, a.Example.Theme).add(a, right)
		group(l.classes, a.Example.Class).add(a, right)
		group(l.kinds, kindOf(a.Example.Class)).add(a, a.Kind == kindOf(a.Example.Class))
	}
}

// group returns the group of a name, which it adds if there is none.
func group(groups map[string]*Learned, name string) *Learned {
	if groups[name] == nil {
		groups[name] = &Learned{Name: name}
	}
	return groups[name]
}

func (l *Learned) add(a Answer, right bool) {
	n := &l.ByLine
	if a.byLanguage {
		n = &l.ByLanguage
	}
	n.add(right)
}

// kindOf is the part of a class before its sort: "other" of "other.invitation".
func kindOf(class string) string {
	kind, _, _ := strings.Cut(class, ".")
	return kind
}

// All is the sum of all answers.
func (l *Learning) All() Learned {
	all := l.all
	all.Name = "all"
	return all
}

// Languages are the answers by language of the example, in order.
func (l *Learning) Languages() []Learned { return ordered(l.languages) }

// Kinds are the answers by kind, in order and after their sum, where the sort
// within a kind does not matter; nil where no class is a sort of a kind.
func (l *Learning) Kinds() []Learned {
	if slices.Equal(slices.Sorted(maps.Keys(l.kinds)), slices.Sorted(maps.Keys(l.classes))) {
		return nil
	}
	sum := Learned{Name: "all"}
	for _, k := range l.kinds {
		sum.ByLine = sum.ByLine.plus(k.ByLine)
		sum.ByLanguage = sum.ByLanguage.plus(k.ByLanguage)
	}
	return append([]Learned{sum}, ordered(l.kinds)...)
}

// Classes are the answers by what the example is, in order.
func (l *Learning) Classes() []Learned { return ordered(l.classes) }

// Themes are the answers by theme, in order; nil where not every example has
// one, or where themes are what is learned.
func (l *Learning) Themes() []Learned {
	if l.themes[""] != nil || slices.Equal(slices.Sorted(maps.Keys(l.themes)), slices.Sorted(maps.Keys(l.classes))) {
		return nil
	}
	return ordered(l.themes)
}

func ordered(groups map[string]*Learned) []Learned {
	var list []Learned
	for _, name := range slices.Sorted(maps.Keys(groups)) {
		list = append(list, *groups[name])
	}
	return list
}
