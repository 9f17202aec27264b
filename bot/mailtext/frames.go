package mailtext

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

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

// A compiledFrame is a frame and the cue that it is.
type compiledFrame struct {
	Frame
	id string
}

// compiledFrames are all frames, whose phrases are searched for at once, each under the number
// of its frame and that of its part.
type compiledFrames struct {
	frames []compiledFrame
	terms  *lexicon.Terms
}

// compileFrames prepares frames, by the cue that each of them is, for searching.
func compileFrames(frames map[string][]Frame) (compiled compiledFrames, err error) {
	phrases := map[string][]string{}
	for _, id := range slices.Sorted(maps.Keys(frames)) {
		for i, f := range frames[id] {
			if len(f.Parts) < 2 || f.Within < 0 {
				return compiled, fmt.Errorf("frame %d of %s needs at least two parts, and within must not be negative", i+1, id)
			}
			number := strconv.Itoa(len(compiled.frames))
			for n, part := range f.Parts {
				for _, list := range part {
					phrases[number+":"+strconv.Itoa(n)] = append(phrases[number+":"+strconv.Itoa(n)], list...)
				}
			}
			compiled.frames = append(compiled.frames, compiledFrame{f, id})
		}
	}
	if compiled.terms, err = lexicon.CompileNested(phrases); err != nil {
		return compiled, fmt.Errorf("frames: %w", err)
	}
	return compiled, nil
}

// find returns the frames that stand in a text, in their order in the habits file.
func (c *compiledFrames) find(text string, scan lexicon.Scan) (found []framed) {
	hits := make([][]lexicon.Hit, len(c.frames)) // of each frame, under the numbers of parts
	for _, h := range c.terms.Find(scan) {
		frame, part, _ := strings.Cut(h.Senses[0].ID, ":")
		n, _ := strconv.Atoi(frame)
		h.Senses = []lexicon.Sense{{ID: part}}
		hits[n] = longestAt(hits[n], h)
	}
	for n := range c.frames {
		found = append(found, c.frames[n].find(text, hits[n])...)
	}
	return found
}

// longestAt adds a hit to earlier ones of its frame so that no two overlap and the longest at
// each word stays. Phrases come in the order of the text, shorter ones first.
func longestAt(hits []lexicon.Hit, h lexicon.Hit) []lexicon.Hit {
	last := len(hits) - 1
	switch {
	case last < 0 || hits[last].Token+hits[last].N <= h.Token:
		return append(hits, h)
	case hits[last].Token != h.Token || hits[last].N > h.N:
		return hits
	case hits[last].N == h.N: // the phrase is in several parts
		h.Senses = append(hits[last].Senses, h.Senses...)
	}
	hits[last] = h
	return hits
}

// find returns the places where all parts of the frame stand in order, each as one hit
// with the hits of its parts.
func (f *compiledFrame) find(text string, hits []lexicon.Hit) (found []framed) {
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
func (h *Cues) hearFrames(hits []lexicon.Hit) {
	for _, f := range h.reader.Habits.frames.find(h.text, h.scan) {
		if len(h.cues)+len(h.denials) >= mostCues {
			return
		}
		from, to := sentenceAround(h.text, f.Start, f.End)
		c := Cue{f.Hit, from, to}
		if !h.negated(c, lexicon.HitsIn(hits, from, f.Start)) && !f.negatedWithin(hits) {
			h.cues = append(h.cues, c)
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
