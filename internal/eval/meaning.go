package eval

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"verbale/intake"
)

// A Meaning is what a mail means: as a label says, or as it was read. Fields
// that a mail leaves open are zero, and null in a label.
type Meaning struct {
	Kind             intake.Kind      `json:"kind"`
	Language         string           `json:"language"`  // ISO 639-1
	Reference        string           `json:"reference"` // ours, where the mail carries it
	Countries        []string         `json:"countries"` // ISO 3166-1 alpha-2
	Scope            intake.Scope     `json:"scope"`
	Services         []intake.Service `json:"services"`
	Themes           []string         `json:"themes"` // main one first
	Division         string           `json:"division"`
	DivisionsSupport []string         `json:"divisions_support"`
	Instruments      []string         `json:"instruments"`
	Urgency          intake.Urgency   `json:"urgency"`
	ReplyBy          intake.Date      `json:"reply_by"`
	ProposedStart    intake.Date      `json:"proposed_start"`
	ProposedEnd      intake.Date      `json:"proposed_end"`
	Institution      string           `json:"institution"`
	Requester        Requester        `json:"requester"`
	OfficialRef      string           `json:"official_ref"`
	Partners         []string         `json:"partners"`
	Funding          []string         `json:"funding"`
	Official         bool             `json:"official"`

	// CarriedBy is not written in a label: it follows from division and services.
	CarriedBy intake.CarriedBy `json:"-"`
}

// A Requester is the person to whom the answer is due.
type Requester struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	Email string `json:"email"`
}

// ParseLabel reads a label: a JSON object with the keys of Meaning. Further
// keys are for people. Its error names what is missing or wrong.
func ParseLabel(data []byte) (Meaning, error) {
	var m Meaning
	if err := json.Unmarshal(data, &m); err != nil {
		return Meaning{}, fmt.Errorf("label: %w", err)
	}
	if err := m.check(); err != nil {
		return Meaning{}, fmt.Errorf("label: %w", err)
	}
	m.CarriedBy = m.carriedBy()
	return m, nil
}

// check finds labels that nothing can be measured against.
func (m *Meaning) check() error {
	switch {
	case !slices.Contains(intake.Kinds(), m.Kind):
		return fmt.Errorf("kind %q is none of %v", m.Kind, intake.Kinds())
	case m.Language == "":
		return errors.New("language is missing")
	case m.Kind != intake.KindRequest:
		return nil
	case len(m.Themes) == 0:
		return errors.New("a request without themes")
	case len(m.Services) == 0:
		return errors.New("a request without services")
	case m.Division == "":
		return errors.New("a request without a division")
	}
	return nil
}

// multiSectoral is the division that carries out itself whatever it owns.
const multiSectoral = "technical-cooperation"

// carriedBy says who carries a labelled request out under the policy that
// comes with the program: advice alone is an adviser's, capacity-building alone
// the division's, a project or a mixture both's.
func (m *Meaning) carriedBy() intake.CarriedBy {
	only := func(s intake.Service) bool {
		return !slices.ContainsFunc(m.Services, func(other intake.Service) bool { return other != s })
	}
	switch {
	case m.Kind != intake.KindRequest:
		return ""
	case m.Division == multiSectoral || only(intake.ServiceCapacityBuilding):
		return intake.CarriedByDivision
	case only(intake.ServiceAdvisory):
		return intake.CarriedByAdviser
	}
	return intake.CarriedByBoth
}

// MeaningOf is what was read of a mail, in the terms of a label.
func MeaningOf(g intake.Reading, to *intake.Routing) Meaning {
	m := Meaning{Kind: g.Kind, Language: g.Language, Reference: g.Reference}
	if r := g.Request; r != nil {
		m.Countries, m.Scope, m.Services, m.Themes = r.Countries, r.Scope, r.Services, r.Themes
		m.Instruments, m.Partners, m.Funding = r.Instruments, r.Partners, r.Funding
		m.Urgency, m.Official = r.Urgency, r.Official
		m.ReplyBy, m.ProposedStart, m.ProposedEnd = r.ReplyBy, r.ProposedStart, r.ProposedEnd
		m.Institution, m.OfficialRef = r.Institution, r.OfficialRef
		m.Requester = Requester(r.Requester)
	}
	if to != nil {
		m.Division, m.DivisionsSupport, m.CarriedBy = to.Division, to.DivisionsSupport, to.CarriedBy
	}
	return m
}
