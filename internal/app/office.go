package app

import (
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"verbale/bot"
	"verbale/bot/letters"
	"verbale/bot/registry"
	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading"
	"verbale/internal/config"
	"verbale/internal/outbox"
	"verbale/internal/phrases"
	"verbale/internal/strictyaml"
	"verbale/routing"
	"verbale/routing/followup"
)

// referencePrefix begins our references: "TC-2026-00042".
const referencePrefix = "TC"

// An office is the data by which mail is read, routed and followed up.
type office struct {
	vocabulary *lexicon.Vocabulary
	reader     *reading.Reader
	directory  *routing.Directory
	table      *routing.Table
	policy     *followup.Policy
	phrases    *phrases.Catalogue
}

// readConfig reads a configuration without its secrets; the embedded data serve
// where none is named.
func readConfig(file string) (*config.Config, error) {
	if file == "" {
		return &config.Config{}, nil
	}
	return config.Read(file)
}

// loadOffice loads the data that the configuration names, and the embedded
// data where it names none. Everything that is wrong in any file is reported
// at once.
func loadOffice(c *config.Config) (*office, error) {
	o := &office{}
	var problems problemList
	var err error
	o.vocabulary, err = loadVocabulary(c.Vocabulary)
	problems.within(c.Vocabulary, err)
	if err == nil {
		o.reader, err = loadReader(c.Vocabulary, o.vocabulary)
		problems.within(c.Vocabulary, err)
	}
	o.directory, err = loadDirectory(c)
	problems.add(err)
	rules, err := loadRules(c.Rules)
	problems.add(err)
	o.policy, err = loadPolicy(c)
	problems.within(c.Policy, err)
	_, err = outbox.LoadPolicies(c.PolicyFiles())
	problems.within(c.Policy, err)
	o.phrases = phrases.Default()
	if problems.err() == nil {
		o.table, err = routing.Compile(o.directory, rules, o.vocabulary)
		problems.add(err)
	}
	return o, problems.err()
}

// What is embedded is the same for all offices of a process, and nobody changes it.
var (
	embeddedVocabulary = sync.OnceValues(func() (*lexicon.Vocabulary, error) { return lexicon.Load(lexicon.Embedded()) })
	embeddedReader     = sync.OnceValues(func() (*reading.Reader, error) {
		v, err := embeddedVocabulary()
		if err != nil {
			return nil, err
		}
		return reading.Load(reading.Embedded(), v)
	})
)

func loadVocabulary(folder string) (*lexicon.Vocabulary, error) {
	if folder == "" {
		return embeddedVocabulary()
	}
	return lexicon.Load(os.DirFS(folder))
}

// loadReader loads what letters are read by: the files that the vocabulary's
// folder holds of its own, and those that come with the program for the rest.
func loadReader(folder string, v *lexicon.Vocabulary) (*reading.Reader, error) {
	if folder == "" {
		return embeddedReader()
	}
	return reading.Load(os.DirFS(folder), v)
}

func loadDirectory(c *config.Config) (*routing.Directory, error) {
	dir, err := replaced(c.Directory, routing.EmbeddedDirectory, routing.LoadDirectory)
	if err != nil {
		return nil, err
	}
	if c.Desk.Address != "" {
		dir.Desk.Address = c.Desk.Address
	}
	if c.Desk.Channel != "" {
		dir.Desk.Channel = c.Desk.Channel
	}
	switch lead := c.Desk.Lead; {
	case strings.Contains(lead, "@"):
		dir.Desk.Lead.Address = lead
	case lead != "":
		dir.Desk.Lead.Slack = lead
	}
	if len(c.Desk.InternalDomains) > 0 {
		dir.Desk.InternalDomains = c.Desk.InternalDomains
	}
	return dir, nil
}

func loadRules(file string) (*routing.Rules, error) {
	return replaced(file, routing.EmbeddedRules, routing.LoadRules)
}

func loadPolicy(c *config.Config) (*followup.Policy, error) {
	if files := c.PolicyFiles(); files != nil {
		return followup.Load(files)
	}
	return followup.Embedded()
}

// replaced loads a file of the office's own, or the embedded one where it has none.
func replaced[T any](file string, embedded func() (*T, error), load func(string, []byte) (*T, error)) (*T, error) {
	if file == "" {
		return embedded()
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read data file: %w", err)
	}
	return load(file, data)
}

// deskDomain is the domain of our own Message-IDs: the desk's.
func (o *office) deskDomain() string {
	_, domain, _ := strings.Cut(o.directory.Desk.Address, "@")
	return domain
}

// ours is what is our own in a mail.
func (o *office) ours() intake.Ours {
	return intake.Ours{
		Domain:          o.deskDomain(),
		Prefix:          referencePrefix,
		InternalDomains: o.directory.Desk.InternalDomains,
	}
}

// namesOf are what ids are called where people read them, by the data that the
// configuration names.
func namesOf(c *config.Config) (*letters.Writer, error) {
	vocabulary, err := loadVocabulary(c.Vocabulary)
	if err != nil {
		return nil, err
	}
	directory, err := loadDirectory(c)
	if err != nil {
		return nil, err
	}
	return &letters.Writer{Phrases: phrases.Default(), Directory: directory, Vocabulary: vocabulary}, nil
}

// service returns the bot for this office, silent unless an adjustment says
// otherwise. Without a store it can only assess.
func (o *office) service(store bot.Store, now func() time.Time, log *slog.Logger, adjust ...func(*registry.Options)) (*registry.Service, error) {
	options := registry.Options{
		Store:      store,
		Reader:     o.reader.For(o.ours()),
		Router:     o.table,
		Policy:     o.policy,
		Directory:  o.directory,
		Vocabulary: o.vocabulary,
		Phrases:    o.phrases,
		Office: registry.Office{
			Name:   o.directory.Desk.Name.In(phrases.English),
			Prefix: referencePrefix,
			Desk:   o.desk(),
			Domain: o.deskDomain(),
			Zone:   o.policy.Calendar().Zone(),
		},
		Token: rand.Text,
		Now:   now,
		Log:   log,
	}
	for _, change := range adjust {
		change(&options)
	}
	return registry.New(options)
}

// desk is the address from which mail goes out.
func (o *office) desk() intake.Address {
	return intake.Address{Name: o.directory.Desk.Name.In(phrases.English), Address: o.directory.Desk.Address}
}

// A problemList gathers what is wrong in several files.
type problemList struct{ found strictyaml.Problems }

// add takes the problems that an error lists, or else the error as one of them.
func (p *problemList) add(err error) {
	if err == nil {
		return
	}
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range several.Unwrap() {
			p.add(e)
		}
		return
	}
	if list, ok := errors.AsType[strictyaml.Problems](err); ok {
		p.found = append(p.found, list...)
		return
	}
	for line := range strings.Lines(err.Error()) {
		p.found = append(p.found, strictyaml.Problem{Message: strings.TrimSpace(line)})
	}
}

// within takes the problems of files that lie in a folder; a problem that
// names no file is the folder's.
func (p *problemList) within(folder string, err error) {
	var inside problemList
	inside.add(err)
	for _, problem := range inside.found {
		if filepath.Base(folder) != problem.File { // the policy may be a file
			problem.File = filepath.Join(folder, problem.File)
		} else {
			problem.File = folder
		}
		p.found = append(p.found, problem)
	}
}

func (p *problemList) err() error { return p.found.Err() }
