package who

import (
	"strings"

	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// Limits on how writers introduce themselves: in which first sentences, how many words a post
// may have, and in how many of the first pieces between commas the name is looked for.
const (
	sentencesOfSelf = 4
	longestPost     = 12
	namePieces      = 3
)

// introduction returns how writers introduce themselves near the start of the letter: the
// name, if given together with the post, and the longest post. Each is an empty stretch if it
// is not given.
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

// saidOfSelf returns the posts that a sentence says the writer holds: after "I am", or after
// the name: "Anna Sample here, adviser on trade at the Ministry".
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

// afterSelf returns the end of a phrase such as "I am" that starts at an offset; the offset
// itself if there is none.
func (p *page) afterSelf(offset int) int {
	for _, h := range lexicon.HitsAt(p.people, offset) {
		if h.Has("self_post") {
			return h.End
		}
	}
	return offset
}

// withoutIntroduction drops the words around the name in an introduction: "my name is", "это"
// before it, "here" after it.
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

// postAfter returns the post directly after an offset with its qualifiers, up to punctuation,
// a verb, or the name of the institution; an empty stretch if there is none.
func (p *page) postAfter(offset, limit int) letter.Stretch {
	words := p.Scan.TokensIn(offset, limit)
	for len(words) > 0 && p.isArticle(words[0]) && isBlank(p.Text[offset:words[0].Start]) {
		offset, words = words[0].End, words[1:]
	}
	if len(words) == 0 || !p.says("post", words[0].Start, words[0].End) || !isBlank(p.Text[offset:words[0].Start]) {
		return letter.Stretch{}
	}
	institution := p.institutionWithin(words[0].End, words[min(longestPost, len(words)-1)].End)
	n := 1
	for n < len(words) && n < longestPost && words[n].Start < institution && (!p.endsName(words[n]) || p.leadsToPost(words[n:])) && isBlank(p.Text[words[n-1].End:words[n].Start]) {
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

// institutionWithin returns the start of the name of a whole institution in text[start:end]; end if
// there is none.
func (p *page) institutionWithin(start, end int) int {
	for _, h := range lexicon.HitsIn(p.people, start, end) {
		if at := p.nameStart(h, start); h.Has("institution.public") && !h.Has("institution.unit") && capital(p.Text[at:]) {
			return at
		}
	}
	return end
}

// isBlank reports whether the gap between two words holds only spaces, hyphens and
// apostrophes.
func isBlank(gap string) bool { return strings.Trim(gap, " \n-'’\u00a0") == "" }
