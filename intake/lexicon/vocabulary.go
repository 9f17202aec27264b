package lexicon

import (
	"slices"
	"strings"
)

// A Name is a name in the three working languages.
type Name struct {
	En string `yaml:"en"`
	Fr string `yaml:"fr"`
	Ru string `yaml:"ru"`
}

// In returns the name in a language given by its ISO 639-1 code, in English for any other
// than the three.
func (n Name) In(language string) string {
	switch language {
	case "fr":
		return n.Fr
	case "ru":
		return n.Ru
	}
	return n.En
}

// Division is a division of UNECE with its themes.
type Division struct {
	ID     string
	Name   Name
	Themes []string
}

// Theme is a field of work and the division that owns it.
type Theme struct {
	ID       string
	Name     Name
	Division string
	Covers   []string // other themes whose words belong to this one as well
	Terms    []string // its strong and plain terms, folded, in the order of the files
}

// Country is a State under ISO 3166-1.
type Country struct {
	ID      string // alpha-2 code
	Name    Name
	Domains []string // mail domains, including subdomains, of its authorities
	CCTLD   []string // its top-level domains, without the dot
	Member  bool     // of UNECE
	Groups  []string // ids of the regions it belongs to
}

// Region is a named sub-region or programme.
type Region struct {
	ID        string
	Countries []string // alpha-2 codes of its programme countries
}

// Territory is a place that is not a State under ISO 3166-1.
type Territory struct {
	ID        string
	Reference Name // how UN texts refer to it
	Domains   []string
}

// Instrument is a legal instrument, norm, body or tool of UNECE, or a text of another
// organisation, which has neither division nor themes here.
type Instrument struct {
	ID          string
	Name        Name
	Division    string
	Themes      []string
	JoinsThemes bool   // a request about it is about all of its themes
	Year        string // year of adoption, if letters refer to it by that: "1997"
}

// Partner is an organisation that may participate or contribute funds.
type Partner struct {
	ID   string
	Role string
	Name Name
}

// Labelled is an ID with its name: a service or a source of funding.
type Labelled struct {
	ID   string
	Name Name
}

// A Vocabulary is the compiled vocabulary of the domain. It is read-only after Load and safe
// for concurrent use. Lists are in the order of the files.
type Vocabulary struct {
	Divisions   []Division
	Themes      []Theme
	Countries   []Country
	Regions     []Region
	Territories []Territory
	Instruments []Instrument
	Partners    []Partner
	Services    []Labelled
	Funding     []Labelled
	// Elements lists what a complete request contains, by importance: "required", "expected",
	// "useful".
	Elements map[string][]string

	themes      map[string]*Theme
	countries   map[string]*Country
	regions     map[string]*Region
	instruments map[string]*Instrument
	partners    map[string]*Partner
	divisions   map[string]*Division
	domains     map[string]string // countries by government domain or top-level domain
	territory   map[string]string // territories by domain
	neutral     map[string]bool
	matcher     *matcher
}

// Theme returns the theme of the given id.
func (v *Vocabulary) Theme(id string) (Theme, bool) { return lookup(v.themes, id) }

// DivisionOf returns the id of the division that owns a theme.
func (v *Vocabulary) DivisionOf(theme string) (division string, ok bool) {
	t, ok := v.Theme(theme)
	return t.Division, ok
}

// Division returns the division of the given id.
func (v *Vocabulary) Division(id string) (Division, bool) { return lookup(v.divisions, id) }

// Country returns the State of the given ISO 3166-1 alpha-2 code.
func (v *Vocabulary) Country(id string) (Country, bool) { return lookup(v.countries, id) }

// Region returns the sub-region or programme of the given id.
func (v *Vocabulary) Region(id string) (Region, bool) { return lookup(v.regions, id) }

// Instrument returns the instrument of the given id.
func (v *Vocabulary) Instrument(id string) (Instrument, bool) { return lookup(v.instruments, id) }

// Partner returns the partner of the given id.
func (v *Vocabulary) Partner(id string) (Partner, bool) { return lookup(v.partners, id) }

func lookup[T any](table map[string]*T, id string) (T, bool) {
	if p := table[id]; p != nil {
		return *p, true
	}
	var none T
	return none, false
}

// CountryOfDomain returns the State that a mail domain belongs to, and whether it is a
// government domain rather than only under the State's top-level domain.
func (v *Vocabulary) CountryOfDomain(domain string) (id string, government bool) {
	domain = strings.ToLower(strings.Trim(domain, "."))
	if v.IsNeutralDomain(domain) || v.TerritoryOfDomain(domain) != "" {
		return "", false
	}
	for part := range parents(domain) {
		if id, ok := v.domains[part]; ok {
			return id, strings.Contains(part, ".")
		}
	}
	return "", false
}

// TerritoryOfDomain returns the id of the territory that uses the mail domain.
func (v *Vocabulary) TerritoryOfDomain(domain string) string {
	for part := range parents(strings.ToLower(domain)) {
		if id, ok := v.territory[part]; ok {
			return id
		}
	}
	return ""
}

// IsNeutralDomain reports whether a mail domain says nothing about a State because it belongs
// to a mail provider or an international organisation.
func (v *Vocabulary) IsNeutralDomain(domain string) bool {
	for part := range parents(strings.ToLower(domain)) {
		if v.neutral[part] {
			return true
		}
	}
	return false
}

// parents yields a domain and its parent domains: "a.b.c", "b.c", "c".
func parents(domain string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for domain != "" && yield(domain) {
			_, domain, _ = strings.Cut(domain, ".")
		}
	}
}

// regionsOf returns the IDs of the regions that include the country.
func (v *Vocabulary) regionsOf(country string) []string {
	var ids []string
	for _, r := range v.Regions {
		if slices.Contains(r.Countries, country) {
			ids = append(ids, r.ID)
		}
	}
	return ids
}
