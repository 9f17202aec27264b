package lexicon

// Lists of the vocabulary whose entries have names. They are called like the fields of a
// request that hold their IDs.
const (
	ListCountries   = "countries"
	ListThemes      = "themes"
	ListInstruments = "instruments"
	ListPartners    = "partners"
	ListFunding     = "funding"
	ListTerritories = "territories" // not a field of a request
)

// NameOf returns the name of a list's entry in a language, or the ID itself if there is no
// such entry or list.
func (v *Vocabulary) NameOf(list, id, lang string) string {
	name, ok := v.nameOf(list, id)
	if !ok {
		return id
	}
	return name.In(lang)
}

func (v *Vocabulary) nameOf(list, id string) (Name, bool) {
	switch list {
	case ListCountries:
		c, ok := v.Country(id)
		return c.Name, ok
	case ListThemes:
		t, ok := v.Theme(id)
		return t.Name, ok
	case ListInstruments:
		i, ok := v.Instrument(id)
		return i.Name, ok
	case ListPartners:
		p, ok := v.Partner(id)
		return p.Name, ok
	case ListFunding:
		for _, f := range v.Funding {
			if f.ID == id {
				return f.Name, true
			}
		}
	case ListTerritories:
		for _, t := range v.Territories {
			if t.ID == id {
				return t.Reference, true
			}
		}
	}
	return Name{}, false
}
