package lexicon

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
)

// Weights of terms.
const (
	weightStrong = 1.0
	weightPlain  = 0.5
	weightWeak   = 0.3
)

// Load reads and checks the vocabulary files of fsys and compiles their terms. Its error
// joins all problems found: files that are missing or cannot be decoded, duplicate IDs,
// references to undefined IDs, terms without a word, names missing in one of the three
// languages.
func Load(fsys fs.FS) (*Vocabulary, error) {
	var f files
	if err := f.read(fsys); err != nil {
		return nil, err
	}
	c := newCompiler(f.themes.Ambiguous)
	c.divisions(f.themes.Divisions)
	c.listed(f.plain.Plain, "theme", ClassTheme, weightPlain)
	c.listed(f.plain.Authorities, "division", ClassAuthority, weightStrong)
	c.countries(f.countries.Countries)
	c.regions(f.places.Regions)
	c.territories(f.places.Territories)
	c.instruments(f.instruments.Instruments)
	c.partners(f.partners.Partners)
	c.services(f.services.Services)
	c.funding(f.services.Funding)
	c.cues(f.cues)
	c.masks(f.places.Masks)
	for _, d := range f.places.Neutral {
		c.v.neutral[d] = true
	}
	c.v.Elements = f.elements.Elements
	if err := errors.Join(c.problems...); err != nil {
		return nil, fmt.Errorf("check vocabulary: %w", err)
	}
	return c.finish(), nil
}

// A compiler converts the files into a Vocabulary and collects problems.
type compiler struct {
	v          *Vocabulary
	builder    *matcherBuilder
	context    map[string][]string // context words of ambiguous acronyms
	seen       map[string]bool     // "kind id"
	themeTerms map[string][]string // by theme
	problems   []error
}

func newCompiler(ambiguous []ambiguousFile) *compiler {
	c := &compiler{
		v: &Vocabulary{
			domains: map[string]string{}, territory: map[string]string{}, neutral: map[string]bool{},
		},
		builder: newMatcherBuilder(), context: map[string][]string{}, seen: map[string]bool{}, themeTerms: map[string][]string{},
	}
	for _, a := range ambiguous {
		if len(a.Context) == 0 {
			c.problem("ambiguous term %q has no context", a.Term)
		}
		c.context[a.Term] = folded(a.Context)
	}
	return c
}

func folded(words []string) []string {
	var out []string
	for _, w := range words {
		out = append(out, FoldString(w))
	}
	return out
}

func (c *compiler) problem(format string, args ...any) {
	c.problems = append(c.problems, fmt.Errorf(format, args...))
}

// id checks that an ID is present and unique within its kind.
func (c *compiler) id(kind, id string) {
	key := kind + " " + id
	if id == "" || c.seen[key] {
		c.problem("%s %q has no id of its own", kind, id)
	}
	c.seen[key] = true
}

func (c *compiler) name(kind, id string, n Name) {
	if n.En == "" || n.Fr == "" || n.Ru == "" {
		c.problem("%s %s lacks a name in English, French or Russian", kind, id)
	}
}

// term compiles one term.
func (c *compiler) term(term string, class Class, id string, weight float64) {
	c.termNear(term, class, id, weight, c.context[term])
}

// termNear compiles a term that counts only if one of the given words is nearby.
func (c *compiler) termNear(term string, class Class, id string, weight float64, near []string) {
	if !c.builder.add(term, Sense{Class: class, ID: id, Weight: weight, Context: near}) {
		c.problem("%s %s: term %q holds no word", class, id, term)
	}
	if class == ClassTheme && weight >= weightPlain {
		c.themeTerms[id] = append(c.themeTerms[id], strings.ReplaceAll(FoldString(term), "*", ""))
	}
}

func (c *compiler) terms(list []string, class Class, id string, weight float64) {
	for _, t := range list {
		c.term(t, class, id, weight)
	}
}

// names compiles a name in its three languages, the Russian one so that it matches in every
// grammatical case.
func (c *compiler) names(n Name, class Class, id string) {
	c.terms([]string{n.En, n.Fr, inflected(n.Ru)}, class, id, weightStrong)
}

// lists compiles the terms of all languages.
func (c *compiler) lists(lists termLists, class Class, id string, weight float64) {
	for _, language := range lists.unknown() {
		c.problem("%s %s: %q is no language: write its two letters of ISO 639-1, or %s", class, id, language, otherLanguages)
	}
	for _, list := range lists.all() {
		c.terms(list, class, id, weight)
	}
}

func (c *compiler) weighted(w Weighted, class Class, id string) {
	c.lists(w.Strong, class, id, weightStrong)
	c.lists(w.Weak, class, id, weightWeak)
}

// inFullLanguages checks that there are strong terms in every language that must have them.
func (c *compiler) inFullLanguages(w Weighted, kind, id string) {
	for _, language := range fullLanguages {
		if len(w.Strong[language]) == 0 {
			c.problem("%s %s lacks strong terms in language %s", kind, id, language)
		}
	}
}

func (c *compiler) divisions(list []divisionFile) {
	for _, d := range list {
		c.id("division", d.ID)
		c.name("division", d.ID, d.Name)
		division := Division{ID: d.ID, Name: d.Name}
		for _, t := range d.Themes {
			c.id("theme", t.ID)
			c.name("theme", t.ID, t.Name)
			c.inFullLanguages(t.Weighted, "theme", t.ID)
			c.names(t.Name, ClassTheme, t.ID)
			c.weighted(t.Weighted, ClassTheme, t.ID)
			division.Themes = append(division.Themes, t.ID)
			c.v.Themes = append(c.v.Themes, Theme{ID: t.ID, Name: t.Name, Division: d.ID, Covers: t.Covers})
		}
		if len(d.Themes) == 0 {
			c.problem("division %s has no theme", d.ID)
		}
		c.v.Divisions = append(c.v.Divisions, division)
	}
	for _, theme := range c.v.Themes {
		for _, covered := range theme.Covers {
			c.known("theme", covered, "theme "+theme.ID)
		}
	}
}

// listed compiles lists of terms by the ID that they denote, in the order of the IDs.
func (c *compiler) listed(lists map[string]termLists, kind string, class Class, weight float64) {
	for _, id := range slices.Sorted(maps.Keys(lists)) {
		c.known(kind, id, "plain.yaml")
		c.lists(lists[id], class, id, weight)
	}
}

func (c *compiler) countries(list []countryFile) {
	for _, s := range list {
		c.id("country", s.ID)
		c.name("country", s.ID, s.Name)
		c.names(s.Name, ClassCountry, s.ID)
		c.terms(s.Forms, ClassCountry, s.ID, weightStrong)
		c.terms(s.Adjectives, ClassAdjective, s.ID, weightWeak)
		c.terms(s.Cities, ClassCity, s.ID, weightWeak)
		c.terms(s.Abbreviations, ClassAbbreviated, s.ID, weightWeak)
		c.domains(c.v.domains, s.ID, s.Domains)
		c.domains(c.v.domains, s.ID, s.CCTLD)
		c.v.Countries = append(c.v.Countries, Country{ID: s.ID, Name: s.Name, Domains: s.Domains, CCTLD: s.CCTLD, Member: s.Member})
	}
}

// domains records the owner of each domain and reports domains with two owners.
func (c *compiler) domains(table map[string]string, id string, domains []string) {
	for _, d := range domains {
		if other, taken := table[d]; taken && other != id {
			c.problem("domain %s belongs to both %s and %s", d, other, id)
		}
		table[d] = id
	}
}

func (c *compiler) regions(list []regionFile) {
	for _, r := range list {
		c.id("region", r.ID)
		for _, country := range r.Countries {
			c.known("country", country, "region "+r.ID)
		}
		c.terms(r.Terms, ClassRegion, r.ID, weightStrong)
		slices.Sort(r.Countries)
		c.v.Regions = append(c.v.Regions, Region{ID: r.ID, Countries: r.Countries})
	}
	for i := range c.v.Countries {
		c.v.Countries[i].Groups = c.v.regionsOf(c.v.Countries[i].ID)
	}
}

// known checks that a referenced ID is defined.
func (c *compiler) known(kind, id, by string) {
	if !c.seen[kind+" "+id] {
		c.problem("%s refers to %s %q, which is not defined", by, kind, id)
	}
}

func (c *compiler) territories(list []territoryFile) {
	for _, t := range list {
		c.id("territory", t.ID)
		c.name("territory", t.ID, t.Reference)
		c.terms(t.Terms, ClassTerritory, t.ID, weightStrong)
		c.domains(c.v.territory, t.ID, t.Domains)
		c.v.Territories = append(c.v.Territories, Territory{ID: t.ID, Reference: t.Reference, Domains: t.Domains})
	}
}

func (c *compiler) instruments(list []instrumentFile) {
	for _, i := range list {
		c.id("instrument", i.ID)
		c.name("instrument", i.ID, i.Name)
		if i.Division != "" {
			c.known("division", i.Division, "instrument "+i.ID)
		}
		c.names(i.Name, ClassInstrument, i.ID)
		c.terms(i.Aka, ClassInstrument, i.ID, weightStrong)
		for _, t := range slices.Concat(i.Dated, i.Short) {
			c.termNear(t, ClassInstrument, i.ID, weightStrong, folded(i.Near))
		}
		if len(i.Short) > 0 && len(i.Near) == 0 {
			c.problem("instrument %s is called for short without a word that has to stand near", i.ID)
		}
		for _, theme := range i.Themes {
			c.known("theme", theme, "instrument "+i.ID)
		}
		c.v.Instruments = append(c.v.Instruments, Instrument{
			ID: i.ID, Name: i.Name, Division: i.Division, Themes: i.Themes, JoinsThemes: i.Joins, Year: yearIn(i.Dated),
		})
	}
}

// yearIn returns the year in the dated names of an instrument; "" if there is none.
func yearIn(dated []string) string {
	for _, name := range dated {
		for _, word := range strings.Fields(name) {
			if len(word) == len("1997") && strings.Trim(word, "0123456789") == "" {
				return word
			}
		}
	}
	return ""
}

func (c *compiler) partners(list []partnerFile) {
	for _, p := range list {
		c.id("partner", p.ID)
		c.name("partner", p.ID, p.Name)
		c.names(p.Name, ClassPartner, p.ID)
		c.terms(p.Aka, ClassPartner, p.ID, weightStrong)
		c.v.Partners = append(c.v.Partners, Partner{ID: p.ID, Role: p.Role, Name: p.Name})
	}
}

func (c *compiler) services(list []serviceFile) {
	for _, s := range list {
		c.id("service", s.ID)
		c.name("service", s.ID, s.Name)
		c.inFullLanguages(s.Weighted, "service", s.ID)
		c.weighted(s.Weighted, ClassService, s.ID)
		c.v.Services = append(c.v.Services, Labelled{ID: s.ID, Name: s.Name})
	}
}

func (c *compiler) funding(list []fundingFile) {
	for _, s := range list {
		c.id("funding", s.ID)
		c.name("funding", s.ID, s.Name)
		c.lists(s.Terms, ClassFunding, s.ID, weightStrong)
		c.v.Funding = append(c.v.Funding, Labelled{ID: s.ID, Name: s.Name})
	}
}

func (c *compiler) cues(list []cueFile) {
	for _, cue := range list {
		c.id("cue", cue.ID)
		c.inFullLanguages(cue.Weighted, "cue", cue.ID)
		c.weighted(cue.Weighted, ClassCue, cue.ID)
	}
}

func (c *compiler) masks(masks map[string][]string) {
	for id, list := range masks {
		c.terms(list, ClassMask, id, weightStrong)
	}
}

func (c *compiler) finish() *Vocabulary {
	v := c.v
	for i := range v.Themes {
		v.Themes[i].Terms = c.themeTerms[v.Themes[i].ID]
	}
	v.themes = index(v.Themes, func(t *Theme) string { return t.ID })
	v.divisions = index(v.Divisions, func(d *Division) string { return d.ID })
	v.countries = index(v.Countries, func(s *Country) string { return s.ID })
	v.regions = index(v.Regions, func(r *Region) string { return r.ID })
	v.instruments = index(v.Instruments, func(i *Instrument) string { return i.ID })
	v.partners = index(v.Partners, func(p *Partner) string { return p.ID })
	v.matcher = c.builder.build()
	return v
}

func index[T any](list []T, id func(*T) string) map[string]*T {
	table := make(map[string]*T, len(list))
	for i := range list {
		table[id(&list[i])] = &list[i]
	}
	return table
}
