package lexicon

import "testing"

func TestEntriesAreCalledByTheirNames(t *testing.T) {
	v, err := Load(Embedded())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ list, id, lang, want string }{
		{ListCountries, "KG", "fr", "Kirghizistan"},
		{ListCountries, "XX", "en", "XX"},
		{"no list", "KG", "en", "KG"},
	} {
		if got := v.NameOf(c.list, c.id, c.lang); got != c.want {
			t.Errorf("%s of %s in %s is called %q, want %q", c.id, c.list, c.lang, got, c.want)
		}
	}
	for list, id := range map[string]string{
		ListThemes: v.Themes[0].ID, ListInstruments: v.Instruments[0].ID, ListPartners: v.Partners[0].ID, ListFunding: v.Funding[0].ID,
		ListTerritories: v.Territories[0].ID,
	} {
		for _, lang := range []string{"en", "fr", "ru"} {
			if v.NameOf(list, id, lang) == id {
				t.Errorf("%s of %s has no name in %s", id, list, lang)
			}
		}
	}
}
