package setup

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"text/template"

	"verbale/routing"
)

// Names of what is written, within the folder of the office.
const (
	ConfigFile    = "verbale.yaml"
	DirectoryFile = "directory.yaml"
	secretsFolder = "secrets"
)

//go:embed data/verbale.yaml.tmpl
var configText string

//go:embed data/staff.yaml.tmpl
var staffText string

var (
	configTemplate = template.Must(template.New(ConfigFile).Funcs(template.FuncMap{"yaml": scalar}).Parse(configText))
	staffTemplate  = template.Must(template.New(DirectoryFile).Funcs(template.FuncMap{"yaml": scalar}).Parse(staffText))
)

// plain matches texts that need no quotes in YAML, not even in a list.
var plain = regexp.MustCompile(`^[A-Za-z/][A-Za-z0-9@._/+-]*(:[0-9]+)?$`)

// scalar writes a text as a YAML scalar, in quotes if it needs them.
func scalar(s string) string {
	if plain.MatchString(s) {
		return s
	}
	return strconv.Quote(s)
}

// A file is a file to be written.
type file struct {
	path    string
	content []byte
	mode    fs.FileMode
}

// A TakenError lists the files that exist already.
type TakenError []string

// Error implements error.
func (e TakenError) Error() string {
	return "these files already exist and were not changed: " + strings.Join(e, ", ") + "; use --force to overwrite them"
}

// Write writes the files of an office into a folder, which it makes if necessary, and
// returns their paths. If any of them exists already, it writes nothing and returns a
// TakenError, unless force is set.
func Write(folder string, a *Answers, typed Secrets, force bool) (written []string, err error) {
	files, err := a.files(folder, typed)
	if err != nil {
		return nil, err
	}
	if taken := there(files); len(taken) > 0 && !force {
		return nil, TakenError(taken)
	}
	for _, f := range files {
		if err := f.write(); err != nil {
			return written, fmt.Errorf("write %s: %w", f.path, err)
		}
		written = append(written, f.path)
	}
	return written, nil
}

// files composes the files of an office.
func (a *Answers) files(folder string, typed Secrets) ([]file, error) {
	var config, staff bytes.Buffer
	if err := errors.Join(configTemplate.Execute(&config, a), staffTemplate.Execute(&staff, a)); err != nil {
		return nil, fmt.Errorf("fill in the configuration: %w", err)
	}
	directory := append([]byte(routing.DirectoryFile()), staff.Bytes()...)
	all := []file{
		{filepath.Join(folder, ConfigFile), config.Bytes(), 0o640},
		{filepath.Join(folder, DirectoryFile), directory, 0o640},
	}
	for _, q := range a.Questions() {
		if value, ok := typed[q.Secret]; ok {
			all = append(all, file{filepath.Join(folder, secretsFolder, q.Secret), []byte(value.Reveal() + "\n"), 0o600})
		}
	}
	return all, nil
}

// Free returns a TakenError if a folder has files of an office already.
func Free(folder string) error {
	if taken := there([]file{{path: filepath.Join(folder, ConfigFile)}, {path: filepath.Join(folder, DirectoryFile)}}); len(taken) > 0 {
		return TakenError(taken)
	}
	return nil
}

// there returns the paths of those files that exist.
func there(files []file) (taken []string) {
	for _, f := range files {
		if _, err := os.Lstat(f.path); err == nil {
			taken = append(taken, f.path)
		}
	}
	return taken
}

// write creates the file or replaces it as a whole, so that a secret is never in a file
// with the wider mode of an earlier one.
func (f file) write() error {
	if err := os.MkdirAll(filepath.Dir(f.path), 0o700); err != nil {
		return err
	}
	temporary, err := os.CreateTemp(filepath.Dir(f.path), ".verbale-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(temporary.Name())
	_, err = temporary.Write(f.content)
	if err := errors.Join(err, temporary.Close(), os.Chmod(temporary.Name(), f.mode)); err != nil {
		return err
	}
	return os.Rename(temporary.Name(), f.path)
}
