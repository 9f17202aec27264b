package intake

import (
	"slices"

	"verbale/intake/lexicon"
)

// A statement is a sentence of a letter, weighed for what it says about the
// request.
type statement struct {
	*source
	sentence
	act    string  // the role that its words have most probably
	weight float64 // how much its words count towards what is asked, 0 to 1
}

// asking reports whether the statement is where something is asked: a sentence
// that asks, the subject line, or the topic of the letter.
func (s statement) asking() bool { return s.ask >= 0.5 || s.isTitle() }

func (s statement) isTitle() bool { return s.standing == standingSubject || s.part == partTopic }

// hits returns the hits of one class within the statement.
func (s statement) hits(c lexicon.Class) []lexicon.Hit {
	return slices.DeleteFunc(slices.Clone(hitsWithin(s.scan.Hits, s.start, s.end)), func(h lexicon.Hit) bool { return h.Class != c })
}

// cued reports whether a cue of the vocabulary stands in the statement.
func (s statement) cued(id string) bool { return s.scan.Cued(id, s.start, s.end) }

// cite makes the evidence of a hit.
func (s statement) cite(f Field, value string, h lexicon.Hit) Evidence {
	return s.evidence(f, value, h.Start, h.End)
}

// statementsOf weighs the sentences of a letter, those of the letter proper
// first.
func (r *Reader) statementsOf(l letter) []statement {
	var out []statement
	add := func(src *source) {
		for _, x := range src.sentences {
			s := statement{source: src, sentence: x}
			s.act = r.wording.actOf(x)
			s.weight = r.weigh(s)
			out = append(out, s)
		}
	}
	add(&l.sources[l.main])
	for i := range l.sources {
		if i != l.main {
			add(&l.sources[i])
		}
	}
	return out
}

// actOf returns the most probable role of a sentence.
func (w *Wording) actOf(x sentence) string {
	best := ""
	var top float32
	for i, p := range x.roles {
		if p > top {
			best, top = w.roles.Classes()[i], p
		}
	}
	return best
}

// weigh blends the weights of the roles that a sentence may have, by their
// probability, with that of where it stands.
func (r *Reader) weigh(s statement) float64 {
	if s.isTitle() {
		return r.weighing.standings[topicStanding]
	}
	byRole := 0.0
	for i, p := range s.roles {
		byRole += float64(p) * r.weighing.roles[r.wording.roles.Classes()[i]]
	}
	return max(byRole, s.ask) * r.weighing.standings[standingNames[s.standing]]
}

