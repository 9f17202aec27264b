package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"verbale/internal/mailauth"
	"verbale/internal/strictyaml"
)

// Load reads a configuration and its secrets; lookupEnv is os.LookupEnv. The
// error is a Problems where the file could be read but is not right.
func Load(path string, lookupEnv func(string) (string, bool)) (*Config, error) {
	return load(path, secrets{lookup: lookupEnv, peek: lookupEnv, read: readSecret})
}

// Read is Load without the secrets, for commands that connect to nothing: those
// fields stay empty and are not asked for.
func Read(path string) (*Config, error) { return load(path, secrets{peek: os.LookupEnv}) }

func load(path string, s secrets) (*Config, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read configuration: %w", err)
	}
	return parse(path, data, s)
}

// parse reads the text of a configuration; path names it and is where its own
// paths start.
func parse(path string, data []byte, s secrets) (*Config, error) {
	c := &Config{DataDir: "data", Office: "unece", Redis: Redis{URL: "embedded"}, Send: Off}
	k := checker{Config: c, doc: strictyaml.Decode(path, data, c), folder: filepath.Dir(path), secrets: s}
	k.defaults()
	k.all()
	if err := k.doc.Err(); err != nil {
		return nil, err
	}
	return c, nil
}

// inbox is the folder that every mailbox has.
const inbox = "INBOX"

// defaults fills in what depends on the presence of a block.
func (k *checker) defaults() {
	for i := range k.Mailbox {
		m := &k.Mailbox[i]
		setDefault(&m.TLS, mailauth.Implicit)
		setDefault(&m.After, AfterFlag)
		if len(m.Folders) == 0 {
			m.Folders = []string{inbox}
		}
	}
	if k.SMTP != nil {
		setDefault(&k.SMTP.TLS, mailauth.StartTLS)
	}
	if k.Slack != nil {
		setDefault(&k.Slack.Mode, SlackSocket)
	}
	if k.Canary != nil && k.Canary.Every == 0 {
		k.Canary.Every = Interval(24 * time.Hour)
	}
}

func setDefault[T ~string](value *T, standard T) {
	if *value == "" {
		*value = standard
	}
}

// maxSecret bounds the file of a secret, in bytes.
const maxSecret = 64 << 10

func readSecret(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxSecret {
		return nil, errors.New("file is too large for a secret")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxSecret))
}

// PolicyFiles are the files that replace the embedded policy, nil where none do:
// the folder that policy names, or, where it names a file, that file alone.
func (c *Config) PolicyFiles() fs.FS {
	if c.Policy == "" {
		return nil
	}
	if info, err := os.Stat(c.Policy); err == nil && !info.IsDir() {
		return policyAlone(c.Policy)
	}
	return os.DirFS(c.Policy)
}

// policyAlone is a folder that holds one file, known there as policy.yaml.
type policyAlone string

// Open opens the file under its name in the folder.
func (p policyAlone) Open(name string) (fs.File, error) {
	if name != "policy.yaml" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return os.Open(string(p))
}
