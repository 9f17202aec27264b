package what_test

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"testing"

	"verbale/intake/reading/readingtest"
)

// A namedInstrument is a sentence of a letter and the id of the instrument that it refers to;
// "" if it refers to none, although it may seem to.
type namedInstrument struct{ instrument, sentence string }

// sentencesNaming reads testdata/instrument-names.txt, which has an id, or a dash for none,
// and a sentence on each line.
func sentencesNaming(t *testing.T) []namedInstrument {
	t.Helper()
	f, err := os.Open("testdata/instrument-names.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []namedInstrument
	for lines := bufio.NewScanner(f); lines.Scan(); {
		id, sentence, ok := strings.Cut(lines.Text(), "\t")
		if !ok {
			t.Fatalf("line %q names no instrument", lines.Text())
		}
		out = append(out, namedInstrument{strings.TrimPrefix(id, "-"), sentence})
	}
	return out
}

// Officials refer to an instrument by part of its name, a number, a nickname or a former name.
// A small share of these sentences may be misread, since the models change with their training
// data.
func TestInstrumentsAreKnownAsOfficialsCallThem(t *testing.T) {
	const mostMissed = 0.05
	all := sentencesNaming(t)
	var missed []string
	for _, c := range all {
		g := readingtest.Reader().Read(readingtest.Letter("We ask UNECE for assistance in this matter.\n\n" + c.sentence))
		var got []string
		if g.Request != nil {
			got = g.Request.Instruments
		}
		if c.instrument == "" && len(got) > 0 || c.instrument != "" && !slices.Contains(got, c.instrument) {
			missed = append(missed, c.instrument+": "+c.sentence+" -> "+readingtest.Join(got))
		}
	}
	if float64(len(missed)) > mostMissed*float64(len(all)) {
		t.Errorf("%d of %d sentences are read amiss:\n%s", len(missed), len(all), strings.Join(missed, "\n"))
	}
}
