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

// referencePrefix is the prefix of our references: "TC-2026-00042".
const referencePrefix = "TC"

// An office is the data for reading, routing and following up mail.
type office struct {
	vocabulary *lexicon.Vocabulary
	reader     *reading.Reader
	directory  *routing.Directory
	table      *routing.Table
	policy     *followup.Policy
	phrases    *phrases.Catalogue
}

// readConfig reads a configuration without its secrets. Without a file, the embedded data is
// used.
func readConfig(file string) (*config.Config, error) {
	if file == "" {
		return &config.Config{}, nil
	}
	return config.Read(file)
}

// loadOffice loads the data files named in the configuration, and the embedded data for the
// others. All problems in all files are reported at once.
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

// The embedded data is shared by all offices of a process and never modified.
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

// loadReader loads the data for reading letters: the files in the vocabulary's folder, and the
// embedded ones for those missing there.
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

// replaced loads the office's own file, or the embedded one if there is none.
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

// deskDomain is the domain of our Message-IDs, which is that of the desk's address.
func (o *office) deskDomain() string {
	_, domain, _ := strings.Cut(o.directory.Desk.Address, "@")
	return domain
}

// ours describes what identifies our own mail and addresses.
func (o *office) ours() intake.Ours {
	return intake.Ours{
		Domain:          o.deskDomain(),
		Prefix:          referencePrefix,
		InternalDomains: o.directory.Desk.InternalDomains,
	}
}

// namesOf returns the writer that resolves IDs to names, from the data named in the
// configuration.
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

// service returns the registry service of this office. It sends nothing unless an adjustment
// enables that. Without a store it can only assess mails.
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

// desk is the sender of outgoing mail.
func (o *office) desk() intake.Address {
	return intake.Address{Name: o.directory.Desk.Name.In(phrases.English), Address: o.directory.Desk.Address}
}

// A problemList collects problems from several files.
type problemList struct{ found strictyaml.Problems }

// add adds the problems in an error, or the error itself as one problem.
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

// within adds problems of files in a folder. A problem without a file name is attributed to
// the folder.
func (p *problemList) within(folder string, err error) {
	var inside problemList
	inside.add(err)
	for _, problem := range inside.found {
		if filepath.Base(folder) != problem.File { // the policy may be a single file
			problem.File = filepath.Join(folder, problem.File)
		} else {
			problem.File = folder
		}
		p.found = append(p.found, problem)
	}
}

func (p *problemList) err() error { return p.found.Err() }
