package routing

import (
	"verbale/intake"
	"verbale/internal/strictyaml"
)

// Rules say who gets what.
type Rules struct {
	// Fallback is the division of what is multi-sectoral with no leading part,
	// or has no subject.
	Fallback   string              `yaml:"fallback,required"`
	Groups     map[string][]string `yaml:"groups"`    // named lists of countries, usable wherever a rule lists countries
	Programme  string              `yaml:"programme"` // the group outside which the reasons say so
	Triage     TriagePolicy        `yaml:"triage,required"`
	Support    SupportPolicy       `yaml:"support,required"`
	Confidence ConfidenceModel     `yaml:"confidence,required"`
	Rules      []Rule              `yaml:"rules,required"`

	doc *strictyaml.Document
}

// A TriagePolicy says when the desk decides before anything is sent.
type TriagePolicy struct {
	ConfidenceUnder float64        `yaml:"confidence_under,required"` // probability, 0 to 1
	RunnerUpWithin  float64        `yaml:"runner_up_within,required"` // difference of shares, 0 to 1
	Doubts          []intake.Field `yaml:"doubts,required"`           // doubts that hold a request up
}

// A SupportPolicy says which other divisions have a real share in the work.
// Shares are those of intake.Subject.
type SupportPolicy struct {
	ShareNamed       float64 `yaml:"share_named,required"`       // enough where one of the request's themes is its own
	Share            float64 `yaml:"share,required"`             // enough where none is
	ShareMultiSector float64 `yaml:"share_multisector,required"` // enough where no sector leads
	ShareAsked       float64 `yaml:"share_asked,required"`       // enough where no sector leads and the ask itself names its field
	ShareOthers      float64 `yaml:"share_others,required"`      // of all sectors together, against the fallback's own, from which no sector leads
}

// A Rule is a condition and what follows from it.
type Rule struct {
	ID      string    `yaml:"id,required"`
	When    Condition `yaml:"when"`
	Then    Effect    `yaml:"then,required"`
	Because Sentence  `yaml:"because,required"`
}

// A Sentence is what a rule says of itself by language (ISO 639-1), English at the
// least; in a file, a single text is English.
type Sentence map[string]string

// UnmarshalText reads the English sentence; it does not fail.
func (s *Sentence) UnmarshalText(text []byte) error {
	*s = Sentence{"en": string(text)}
	return nil
}

// A Condition holds when all that it states holds; an empty one always.
type Condition struct {
	Subject   SubjectState     `yaml:"subject"`   // whether a subject was read
	Services  ServiceCondition `yaml:"services"`  //
	Divisions []string         `yaml:"divisions"` // of the main theme: one of these
	Themes    []string         `yaml:"themes"`    // any of the request's is one of these
	Countries []string         `yaml:"countries"` // codes and groups; any of the request's is one of these
	Scopes    []intake.Scope   `yaml:"scopes"`
	Languages []string         `yaml:"languages"`
}

// A SubjectState tells whether a request says what it is about.
type SubjectState string

const (
	SubjectAny    SubjectState = ""
	SubjectRead   SubjectState = "read"
	SubjectUnread SubjectState = "unread"
)

// A ServiceCondition asks for services: exactly a set, any of a set, or none.
type ServiceCondition struct {
	Only []intake.Service `yaml:"only"`
	Any  []intake.Service `yaml:"any"`
	None bool             `yaml:"none"`
}

// An Effect is what a rule decides.
type Effect struct {
	CarriedBy intake.CarriedBy `yaml:"carried_by,required"`
	Lead      string           `yaml:"lead,required"` // LeadAdviser, LeadDivision, or an id of the directory
	Triage    bool             `yaml:"triage"`        // the desk decides in any case
}

// Leads that are not ids of the directory.
const (
	LeadAdviser  = "adviser"  // the Regional Adviser of the area
	LeadDivision = "division" // the division of the main theme
)

// reservedIDs have a meaning of their own in plans and rules.
var reservedIDs = map[string]bool{
	LeadAdviser: true, LeadDivision: true,
	intake.ToRequester: true, intake.ToDesk: true, intake.ToDeskLead: true, intake.ToChief: true,
}

// A ConfidenceModel turns what was read of the subjects into the probability
// that the division is right: the logistic function of a sum of log-odds.
type ConfidenceModel struct {
	Base        float64          `yaml:"base,required"`
	Share       float64          `yaml:"share,required"` // times the share of the division, 0 to 1
	Lead        float64          `yaml:"lead,required"`  // times how far it is ahead of the next, 0 to 1
	Asked       float64          `yaml:"asked,required"` // where its words stand in the ask itself
	Doubt       float64          `yaml:"doubt,required"` // where a doubt stands on the themes
	MultiSector MultiSectorModel `yaml:"multisector,required"`
}

// A MultiSectorModel is the part of a ConfidenceModel that replaces Base, Share,
// Lead and Asked where the fallback division takes a request since no sector
// leads.
type MultiSectorModel struct {
	Base     float64 `yaml:"base,required"`
	Evenness float64 `yaml:"evenness,required"` // times 1 minus the lead of the heaviest sector
}
