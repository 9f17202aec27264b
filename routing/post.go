package routing

import (
	"cmp"
	"slices"

	"verbale/intake"
)

// adviser returns the post responsible for a theme: of the division's posts that cover it,
// the best match by named theme, then country, then language, then the one with the fewest
// open requests, then the first by ID. Absences are not considered here: see holder.
func (t *Table) adviser(division, theme string, f *facts, open map[string]int) (*Post, bool) {
	var fit []*Post
	for i := range t.dir.Posts {
		if p := &t.dir.Posts[i]; p.Division == division && p.covers(theme) {
			fit = append(fit, p)
		}
	}
	if len(fit) == 0 {
		return nil, false
	}
	return slices.MinFunc(fit, func(a, b *Post) int {
		return cmp.Or(
			cmp.Compare(nearness(b.Themes, theme), nearness(a.Themes, theme)),
			cmp.Compare(nearness(b.Countries, f.countries...), nearness(a.Countries, f.countries...)),
			cmp.Compare(nearness(b.Languages, f.language), nearness(a.Languages, f.language)),
			cmp.Compare(open[a.ID], open[b.ID]),
			cmp.Compare(a.ID, b.ID),
		)
	}), true
}

// covers reports whether a theme is within the post's area; an empty theme is within every
// area.
func (p *Post) covers(theme string) bool {
	return theme == "" || len(p.Themes) == 0 || slices.Contains(p.Themes, theme)
}

// nearness rates how well a post's list matches what is asked: 2 if it names one of these, 1
// if it is empty, 0 otherwise.
func nearness(names []string, asked ...string) int {
	switch {
	case overlap(names, asked):
		return 2
	case len(names) == 0:
		return 1
	}
	return 0
}

// Present returns who does the work of a post or division on a day. While a post is vacant or
// its holder absent, that is its stand-in, or the stand-in's stand-in; if there is none, its
// division.
func (d *Directory) Present(id string, day intake.Date) string {
	post, ok := d.Post(id)
	if !ok {
		return id
	}
	if holder, ok := d.holder(post, day); ok {
		return holder.ID
	}
	return post.Division
}

// holder returns the post that does the work of a post on a day: the post itself or, while it
// is vacant or its holder absent, its stand-in, or the stand-in's stand-in.
func (d *Directory) holder(p *Post, day intake.Date) (*Post, bool) {
	for range d.Posts {
		if !p.away(day) {
			return p, true
		}
		next, ok := d.Post(p.StandIn)
		if !ok {
			return nil, false
		}
		p = next
	}
	return nil, false // the stand-ins form a cycle and all are away
}
