package bot

import "cmp"

// A Mouth is an output channel for actions; each has its own queue, so that channels do not
// wait for each other.
type Mouth string

const (
	MouthMail     Mouth = "mail"
	MouthSlack    Mouth = "slack"
	MouthInternal Mouth = "house"
)

// Mouths returns all mouths.
func Mouths() []Mouth { return []Mouth{MouthMail, MouthSlack, MouthInternal} }

// kindsOf lists the kinds of actions that each mouth performs.
var kindsOf = map[Mouth][]ActionKind{
	MouthMail: {
		ActionAcknowledge, ActionAssign, ActionInform, ActionAnswer, ActionAsk, ActionInterim, ActionRemind, ActionDigestMail,
		ActionStatus, ActionCanary,
	},
	MouthSlack:    {ActionCard, ActionSummary, ActionPost, ActionErase, ActionRedraw},
	MouthInternal: {ActionOpenPart, ActionAdopt, ActionAbsorb, ActionMakeConfidential, ActionDigest, ActionForget, ActionUpdatePosts},
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

// Kinds returns the kinds of actions that the mouth performs.
func (m Mouth) Kinds() []ActionKind { return kindsOf[m] }

// Mouth returns the mouth that performs actions of the kind. An unknown kind, written by a
// later version, is assigned to mail, which cannot perform it and so parks it for a person.
func (k ActionKind) Mouth() Mouth { return cmp.Or(mouthOf[k], MouthMail) }
