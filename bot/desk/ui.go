package desk

// A Page is what a colleague is shown: a message, a list, the home tab. All
// texts are plain. Whoever shows a page escapes them, and cuts what is longer
// than the place allows; nothing in them is ever live. Where there is a Title it
// stands at the head. Notice is what a telephone shows of it, where that is not the
// Title or its first words.
type Page struct {
	Title  string
	Notice string
	Blocks []Block
}

// A Block is one piece of a page or form, from top to bottom.
type Block interface{ block() }

// A Heading parts a page.
type Heading struct{ Text string }

// A Paragraph is our own words; Strong ones stand out.
type Paragraph struct {
	Text   string
	Strong bool
}

// A Quote is somebody else's words, shown as such.
type Quote struct{ Text string }

// Facts are names with their values, two in a line where there is room.
type Facts struct{ Facts []Fact }

// A Fact is one of them.
type Fact struct{ Label, Value string }

// A Row is one entry of a list, with at most one button or a menu beside it.
type Row struct {
	Title  string
	Detail string
	Button *Button
	Menu   []Button // shown as an overflow menu
}

// Buttons stand side by side.
type Buttons struct{ Buttons []Button }

// A Choose is a list from which one value is chosen at once, without a form.
type Choose struct {
	Press   Press // Value is what was chosen
	Label   string
	Options []Option
}

// Fine is small print: where a card comes from, what is next.
type Fine struct{ Text string }

// A Rule is a line across.
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

// A Press says what a button does: it comes back to Desk.Press as it was shown.
type Press struct {
	Name      string // of what is done: one of the Press… constants
	Reference string // of the record, "" where it is about none
	Revision  int64  // of the record as it was shown
	Value     string // what the button carries, or what was chosen
}

// A Button does one thing when it is pressed.
type Button struct {
	Label   string
	Press   Press
	Style   Style
	Confirm string // a question before it is done; "" for none
}

// A Style tells what a button is for.
type Style string

const (
	StylePlain   Style = ""
	StylePrimary Style = "primary" // the expected next step; one in a row
	StyleDanger  Style = "danger"  // hard to take back
)

// A Form is a window to fill in. Its state travels with it: the same Name,
// Press and State come back with the values to Desk.Submit. Where the form lies
// over another, sending it closes that as well.
type Form struct {
	Name   string            // one of the Form… constants
	Press  Press             // what opened it
	State  map[string]string // no more than MaxState characters in all
	Title  string            // at most 24 characters
	Submit string            // label of the button that sends it; "" for a form that only shows
	Close  string
	Blocks []Block
	// Over is set where the form lies over the present one, so that closing it
	// leads back there; else it takes the place of the present one, if any.
	Over bool
}

const (
	MaxText  = 3000 // how long a text may be that is typed into a form, in characters
	MaxState = 2600 // how much the state of a form holds, in characters
)

// An Input is a field of a form. Its ID names its value in Values.
type Input struct {
	ID       string
	Label    string
	Hint     string
	Kind     InputKind
	Optional bool
	Options  []Option // choice, choices
	Initial  []string // what it holds at first; of a search, the options that stand for it are in Options
	Redraws  bool     // a change comes to Desk.Change at once, which may answer with another form
}

// An InputKind is how a value is given.
type InputKind string

const (
	InputLine    InputKind = "line"
	InputText    InputKind = "text" // several lines
	InputDate    InputKind = "date" // ISO 8601
	InputChoice  InputKind = "choice"
	InputChoices InputKind = "choices"
	InputSearch  InputKind = "search"  // one of many options, found by typing: Desk.Options answers
	InputSearchN InputKind = "searchn" // several of many
	InputChecks  InputKind = "checks"  // several, all in view
)

// An Option is one value of a choice.
type Option struct {
	Value string
	Label string
	Group string // options of one group stand together
}

// Values are what was filled in, by the ID of the input. An input left empty
// has no entry.
type Values map[string][]string

// First is the first value of an input, "" where it was left empty.
func (v Values) First(id string) string {
	if len(v[id]) == 0 {
		return ""
	}
	return v[id][0]
}

// An Answer is what a colleague gets back. At most one of Say, Form and Errors
// is set. None means that what was done shows by itself: a form that was sent is
// closed, with all beneath it; one in which a button was pressed is asked for
// again by its Press.
type Answer struct {
	Say     *Page             // shown to the caller alone
	Shared  bool              // Say is shown to the whole channel: the caller asked for it
	Replace bool              // Say takes the place of the page whose button was pressed, where only the caller sees that
	Form    *Form             // opened, or put in the place of or over the present one
	Errors  map[string]string // of a form that stays open: what is wrong, by input
	Home    bool              // the caller's home page shows something else now
	Files   []File            // pictures beside Say: to the channel where that is shared, else to the caller in person
}

// A File is a picture that goes with a page.
type File struct {
	Name    string // with its ending
	Title   string
	Alt     string // what the picture says, in words
	Content []byte
}
