package lexicon

// A Class is the kind of thing that a term denotes.
type Class uint8

// The classes of terms. Matches of classes in one layer compete for a stretch of text, and
// the longest wins. Cues, services, funding and others have layers of their own, so that a
// cue phrase may contain a name.
const (
	ClassCountry     Class = iota + 1 // the name of a State
	ClassAdjective                    // "Albanian": weaker than a name
	ClassCity                         // a capital or other city
	ClassAbbreviated                  // "RK": only supports other evidence
	ClassRegion                       // a named sub-region or programme
	ClassTerritory                    // a place that is not a State under ISO 3166-1
	ClassMask                         // contains a country's or city's name without referring to it
	ClassPartner
	ClassInstrument
	ClassTheme
	ClassAuthority // an authority whose field belongs to a division
	ClassService
	ClassFunding
	ClassCue    // a phrase that indicates what a sentence does
	classPhrase // a phrase from a caller's own list
)

var classNames = [...]string{
	ClassCountry: "country", ClassAdjective: "adjective", ClassCity: "city", ClassAbbreviated: "abbreviated",
	ClassRegion: "region", ClassTerritory: "territory", ClassMask: "mask", ClassPartner: "partner",
	ClassInstrument: "instrument", ClassTheme: "theme", ClassAuthority: "authority", ClassService: "service",
	ClassFunding: "funding", ClassCue: "cue", classPhrase: "phrase",
}

// String returns the name of the class.
func (c Class) String() string { return classNames[c] }

// A layer is a group of classes whose matches compete for a stretch of text. Places and
// partners share layer 0.
type layer uint8

const layerCount = 6

// layers maps classes to layers. Cues do not compete: a longer cue does not invalidate a
// shorter one.
var layers = [...]layer{
	ClassInstrument: 1, ClassTheme: 1, ClassService: 2, ClassFunding: 3, classPhrase: 4, ClassAuthority: 5,
}
