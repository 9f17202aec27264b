package routing

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"

	"verbale/intake"
	"verbale/internal/strictyaml"
)

//go:embed data/rules.yaml
var embeddedRules []byte

// EmbeddedRules returns the rules that are used if the office has none.
func EmbeddedRules() (*Rules, error) { return LoadRules("rules.yaml", embeddedRules) }

// LoadRules parses rules; the error is a strictyaml.Problems listing all problems within the
// file. Compile checks whether the IDs exist.
func LoadRules(file string, data []byte) (*Rules, error) {
	r := new(Rules)
	r.doc = strictyaml.Decode(file, data, r)
	c := rulesCheck{Rules: r, doc: r.doc}
	c.policy()
	seen := map[string]bool{}
	for i := range r.Rules {
		rule, at := &r.Rules[i], strictyaml.Root.Key("rules").Item(i)
		if seen[rule.ID] && rule.ID != "" {
			c.doc.Report(at.Key("id"), fmt.Sprintf("rule id %q is taken by an earlier rule", rule.ID), "choose another")
		}
		seen[rule.ID] = true
		if len(rule.Because) > 0 && rule.Because["en"] == "" {
			c.doc.Report(at.Key("because"), "the English sentence is missing", "add “en: …”")
		}
		c.condition(at.Key("when"), &rule.When)
		if c.doc.Has(at.Key("then").Key("carried_by")) {
			strictyaml.OneOf(c.doc, at.Key("then").Key("carried_by"), rule.Then.CarriedBy, allCarriers...)
		}
	}
	c.last()
	if err := c.doc.Err(); err != nil {
		return nil, err
	}
	return r, nil
}

var (
	allServices = []intake.Service{intake.ServiceAdvisory, intake.ServiceCapacityBuilding, intake.ServiceProject}
	allScopes   = []intake.Scope{intake.ScopeNational, intake.ScopeMultiCountry, intake.ScopeSubRegional}
	allCarriers = []intake.CarriedBy{intake.CarriedByDivision, intake.CarriedByAdviser, intake.CarriedByBoth}
	allSubjects = []SubjectState{SubjectRead, SubjectUnread}
	// doubtable lists the fields that TriagePolicy.Doubts may name.
	doubtable = []intake.Field{
		intake.FieldKind, intake.FieldLanguage, intake.FieldCountries, intake.FieldScope, intake.FieldServices,
		intake.FieldThemes, intake.FieldInstruments, intake.FieldUrgency, intake.FieldReplyBy, intake.FieldInstitution, intake.FieldOfficial,
	}
)

// A rulesCheck validates a file of rules.
type rulesCheck struct {
	*Rules
	doc *strictyaml.Document
}

func (c *rulesCheck) policy() {
	root := strictyaml.Root
	for path, share := range map[strictyaml.Path]float64{
		root.Key("triage").Key("confidence_under"):   c.Triage.ConfidenceUnder,
		root.Key("triage").Key("runner_up_within"):   c.Triage.RunnerUpWithin,
		root.Key("support").Key("share"):             c.Support.Share,
		root.Key("support").Key("share_named"):       c.Support.ShareNamed,
		root.Key("support").Key("share_multisector"): c.Support.ShareMultiSector,
		root.Key("support").Key("share_asked"):       c.Support.ShareAsked,
		root.Key("support").Key("share_others"):      c.Support.ShareOthers,
	} {
		if share < 0 || share > 1 {
			c.doc.Report(path, fmt.Sprintf("%v is not between 0 and 1", share), "")
		}
	}
	for i, field := range c.Triage.Doubts {
		strictyaml.OneOf(c.doc, root.Key("triage").Key("doubts").Item(i), field, doubtable...)
	}
	for name, countries := range c.Groups {
		for i, country := range countries {
			checkCountry(c.doc, root.Key("groups").Key(name).Item(i), country)
		}
	}
	if c.Programme != "" {
		strictyaml.OneOf(c.doc, root.Key("programme"), c.Programme, slices.Sorted(maps.Keys(c.Groups))...)
	}
}

func (c *rulesCheck) condition(at strictyaml.Path, when *Condition) {
	if when.Subject != SubjectAny {
		strictyaml.OneOf(c.doc, at.Key("subject"), when.Subject, allSubjects...)
	}
	for i, s := range when.Services.Only {
		strictyaml.OneOf(c.doc, at.Key("services").Key("only").Item(i), s, allServices...)
	}
	for i, s := range when.Services.Any {
		strictyaml.OneOf(c.doc, at.Key("services").Key("any").Item(i), s, allServices...)
	}
	if stated := when.Services.stated(); stated > 1 {
		c.doc.Report(at.Key("services"), "only one of only, any and none can hold", "keep one of them")
	}
	for i, s := range when.Scopes {
		strictyaml.OneOf(c.doc, at.Key("scopes").Item(i), s, allScopes...)
	}
	for i, country := range when.Countries {
		if _, group := c.Groups[country]; !group {
			checkCountry(c.doc, at.Key("countries").Item(i), country)
		}
	}
}

// last checks that the last rule, and no other, matches everything.
func (c *rulesCheck) last() {
	root := strictyaml.Root.Key("rules")
	for i := range c.Rules.Rules {
		everything, last := c.Rules.Rules[i].When.empty(), i == len(c.Rules.Rules)-1
		switch at := root.Item(i); {
		case last && !everything:
			c.doc.Report(at, "the last rule does not match everything", "remove its “when”, or add a rule without one")
		case !last && everything:
			c.doc.Report(at, "this rule matches everything, so those after it never apply", "move it to the end or add a “when”")
		}
	}
	if len(c.Rules.Rules) == 0 && c.doc.Has(root) {
		c.doc.Report(root, "there is no rule", "add one without “when”, which matches everything")
	}
}
