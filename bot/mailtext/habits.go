package mailtext

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/goccy/go-yaml"

	"verbale/intake/lexicon"
)

//go:embed data/habits.yaml
var embedded []byte

// Habits holds the conventions of mail that automatic mail follows.
type Habits struct {
	NoReply       []string `yaml:"no_reply"`
	SubjectMarks  []string `yaml:"subject_marks"`
	SubjectLength int      `yaml:"subject_length"`
	NoteLength    int      `yaml:"note_length"`
	QuoteLength   int      `yaml:"quote_length"`
	DigestLength  int      `yaml:"digest_length"`
	TellOwner     struct {
		Every time.Duration `yaml:"every"`
	} `yaml:"tell_owner"`
	// Likeness defines which earlier records a new one is compared with, and how long its
	// acknowledgement is held while the desk is asked.
	Likeness struct {
		Within time.Duration `yaml:"within"` // maximum age of the earlier records
		Near   time.Duration `yaml:"near"`   // maximum distance in time at which the same country and theme suffice
		Hold   time.Duration `yaml:"hold"`
		Look   int           `yaml:"look"`  // how many to compare, newest first
		Offer  int           `yaml:"offer"` // how many to show at most
	} `yaml:"likeness"`
	Replies     map[Instruction]map[string][]string `yaml:"replies"` // by language, like the lists below
	Greetings   map[string][]string                 `yaml:"greetings"`
	Openers     map[string][]string                 `yaml:"openers"`
	Closings    map[string][]string                 `yaml:"closings"`
	Objects     map[string][]string                 `yaml:"objects"`
	Reasons     map[string][]string                 `yaml:"reasons"`
	OwnDivision map[string][]string                 `yaml:"own_division"`
	NotTo       map[string][]string                 `yaml:"not_to"`
	Ties        map[string][]string                 `yaml:"ties"`
	Hedges      map[string][]string                 `yaml:"hedges"`
	Cues        lexicon.Phrases                     `yaml:"cues"`
	Frames      map[string][]Frame                  `yaml:"frames"`
	// Moves says how a move from one stretch of days to another is told from one long stretch.
	Moves struct {
		Days  int      `yaml:"days"`
		Words []string `yaml:"words"` // one word each, which stands between the two
	} `yaml:"moves"`
	StatusWords  []string `yaml:"status_words"`
	StatusLength int      `yaml:"status_length"` // maximum length, in words, of a mail that only asks for the status
	ThanksLength int      `yaml:"thanks_length"` // maximum length in words of a mail that is nothing but thanks
	// Cited defines how an earlier letter is looked up by its number.
	Cited struct {
		Look  int `yaml:"look"`  // how many records to examine
		Reach int `yaml:"reach"` // maximum distance in bytes from the phrase to the number
	} `yaml:"cited"`
	GatherLate    time.Duration       `yaml:"gather_late"`
	ResultsWords  int                 `yaml:"results_words"` // minimum length, in words, of a report of results
	Sealed        map[string][]string `yaml:"sealed"`        // marks of confidential letters, by language
	SealedLines   int                 `yaml:"sealed_lines"`  // how many first lines may contain a mark
	CountryBrief  int                 `yaml:"country_brief"` // how many other requests of a country are listed
	RussianBeside struct {
		Groups    []string `yaml:"groups"`
		Languages []string `yaml:"languages"`
	} `yaml:"russian_beside"`

	beginnings []beginning // phrases at the beginning of replies, longest first
	greetings  []string    // this and the following lists are folded, longest first
	openers    []string
	closings   []string
	objects    []string
	reasons    []string
	division   []string
	notTo      []string
	ties       []string
	hedges     []string
	sealed     []string
	status     []string
	spoken     map[string][]string // by language
	cues       *lexicon.Terms
	frames     compiledFrames
}

// Load parses a habits file; nil selects the embedded one.
func Load(raw []byte) (*Habits, error) {
	if raw == nil {
		raw = embedded
	}
	h := &Habits{}
	if err := yaml.UnmarshalWithOptions(raw, h, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("read habits of mail: %w", err)
	}
	if h.SubjectLength < 1 || h.NoteLength < 1 || h.QuoteLength < 1 {
		return nil, fmt.Errorf("read habits of mail: subject_length %d, note_length %d and quote_length %d must be at least 1", h.SubjectLength, h.NoteLength, h.QuoteLength)
	}
	if h.TellOwner.Every <= 0 {
		return nil, fmt.Errorf("read habits of mail: tell_owner.every %s must be longer than nothing", h.TellOwner.Every)
	}
	if err := h.compile(); err != nil {
		return nil, fmt.Errorf("read habits of mail: %w", err)
	}
	return h, nil
}

// compile prepares the phrases of the file for searching.
func (h *Habits) compile() (err error) {
	if err := h.compileReplies(); err != nil {
		return err
	}
	h.greetings, h.openers, h.objects = foldedWords(h.Greetings), foldedWords(h.Openers), foldedWords(h.Objects)
	h.closings, h.division, h.notTo = foldedWords(h.Closings), foldedWords(h.OwnDivision), foldedWords(h.NotTo)
	h.reasons, h.ties, h.hedges = foldedWords(h.Reasons), foldedWords(h.Ties), foldedWords(h.Hedges)
	h.sealed = foldedWords(h.Sealed)
	h.compileSpoken()
	for _, words := range h.StatusWords {
		h.status = append(h.status, lexicon.FoldString(words))
	}
	if h.frames, err = compileFrames(h.Frames); err != nil {
		return err
	}
	h.cues, err = h.Cues.Compile()
	return err
}

// foldedWords returns the folded phrases of all languages, the longest first.
func foldedWords(languages map[string][]string) (all []string) {
	for _, words := range languages {
		for _, word := range words {
			all = append(all, lexicon.FoldString(word))
		}
	}
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	return all
}

var localPartMarks = strings.NewReplacer(".", "", "-", "", "_", "")

// RepliesToNobody reports whether an address is a no-reply address.
func (h *Habits) RepliesToNobody(address string) bool {
	local, _, _ := strings.Cut(strings.ToLower(address), "@")
	local = localPartMarks.Replace(local)
	return slices.ContainsFunc(h.NoReply, func(pattern string) bool {
		stem, open := strings.CutSuffix(pattern, "*")
		return local == stem || open && strings.HasPrefix(local, stem)
	})
}

// Subject returns a subject on one line, without the prefixes that mail programs add (such as
// "Re:"), cut to the length that we repeat.
func (h *Habits) Subject(raw string) string {
	s := OneLine(raw)
	for {
		mark, rest, found := strings.Cut(s, ":")
		if !found || !slices.Contains(h.SubjectMarks, strings.ToLower(strings.TrimSpace(mark))) {
			break
		}
		s = strings.TrimSpace(rest)
	}
	return Cut(s, h.SubjectLength)
}

// OneLine joins the lines of a text into one and removes control characters.
func OneLine(raw string) string { return strings.Join(strings.FieldsFunc(raw, spaceOrControl), " ") }

// longestWord is how many characters Cut gives up at most to end with a whole word.
const longestWord = 30

// Cut shortens a text to a number of characters, after a whole word unless that is very long.
func Cut(s string, length int) string {
	runes := []rune(s)
	if len(runes) <= length {
		return s
	}
	end := length - 1
	for i := end; i > max(0, end-longestWord); i-- {
		if unicode.IsSpace(runes[i]) {
			end = i
			break
		}
	}
	return strings.TrimSpace(string(runes[:end])) + "…"
}

func spaceOrControl(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }
