package lexicon

// A Class says what a term stands for.
type Class uint8

// The classes of terms. Those of one layer compete for a stretch of text: the
// longest match wins. Cues, services, funding and the like have layers of
// their own, so that a phrase may be a cue and hold a name.
const (
	ClassCountry     Class = iota + 1 // a name of a State
	ClassAdjective                    // "Albanian": weaker than a name
	ClassCity                         // a capital or another town
	ClassAbbreviated                  // "RK": support for another sign
	ClassRegion                       // a named sub-region or programme
	ClassTerritory                    // a place that is no State by ISO 3166-1
	ClassMask                         // holds a country's or city's name without meaning it
	ClassPartner
	ClassInstrument
	ClassTheme
	ClassAuthority // an authority whose field is that of a division
	ClassService
	ClassFunding
	ClassCue    // a phrase that tells what a sentence does
	classPhrase // a phrase of a caller's own list
)

var classNames = [...]string{
	ClassCountry: "country", ClassAdjective: "adjective", ClassCity: "city", ClassAbbreviated: "abbreviated",
	ClassRegion: "region", ClassTerritory: "territory", ClassMask: "mask", ClassPartner: "partner",
	ClassInstrument: "instrument", ClassTheme: "theme", ClassAuthority: "authority", ClassService: "service",
	ClassFunding: "funding", ClassCue: "cue", classPhrase: "phrase",
}

// String returns the name of the class.
func (c Class) String() string { return classNames[c] }

// A layer is a group of classes that compete for a stretch of text. Places and
// partners share the first.
type layer uint8

const layerCount = 6

// layers are the layers of the classes. Cues compete with nothing: a longer one
// does not unsay a shorter.
var layers = [...]layer{
	ClassInstrument: 1, ClassTheme: 1, ClassService: 2, ClassFunding: 3, classPhrase: 4, ClassAuthority: 5,
}
