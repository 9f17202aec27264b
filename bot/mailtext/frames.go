package mailtext

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"verbale/intake/lexicon"
)

// A Frame is a cue in several parts, with other words between them: "consider our request
// of 3 March as withdrawn". The parts follow each other in one sentence.
type Frame struct {
	// Within is how many words may stand between one part and the next.
	Within int `yaml:"within"`
	// AnyOrder allows the parts to stand in the reverse order too.
	AnyOrder bool `yaml:"any_order"`
	// Parts are the phrases of each part, by language.
	Parts []map[string][]string `yaml:"parts"`
}

// A compiledFrame is a frame whose phrases can be searched for, each under the number of
// its part.
type compiledFrame struct {
	Frame
	id    string
	terms *lexicon.Terms
}

// compileFrames prepares frames, by the cue that each of them is, for searching.
func compileFrames(frames map[string][]Frame) (compiled []compiledFrame, err error) {
	for _, id := range slices.Sorted(maps.Keys(frames)) {
		for i, f := range frames[id] {
			if len(f.Parts) < 2 || f.Within < 0 {
				return nil, fmt.Errorf("frame %d of %s needs at least two parts, and within must not be negative", i+1, id)
			}
			phrases := lexicon.Phrases{}
			for n, part := range f.Parts {
				phrases[strconv.Itoa(n)] = part
			}
			terms, err := phrases.Compile()
			if err != nil {
				return nil, fmt.Errorf("frame %d of %s: %w", i+1, id, err)
			}
			compiled = append(compiled, compiledFrame{f, id, terms})
		}
	}
	return compiled, nil
}

// find returns the places where all parts of the frame stand in order, each as one hit
// with the hits of its parts.
func (f *compiledFrame) find(text string, scan lexicon.Scan) (found []framed) {
	hits := f.terms.Find(scan)
	hits = hits[:min(len(hits), mostCues)]
	order := make([]string, len(f.Parts))
	for n := range order {
		order[n] = strconv.Itoa(n)
	}
	found = f.inOrder(text, hits, order)
	if f.AnyOrder {
		slices.Reverse(order)
		found = append(found, f.inOrder(text, hits, order)...)
	}
	return found
}

// A framed hit is a frame found in a text.
type framed struct {
	lexicon.Hit
	parts []lexicon.Hit
}

func (f *compiledFrame) inOrder(text string, hits []lexicon.Hit, order []string) (found []framed) {
	for i, first := range hits {
		if !first.Has(order[0]) {
			continue
		}
		_, end := sentenceAround(text, first.Start, first.End)
		parts := f.rest(hits[i+1:], []lexicon.Hit{first}, order[1:], end)
		if parts == nil {
			continue
		}
		last := parts[len(parts)-1]
		whole := lexicon.Hit{
			Start: first.Start, End: last.End, Token: first.Token, N: last.Token + last.N - first.Token, Senses: []lexicon.Sense{{ID: f.id}},
		}
		found = append(found, framed{whole, parts})
	}
	return found
}

// rest finds the remaining parts behind those that were found; nil if one is missing.
func (f *compiledFrame) rest(hits, parts []lexicon.Hit, order []string, end int) []lexicon.Hit {
	for _, part := range order {
		before := parts[len(parts)-1]
		at := slices.IndexFunc(hits, func(h lexicon.Hit) bool { return h.Has(part) })
		if at < 0 || hits[at].End > end || hits[at].Token-(before.Token+before.N) > f.Within {
			return nil
		}
		parts, hits = append(parts, hits[at]), hits[at+1:]
	}
	return parts
}

// hearFrames adds the frames found in the text to its cues, without negated ones: one of the
// hits of cues negates a frame some words before it, or directly before one of its parts.
func (h *Heard) hearFrames(hits []lexicon.Hit) {
	for i := range h.ear.Habits.frames {
		for _, f := range h.ear.Habits.frames[i].find(h.text, h.scan) {
			if len(h.cues)+len(h.denials) >= mostCues {
				return
			}
			from, to := sentenceAround(h.text, f.Start, f.End)
			c := Cue{f.Hit, from, to}
			if !h.negated(c, lexicon.HitsIn(hits, from, f.Start)) && !f.negatedWithin(hits) {
				h.cues = append(h.cues, c)
			}
		}
	}
	slices.SortStableFunc(h.cues, func(a, b Cue) int { return cmp.Compare(a.Start, b.Start) })
}

// negatedWithin reports whether one of the hits stands directly before a later part of the
// frame, and negates it: "our request, which is not withdrawn".
func (f framed) negatedWithin(hits []lexicon.Hit) bool {
	for n, part := range f.parts[1:] {
		for _, hit := range lexicon.HitsIn(hits, f.parts[n].End, part.Start) {
			if hit.Has(cueUnless) && hit.Token+hit.N == part.Token {
				return true
			}
		}
	}
	return false
}
