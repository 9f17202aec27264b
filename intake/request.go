package intake

// A Kind says what a mail is, before anything else is asked of it.
type Kind string

const (
	KindRequest   Kind = "request"
	KindFollowUp  Kind = "follow_up"
	KindAutoReply Kind = "auto_reply"
	KindBounce    Kind = "bounce"
	KindSpam      Kind = "spam"
	KindOther     Kind = "other"
)

// Kinds lists all kinds.
func Kinds() []Kind {
	return []Kind{KindRequest, KindFollowUp, KindAutoReply, KindBounce, KindSpam, KindOther}
}

// ReasonUnreadable is the id of the kind reason of an encrypted, empty or broken
// mail.
const ReasonUnreadable = "unreadable"

// A Reading is all that was understood of one message.
type Reading struct {
	Kind       Kind
	KindReason Remark // why
	Language   string // ISO 639-1 code of what the sender mainly wrote
	Reference  string // our reference ("TC-2026-00042") where the mail carries one
	Request    *Request
	Evidence   []Evidence
	Doubts     []Doubt
}

// AddDoubt notes that a field could not be read with confidence.
func (g *Reading) AddDoubt(f Field, reason Remark, candidates ...string) {
	if candidates == nil {
		candidates = []string{}
	}
	g.Doubts = append(g.Doubts, Doubt{Field: f, Reason: reason, Candidates: candidates})
}

// Doubtful reports whether a doubt stands on the given field.
func (r *Reading) Doubtful(field Field) bool {
	for _, d := range r.Doubts {
		if d.Field == field {
			return true
		}
	}
	return false
}

// A Field names one value of a Reading, as in evidence, doubts and JSON.
type Field string

const (
	FieldKind          Field = "kind"
	FieldLanguage      Field = "language"
	FieldReference     Field = "reference"
	FieldCountries     Field = "countries"
	FieldScope         Field = "scope"
	FieldServices      Field = "services"
	FieldThemes        Field = "themes"
	FieldInstruments   Field = "instruments"
	FieldUrgency       Field = "urgency"
	FieldReplyBy       Field = "reply_by"
	FieldProposedStart Field = "proposed_start"
	FieldProposedEnd   Field = "proposed_end"
	FieldInstitution   Field = "institution"
	FieldRequesterName Field = "requester.name"
	FieldRequesterPost Field = "requester.title"
	FieldRequesterMail Field = "requester.email"
	FieldOfficialRef   Field = "official_ref"
	FieldPartners      Field = "partners"
	FieldFunding       Field = "funding"
	FieldOfficial      Field = "official"
	FieldSummary       Field = "summary"
	// FieldStatus is a doubt's alone: whether a mail of the requester's ends the
	// record.
	FieldStatus Field = "status"
)

// A Service is a kind of help that a country asks for.
type Service string

const (
	ServiceAdvisory         Service = "advisory"
	ServiceCapacityBuilding Service = "capacity_building"
	ServiceProject          Service = "project"
)

// Services lists all services.
func Services() []Service {
	return []Service{ServiceAdvisory, ServiceCapacityBuilding, ServiceProject}
}

// A Scope says how many States a request is meant for.
type Scope string

const (
	ScopeNational     Scope = "national"
	ScopeMultiCountry Scope = "multi_country"
	ScopeSubRegional  Scope = "sub_regional"
)

// An Urgency says whether a request is pressing.
type Urgency string

const (
	UrgencyNormal Urgency = "normal"
	UrgencyUrgent Urgency = "urgent"
)

// A Request is what a message asks for, as read. Identifiers of countries are
// ISO 3166-1 alpha-2; those of themes, instruments, partners and divisions are
// the vocabulary's. Lists are sorted, but for Themes (main one first).
type Request struct {
	Countries     []string
	Scope         Scope
	Services      []Service
	Themes        []string
	Instruments   []string
	Urgency       Urgency
	ReplyBy       Date
	ProposedStart Date
	ProposedEnd   Date
	Institution   string
	Requester     Requester
	OfficialRef   string
	Partners      []string
	Funding       []string
	Official      bool
	Summary       string // one or two sentences taken from the request itself

	// Subjects are the divisions that the themes point to, heaviest first; the
	// routing table decides from them who leads and who supports.
	Subjects []Subject
}

// A Requester is the person to whom the answer is due.
type Requester struct {
	Name  string
	Title string
	Email string
}

// A Subject is the share of one division in what a request is about.
type Subject struct {
	Division string
	Themes   []string // its themes in the text, heaviest first
	Weight   float64  // share of all subject evidence, 0 to 1
	Asked    bool     // some of its words stand in the ask itself, not in the background
	Called   bool     // the letter wants its people to share in the work, in so many words
}

// Evidence is the words behind one value and where they stand.
type Evidence struct {
	Field  Field  `json:"field"`
	Value  string `json:"value"`
	Quote  string `json:"quote"`
	Source string `json:"source"` // "subject", "body" or "attachment:N", N from 1
	Start  int    `json:"start"`  // byte offsets into the source's text
	End    int    `json:"end"`
}

// A Doubt is a field that could not be read with confidence.
type Doubt struct {
	Field      Field
	Reason     Remark
	Candidates []string
}
