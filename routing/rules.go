package routing

import (
	"verbale/intake"
	"verbale/internal/strictyaml"
)

// Rules define who gets which requests.
type Rules struct {
	// Fallback is the division for requests that are multi-sectoral without a leading sector,
	// or have no subject.
	Fallback   string              `yaml:"fallback,required"`
	Groups     map[string][]string `yaml:"groups"`    // named lists of countries, usable in every list of countries
	Programme  string              `yaml:"programme"` // the country group of the programme; requests from outside it get a reason saying so
	Triage     TriagePolicy        `yaml:"triage,required"`
	Support    SupportPolicy       `yaml:"support,required"`
	Confidence ConfidenceModel     `yaml:"confidence,required"`
	Rules      []Rule              `yaml:"rules,required"`

	doc *strictyaml.Document
}

// A TriagePolicy defines when the desk decides before anything is sent.
type TriagePolicy struct {
	ConfidenceUnder float64        `yaml:"confidence_under,required"` // probability, 0 to 1
	RunnerUpWithin  float64        `yaml:"runner_up_within,required"` // difference of shares, 0 to 1
	Doubts          []intake.Field `yaml:"doubts,required"`           // fields whose doubts require the desk's decision
}

// A SupportPolicy defines which share in the work makes another division a supporting one.
// Shares are those of intake.Subject.
type SupportPolicy struct {
	ShareNamed       float64 `yaml:"share_named,required"`       // minimum if the division owns one of the request's themes
	Share            float64 `yaml:"share,required"`             // minimum otherwise
	ShareMultiSector float64 `yaml:"share_multisector,required"` // minimum if no sector leads
	ShareAsked       float64 `yaml:"share_asked,required"`       // minimum if no sector leads and the ask itself mentions its field
	ShareOthers      float64 `yaml:"share_others,required"`      // total of all sectors, relative to the fallback's share, from which no sector leads
	// OwnField lists the fallback's themes that are a field of their own: sectors support it
	// there as they support any other division.
	OwnField []string `yaml:"own_field"`
}

// A Rule is a condition and its effect.
type Rule struct {
	ID      string    `yaml:"id,required"`
	When    Condition `yaml:"when"`
	Then    Effect    `yaml:"then,required"`
	Because Sentence  `yaml:"because,required"`
}

// A Sentence is a rule's explanation by language (ISO 639-1), at least in English; in a file,
// a plain string is English.
type Sentence map[string]string

// UnmarshalText reads a plain string as the English sentence; it never fails.
func (s *Sentence) UnmarshalText(text []byte) error {
	*s = Sentence{"en": string(text)}
	return nil
}

// A Condition holds if all its stated parts hold; an empty one always holds.
type Condition struct {
	Subject   SubjectState     `yaml:"subject"`   // whether a subject was recognised
	Services  ServiceCondition `yaml:"services"`  //
	Divisions []string         `yaml:"divisions"` // the main theme's division is one of these
	Themes    []string         `yaml:"themes"`    // any of the request's themes is one of these
	Countries []string         `yaml:"countries"` // any of the request's countries is one of these codes or groups
	Scopes    []intake.Scope   `yaml:"scopes"`
	Languages []string         `yaml:"languages"`
}

// A SubjectState is whether the subject of a request was recognised.
type SubjectState string

const (
	SubjectAny    SubjectState = ""
	SubjectRead   SubjectState = "read"
	SubjectUnread SubjectState = "unread"
)

// A ServiceCondition tests the services: exactly a set, any of a set, or none. At most one
// may be stated.
type ServiceCondition struct {
	Only []intake.Service `yaml:"only"`
	Any  []intake.Service `yaml:"any"`
	None bool             `yaml:"none"`
}

// An Effect is the decision of a rule.
type Effect struct {
	CarriedBy intake.CarriedBy `yaml:"carried_by,required"`
	Lead      string           `yaml:"lead,required"` // LeadAdviser, LeadDivision, or an id of the directory
	Triage    bool             `yaml:"triage"`        // the desk always decides
}

// Leads other than directory IDs.
const (
	LeadAdviser  = "adviser"  // the Regional Adviser of the area
	LeadDivision = "division" // the division of the main theme
)

// reservedIDs cannot be used in the directory because plans and rules give them a special
// meaning.
var reservedIDs = map[string]bool{
	LeadAdviser: true, LeadDivision: true,
	intake.ToRequester: true, intake.ToDesk: true, intake.ToDeskLead: true, intake.ToChief: true,
}

// A ConfidenceModel computes the probability that the division is right from the subjects of
// a request: the logistic function of a sum of log-odds.
type ConfidenceModel struct {
	Base        float64          `yaml:"base,required"`
	Share       float64          `yaml:"share,required"` // multiplied by the division's share, 0 to 1
	Lead        float64          `yaml:"lead,required"`  // multiplied by its lead over the next division, 0 to 1
	Asked       float64          `yaml:"asked,required"` // added if its words appear in the ask itself
	Doubt       float64          `yaml:"doubt,required"` // added if the themes are in doubt
	MultiSector MultiSectorModel `yaml:"multisector,required"`
}

// A MultiSectorModel replaces Base, Share, Lead and Asked of a ConfidenceModel if the
// fallback division takes a request because no sector leads.
type MultiSectorModel struct {
	Base     float64 `yaml:"base,required"`
	Evenness float64 `yaml:"evenness,required"` // multiplied by 1 minus the lead of the largest sector
}
