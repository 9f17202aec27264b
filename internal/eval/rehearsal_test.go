//go:build !race

package eval

import (
	"slices"
	"testing"

	"verbale/intake/lexicon"
	"verbale/intake/reading/training"
	"verbale/intake/reading/what"
)

func TestARehearsalAnswersWhatItWasNotShown(t *testing.T) {
	v, err := lexicon.Load(lexicon.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	lessons, err := training.Lessons(training.Sentences(), v)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(lessons, func(l training.Lesson) bool { return l.File == what.ServicesModel })
	services := lessons[i]
	services.Examples = services.Examples[:600]
	var l Learning
	r := Rehearsals(services)[0]
	l.Add(r.Run()...)
	if n := l.All().ByLine; n.All != 120 || n.Value() < 0.75 {
		t.Errorf("%d of %d right, want most of 120", n.Right, n.All)
	}
}
