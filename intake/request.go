package intake

// A Kind classifies a mail; it is determined before anything else.
type Kind string

const (
	KindRequest   Kind = "request"
	KindFollowUp  Kind = "follow_up"
	KindAutoReply Kind = "auto_reply"
	KindBounce    Kind = "bounce"
	KindSpam      Kind = "spam"
	KindOther     Kind = "other"
)

// Kinds returns all kinds.
func Kinds() []Kind {
	return []Kind{KindRequest, KindFollowUp, KindAutoReply, KindBounce, KindSpam, KindOther}
}

// ReasonUnreadable is the ID of the kind's reason for an encrypted, empty or broken mail.
const ReasonUnreadable = "unreadable"

// DoubtElsewhere is the ID of the doubt on the kind of a letter that is addressed to another
// organisation and asks nothing of us.
const DoubtElsewhere = "doubt.elsewhere"

// A Reading is the result of analyzing one message.
type Reading struct {
	Kind       Kind
	KindReason Remark // why
	Language   string // ISO 639-1 code of what the sender mainly wrote
	Reference  string // our reference ("TC-2026-00042"), if the mail contains one
	Request    *Request
	Evidence   []Evidence
	Doubts     []Doubt
}

// AddDoubt adds a doubt: the field could not be read with confidence.
func (g *Reading) AddDoubt(f Field, reason Remark, candidates ...string) {
	if candidates == nil {
		candidates = []string{}
	}
	g.Doubts = append(g.Doubts, Doubt{Field: f, Reason: reason, Candidates: candidates})
}

// Doubtful reports whether there is a doubt about the given field.
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
	// FieldStatus is used only in doubts: whether a mail of the requester ends the record.
	FieldStatus Field = "status"
	// FieldTakeUp is used only in doubts: whether a request that was answered is taken up
	// again, since its requester has written once more.
	FieldTakeUp Field = "take_up"
	// FieldDates is used only in doubts: both proposed days together, each candidate as Days
	// writes them.
	FieldDates Field = "dates"
)

// A Service is a kind of help that a country asks for.
type Service string

const (
	ServiceAdvisory         Service = "advisory"
	ServiceCapacityBuilding Service = "capacity_building"
	ServiceProject          Service = "project"
)

// Services returns all services.
func Services() []Service {
	return []Service{ServiceAdvisory, ServiceCapacityBuilding, ServiceProject}
}

// A Scope says how many countries a request is meant for.
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

// A Request is what a message asks for, as it was read. Countries are identified by ISO
// 3166-1 alpha-2 codes; themes, instruments, partners and divisions by their IDs in the
// vocabulary. Lists are sorted, except Themes (main theme first).
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
	Summary       string // one or two sentences quoted from the request itself

	// Subjects are the divisions that the themes point to, largest share first; the routing
	// table decides from them who leads and who supports.
	Subjects []Subject
}

// A Requester is the person to whom the answer is sent.
type Requester struct {
	Name  string
	Title string
	Email string
}

// A Subject is the share of one division in the content of a request.
type Subject struct {
	Division string
	Themes   []string // its themes in the text, largest share first
	Weight   float64  // share of all subject evidence, 0 to 1
	Asked    bool     // some of its words are in the request itself, not in the background
	Called   bool     // the letter explicitly asks for the participation of its staff
}

// Evidence is a quotation supporting a value, and its position.
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
