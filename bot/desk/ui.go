package desk

// A Page is what a user is shown: a message, a list, the home tab. All texts are plain:
// whoever draws a page escapes them, and cuts them to the limits of the client. A Title is
// drawn at the top. Notice is the notification text, if that is not the Title or the first
// text.
type Page struct {
	Title  string
	Notice string
	Blocks []Block
}

// A Block is one piece of a page or form, in order from top to bottom.
type Block interface{ block() }

// A Heading separates parts of a page.
type Heading struct{ Text string }

// A Paragraph is text of the program; Strong ones are emphasised.
type Paragraph struct {
	Text   string
	Strong bool
}

// A Quote is text written by somebody else, shown as such.
type Quote struct{ Text string }

// Facts are labels with values, two per line if there is room.
type Facts struct{ Facts []Fact }

// A Fact is one of them.
type Fact struct{ Label, Value string }

// A Row is an entry of a list, with at most one button or a menu beside it.
type Row struct {
	Title  string
	Detail string
	Button *Button
	Menu   []Button // shown as an overflow menu
}

// Buttons are shown side by side.
type Buttons struct{ Buttons []Button }

// A Choose is a list in which selecting a value takes effect at once, without a form.
type Choose struct {
	Press   Press // Value is what was chosen
	Label   string
	Options []Option
}

// Fine is small print: where a card comes from, what is next.
type Fine struct{ Text string }

// A Rule is a horizontal line.
type Rule struct{}

func (Heading) block()   {}
func (Paragraph) block() {}
func (Quote) block()     {}
func (Facts) block()     {}
func (Row) block()       {}
func (Buttons) block()   {}
func (Choose) block()    {}
func (Fine) block()      {}
func (Rule) block()      {}
func (Input) block()     {}

// A Press says what a button does. It is returned to Desk.Press as it was shown.
type Press struct {
	Name      string // what to do: one of the Press… constants
	Reference string // of the record, "" if it is not about one
	Revision  int64  // of the record as it was shown
	Value     string // what the button carries, or what was chosen
}

// A Button does one thing when it is clicked.
type Button struct {
	Label   string
	Press   Press
	Style   Style
	Confirm string // a question to confirm first; "" for none
}

// A Style tells what a button is for.
type Style string

const (
	StylePlain   Style = ""
	StylePrimary Style = "primary" // the expected next step; one in a row
	StyleDanger  Style = "danger"  // hard to undo
)

// A Form is a modal with inputs. It carries its state: the same Name, Press and State are
// passed to Desk.Submit with the values. Submitting a form that lies over another closes both.
type Form struct {
	Name   string            // one of the Form… constants
	Press  Press             // what opened it
	State  map[string]string // at most MaxState characters in total
	Title  string            // at most 24 characters
	Submit string            // label of the submit button; "" for a form without inputs
	Close  string
	Blocks []Block
	// Over means that the form lies over the current one, so that closing it leads back there;
	// otherwise it replaces the current one, if any.
	Over bool
}

const (
	MaxText  = 3000 // maximum length of a text typed into a form, in characters
	MaxState = 2600 // maximum size of the state of a form, in characters
)

// An Input is a field of a form. Its ID identifies its value in Values.
type Input struct {
	ID       string
	Label    string
	Hint     string
	Kind     InputKind
	Optional bool
	Options  []Option // for choices; for a search, those of the initial values
	Initial  []string // initial values; those of a search are in Options
	Redraws  bool     // a change is passed to Desk.Change at once, which may answer with another form
}

// An InputKind is how a value is entered.
type InputKind string

const (
	InputLine    InputKind = "line"
	InputText    InputKind = "text" // several lines
	InputDate    InputKind = "date" // ISO 8601
	InputChoice  InputKind = "choice"
	InputChoices InputKind = "choices"
	InputSearch  InputKind = "search"  // one of many options, searched by typing; see Desk.Options
	InputSearchN InputKind = "searchn" // several of many
	InputChecks  InputKind = "checks"  // several, all visible
)

// An Option is one value of a choice.
type Option struct {
	Value string
	Label string
	Group string // options of one group are shown together
}

// Values are what was filled in, by input ID. Empty inputs have no entry.
type Values map[string][]string

// First is the first value of an input, "" if it was left empty.
func (v Values) First(id string) string {
	if len(v[id]) == 0 {
		return ""
	}
	return v[id][0]
}

// An Answer is the response to a user. At most one of Say, Form and Errors is set. If none is,
// the effect is visible by itself: a submitted form is closed, with all below it; a form in
// which a button was clicked is requested again by its Press.
type Answer struct {
	Say     *Page             // shown only to the user
	Shared  bool              // Say is shown to the whole channel, as the user asked
	Replace bool              // Say replaces the page whose button was clicked, if only the user sees that page
	Form    *Form             // opened, or shown in place of or over the current one
	Errors  map[string]string // of a form that stays open: error messages by input ID
	Home    bool              // the user's home page has changed
	Files   []File            // pictures with Say: posted to the channel if shared, else to the user in person
}

// A File is a picture that belongs to a page.
type File struct {
	Name    string // with extension
	Title   string
	Alt     string // text alternative of the picture
	Content []byte
}
