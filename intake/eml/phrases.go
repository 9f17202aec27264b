package eml

import (
	_ "embed"
	"errors"
	"fmt"
	"iter"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"verbale/internal/strictyaml"
)

//go:embed data/phrases.yaml
var phrasesYAML []byte

// Phrases are the marker phrases of mail programs, compiled for use. They are safe for
// concurrent use.
type Phrases struct {
	forwardPrefixes map[string]bool
	replyPrefixes   map[string]bool
	labels          map[string]labelRole

	forwardMarkers, forwardEnds, originalMarkers phraseIndex

	attributionVerbs  phraseIndex
	attributionStarts []string

	closings, closingSentences phraseIndex
	closingsAlone              map[string]bool
	resumes                    []string
	greetings                  []string
	contacts                   []string

	devices, disclaimers, banners phraseIndex
	stubs                         []string
}

// A labelRole is the field that a label in a quoted header block denotes.
type labelRole int

const (
	roleNone labelRole = iota
	roleFrom
	roleDate
	roleTo
	roleCc
	roleSubject
	roleOther
)

type phraseFile struct {
	ForwardPrefixes   []string            `yaml:"forward_prefixes"`
	ReplyPrefixes     []string            `yaml:"reply_prefixes"`
	HeaderLabels      map[string][]string `yaml:"header_labels"`
	ForwardMarkers    []string            `yaml:"forward_markers"`
	ForwardEnds       []string            `yaml:"forward_ends"`
	OriginalMarkers   []string            `yaml:"original_markers"`
	AttributionVerbs  []string            `yaml:"attribution_verbs"`
	AttributionStarts []string            `yaml:"attribution_starts"`
	Closings          []string            `yaml:"closings"`
	ClosingSentences  []string            `yaml:"closing_sentences"`
	ClosingsAlone     []string            `yaml:"closings_alone"`
	Resumes           []string            `yaml:"resumes"`
	Greetings         []string            `yaml:"greetings"`
	Contacts          []string            `yaml:"contacts"`
	Devices           []string            `yaml:"devices"`
	Disclaimers       []string            `yaml:"disclaimers"`
	Banners           []string            `yaml:"banners"`
	Stubs             []string            `yaml:"stubs"`
}

var labelRoles = map[string]labelRole{
	"from": roleFrom, "date": roleDate, "to": roleTo, "cc": roleCc, "subject": roleSubject, "other": roleOther,
}

var defaultPhrases = embedded("phrases.yaml", phrasesYAML, ReadPhrases)

// embedded decodes a data file of the package on first use. A test checks that every file can
// be decoded.
func embedded[T any](name string, data []byte, read func([]byte) (T, error)) func() T {
	return sync.OnceValue(func() T {
		v, err := read(data)
		if err != nil {
			panic("embedded " + name + ": " + err.Error())
		}
		return v
	})
}

// ReadPhrases decodes a file in the format of data/phrases.yaml. Unknown keys, empty lists and
// phrases that could never match are errors.
func ReadPhrases(b []byte) (*Phrases, error) {
	var f phraseFile
	if err := strictyaml.Unmarshal(b, &f); err != nil {
		return nil, fmt.Errorf("read marker phrases: %w", err)
	}
	if err := f.check(); err != nil {
		return nil, fmt.Errorf("marker phrases: %w", err)
	}
	p := &Phrases{
		forwardPrefixes: setOf(f.ForwardPrefixes), replyPrefixes: setOf(f.ReplyPrefixes),
		labels:         map[string]labelRole{},
		forwardMarkers: indexOf(f.ForwardMarkers), forwardEnds: indexOf(f.ForwardEnds), originalMarkers: indexOf(f.OriginalMarkers),
		attributionVerbs: indexOf(f.AttributionVerbs), attributionStarts: f.AttributionStarts,
		closings: indexOf(f.Closings), closingSentences: indexOf(f.ClosingSentences), closingsAlone: setOf(f.ClosingsAlone),
		resumes: f.Resumes, greetings: f.Greetings, contacts: f.Contacts,
		devices: indexOf(f.Devices), disclaimers: indexOf(f.Disclaimers), banners: indexOf(f.Banners), stubs: f.Stubs,
	}
	for role, labels := range f.HeaderLabels {
		for _, label := range labels {
			if p.labels[label] != roleNone {
				return nil, fmt.Errorf("marker phrases: header label %q stands twice", label)
			}
			p.labels[label] = labelRoles[role]
		}
	}
	return p, nil
}

func (f *phraseFile) check() error {
	var errs []error
	for role := range f.HeaderLabels {
		if labelRoles[role] == roleNone {
			errs = append(errs, fmt.Errorf("header_labels: unknown field %q", role))
		}
	}
	for name, list := range map[string][]string{
		"forward_prefixes": f.ForwardPrefixes, "reply_prefixes": f.ReplyPrefixes, "forward_markers": f.ForwardMarkers,
		"forward_ends": f.ForwardEnds, "original_markers": f.OriginalMarkers, "attribution_verbs": f.AttributionVerbs,
		"attribution_starts": f.AttributionStarts, "closings": f.Closings, "closing_sentences": f.ClosingSentences, "closings_alone": f.ClosingsAlone,
		"resumes": f.Resumes, "greetings": f.Greetings, "contacts": f.Contacts, "devices": f.Devices,
		"disclaimers": f.Disclaimers, "banners": f.Banners, "stubs": f.Stubs,
	} {
		if len(list) == 0 {
			errs = append(errs, fmt.Errorf("%s: no phrase", name))
		}
		for _, phrase := range list {
			if strings.TrimSpace(phrase) == "" || fold(phrase) != strings.TrimSpace(phrase) {
				errs = append(errs, fmt.Errorf("%s: %q is not in lower case with single spaces and plain apostrophes", name, phrase))
			}
		}
	}
	return errors.Join(errs...)
}

func setOf(list []string) map[string]bool {
	set := make(map[string]bool, len(list))
	for _, s := range list {
		set[s] = true
	}
	return set
}

// fold converts a line to the form that is compared with phrases: lower case, plain
// apostrophes, single spaces, no emphasis marks.
func fold(s string) string {
	s = lower(s)
	if strings.IndexByte(s, '*') >= 0 || strings.IndexByte(s, '\t') >= 0 || strings.Contains(s, "’") || strings.Contains(s, "  ") {
		return strings.Join(strings.Fields(plainMarks.Replace(s)), " ")
	}
	return strings.TrimSpace(s)
}

var plainMarks = strings.NewReplacer("’", "'", "*", "", "\t", " ")

// lower does the same as strings.ToLower, which is slow for non-ASCII letters. It is called
// for every line of a mail.
func lower(s string) string {
	if isASCII([]byte(s)) {
		return strings.ToLower(s)
	}
	b := make([]byte, 0, len(s))
	for _, r := range s {
		if int(r) < len(commonLower) {
			r = rune(commonLower[r])
		} else {
			r = unicode.ToLower(r)
		}
		b = utf8.AppendRune(b, r)
	}
	return string(b)
}

// commonLower holds the lower case of Latin, Greek and Cyrillic letters.
var commonLower = func() (small [0x530]uint16) {
	for r := range small {
		small[r] = uint16(unicode.ToLower(rune(r)))
	}
	return small
}()

// A phraseIndex finds phrases in a folded line in one pass over its words.
type phraseIndex struct {
	phrases map[string][]string // by first word; those that start with a sign under ""
	opens   [256]bool           // the first bytes of all first words; most words begin with others
}

func indexOf(phrases []string) phraseIndex {
	x := phraseIndex{phrases: map[string][]string{}}
	for _, phrase := range phrases {
		first := firstWord(phrase)
		x.phrases[first] = append(x.phrases[first], phrase)
		x.opens[phrase[0]] = true
	}
	return x
}

// firstWord returns the word at the start of a text; "" if a sign is there.
func firstWord(s string) string {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if isSign[c] {
				return s[:i]
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if notWord(r) {
			return s[:i]
		}
		i += size
	}
	return s
}

// wordsOf yields the words of a folded line that may begin a phrase, and where they begin.
func (x *phraseIndex) wordsOf(line string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for at := 0; at < len(line); {
			word := firstWord(line[at:])
			if word != "" && x.opens[word[0]] && !yield(at, word) {
				return
			}
			_, sign := utf8.DecodeRuneInString(line[at+len(word):])
			at += len(word) + sign
		}
	}
}

func notWord(r rune) bool {
	if r < utf8.RuneSelf {
		return (r|0x20 < 'a' || 'z' < r|0x20) && (r < '0' || '9' < r)
	}
	return (r < 'а' || 'я' < r) && !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// isSign marks the ASCII characters that are not part of words.
var isSign = func() (is [utf8.RuneSelf]bool) {
	for c := range is {
		is[c] = notWord(rune(c))
	}
	return is
}()

// startOf returns the phrase at the start of the line, in whole words only, or "".
func (x *phraseIndex) startOf(line string) string {
	if line == "" || !x.opens[line[0]] {
		return ""
	}
	return longestStart(x.phrases[firstWord(line)], line)
}

func longestStart(phrases []string, line string) string {
	longest := ""
	for _, phrase := range phrases {
		if len(phrase) > len(longest) && strings.HasPrefix(line, phrase) && endsWord(line[len(phrase):]) {
			longest = phrase
		}
	}
	return longest
}

// in reports whether the line contains one of the phrases.
func (x *phraseIndex) in(line string) bool {
	for _, phrase := range x.phrases[""] {
		if strings.Contains(line, phrase) {
			return true
		}
	}
	for at, word := range x.wordsOf(line) {
		if longestStart(x.phrases[word], line[at:]) != "" {
			return true
		}
	}
	return false
}

// across reports whether one of the phrases begins in a line and may end in the
// next.
func (x *phraseIndex) across(line, next string) bool {
	for at, word := range x.wordsOf(line) {
		if phrases := x.phrases[word]; phrases != nil && longestStart(phrases, line[at:]+" "+next) != "" {
			return true
		}
	}
	return false
}

func endsWord(rest string) bool {
	for _, r := range rest {
		return notWord(r)
	}
	return true
}

func hasAnyPrefix(s string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
