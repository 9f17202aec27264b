package bot

import "cmp"

// A Mouth performs actions: those of one mouth do not wait for another's.
type Mouth string

const (
	MouthMail  Mouth = "mail"
	MouthSlack Mouth = "slack"
	MouthHouse Mouth = "house"
)

// Mouths lists them all.
func Mouths() []Mouth { return []Mouth{MouthMail, MouthSlack, MouthHouse} }

// kindsOf says who performs what.
var kindsOf = map[Mouth][]ActionKind{
	MouthMail: {
		ActionAcknowledge, ActionAssign, ActionInform, ActionAnswer, ActionAsk, ActionInterim, ActionRemind, ActionDigestMail,
		ActionStatus, ActionCanary,
	},
	MouthSlack: {ActionCard, ActionSummary, ActionPost, ActionUnsay, ActionRedraw},
	MouthHouse: {ActionOpenPart, ActionAdopt, ActionAbsorb, ActionSeal, ActionDigest, ActionForget, ActionRetell},
}

var mouthOf = func() map[ActionKind]Mouth {
	of := map[ActionKind]Mouth{}
	for mouth, kinds := range kindsOf {
		for _, kind := range kinds {
			of[kind] = mouth
		}
	}
	return of
}()

// Kinds lists the actions that the mouth performs.
func (m Mouth) Kinds() []ActionKind { return kindsOf[m] }

// Mouth tells who performs actions of the kind. A kind that is not known, of a later
// version, falls to mail, which cannot do it and leaves it to a person.
func (k ActionKind) Mouth() Mouth { return cmp.Or(mouthOf[k], MouthMail) }
