package who

import (
	"strings"

	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// Bounds of what a writer says of himself: within how many of the first sentences, how
// many words his post may take, and between which of the first commas his name stands.
const (
	sentencesOfSelf = 4
	longestPost     = 12
	namePieces      = 3
)

// introduction returns what the writer says of himself near the beginning: his name, where
// he gives it with his post, and the fullest post. Both are empty stretches where he does
// not.
func (p *page) introduction() (name, post letter.Stretch) {
	for i, x := range p.Sentences {
		if i >= sentencesOfSelf || x.Part != letter.PartBody {
			continue
		}
		for _, said := range p.saidOfSelf(x) {
			if said.post.End-said.post.Start > post.End-post.Start {
				post = said.post
			}
			if name.End == 0 {
				name = said.name
			}
		}
	}
	return name, post
}

// saidOfSelf returns the posts that a sentence says the writer holds: after "I am", or
// after his name, "Anna Sample here, adviser on trade at the Ministry".
func (p *page) saidOfSelf(x letter.Sentence) (said []signatory) {
	for _, h := range lexicon.HitsIn(p.people, x.Start, x.End) {
		if h.Has("self_post") {
			said = append(said, signatory{post: p.postAfter(h.End, x.End)})
		}
	}
	pieces := letter.CutPieces(p.Text, x.Start, x.End)
	for i := 0; i+1 < len(pieces) && i < namePieces; i++ {
		name := p.withoutIntroduction(pieces[i])
		if post := p.postAfter(p.afterSelf(pieces[i+1].Start), x.End); post.End > 0 && p.LooksLikeName(p.Text[name.Start:name.End]) {
			said = append(said, signatory{name, post})
		}
	}
	return said
}

// afterSelf returns where the words end with which the writer says what he is that begin at
// an offset; the offset for none.
func (p *page) afterSelf(offset int) int {
	for _, h := range lexicon.HitsAt(p.people, offset) {
		if h.Has("self_post") {
			return h.End
		}
	}
	return offset
}

// withoutIntroduction leaves out the words with which a writer gives his name: "my name
// is", "это", and "here" behind it.
func (p *page) withoutIntroduction(x letter.Stretch) letter.Stretch {
	for _, h := range lexicon.HitsIn(p.people, x.Start, x.End) {
		switch {
		case !h.Has("introduces"):
		case h.Start == x.Start:
			x.Start += len(p.Text[x.Start:x.End]) - len(strings.TrimLeft(p.Text[h.End:x.End], " \u00a0"))
		case h.End == x.End:
			x.End = x.Start + len(strings.TrimRight(p.Text[x.Start:h.Start], " \u00a0"))
		}
	}
	return x
}

// postAfter returns the post that stands right after an offset, with what belongs to it:
// up to a mark, a verb, or the house in which he holds it; an empty stretch for none.
func (p *page) postAfter(offset, limit int) letter.Stretch {
	words := p.Scan.TokensIn(offset, limit)
	for len(words) > 0 && p.isArticle(words[0]) && isBlank(p.Text[offset:words[0].Start]) {
		offset, words = words[0].End, words[1:]
	}
	if len(words) == 0 || !p.says("post", words[0].Start, words[0].End) || !isBlank(p.Text[offset:words[0].Start]) {
		return letter.Stretch{}
	}
	house := p.houseWithin(words[0].End, words[min(longestPost, len(words)-1)].End)
	n := 1
	for n < len(words) && n < longestPost && words[n].Start < house && (!p.endsName(words[n]) || p.leadsToPost(words[n:])) && isBlank(p.Text[words[n-1].End:words[n].Start]) {
		n++
	}
	for n > 1 && (p.says("joint", words[n-1].Start, words[n-1].End) || p.says("at", words[n-1].Start, words[n-1].End)) {
		n--
	}
	return letter.Stretch{Start: words[0].Start, End: words[n-1].End}
}

// leadsToPost reports whether another post follows the first of the words: "adviser to the
// Minister".
func (p *page) leadsToPost(words []lexicon.Token) bool {
	next := words[1:]
	for len(next) > 0 && p.isArticle(next[0]) {
		next = next[1:]
	}
	return len(next) > 0 && !p.says("self", words[0].Start, words[0].End) && p.says("post", next[0].Start, next[0].End)
}

// houseWithin returns where the name of a whole house begins within start to end; end for
// none.
func (p *page) houseWithin(start, end int) int {
	for _, h := range lexicon.HitsIn(p.people, start, end) {
		if at := p.nameStart(h, start); h.Has("institution.public") && !h.Has("institution.unit") && capital(p.Text[at:]) {
			return at
		}
	}
	return end
}

// isBlank reports whether nothing but blanks, hyphens and apostrophes stands between two
// words.
func isBlank(gap string) bool { return strings.Trim(gap, " \n-'’\u00a0") == "" }
