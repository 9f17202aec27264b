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

// Load reads a configuration and its secrets; lookupEnv is os.LookupEnv. The error is a
// Problems if the file could be read but is invalid.
func Load(path string, lookupEnv func(string) (string, bool)) (*Config, error) {
	return load(path, secrets{lookup: lookupEnv, read: readSecret, wanted: wantAll})
}

// LoadForStore is Load with the secret of Redis alone, for commands that connect to nothing
// else: the fields of other secrets stay empty, and missing ones are not reported.
func LoadForStore(path string, lookupEnv func(string) (string, bool)) (*Config, error) {
	return load(path, secrets{lookup: lookupEnv, read: readSecret, wanted: wantRedis})
}

// Read is Load without the secrets, for commands that do not connect to anything: the
// secrets' fields stay empty, and missing secrets are not reported.
func Read(path string) (*Config, error) {
	return load(path, secrets{lookup: os.LookupEnv, wanted: wantNone})
}

func load(path string, s secrets) (*Config, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read configuration: %w", err)
	}
	return parse(path, data, s)
}

// parse parses the text of a configuration; path is used in messages, and the configuration's
// own paths are relative to its folder.
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

// inbox is the name of the folder that every mailbox has.
const inbox = "INBOX"

// defaults sets the defaults within blocks that are present.
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

// maxSecret is the maximum size of a secret's file, in bytes.
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

// PolicyFiles returns the files that replace the embedded policy, nil if there are none: the
// folder named by policy or, if policy names a file, only that file.
func (c *Config) PolicyFiles() fs.FS {
	if c.Policy == "" {
		return nil
	}
	if info, err := os.Stat(c.Policy); err == nil && !info.IsDir() {
		return policyAlone(c.Policy)
	}
	return os.DirFS(c.Policy)
}

// policyAlone is a file system with a single file, called policy.yaml.
type policyAlone string

// Open opens the file if it is asked for as policy.yaml.
func (p policyAlone) Open(name string) (fs.File, error) {
	if name != "policy.yaml" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return os.Open(string(p))
}
