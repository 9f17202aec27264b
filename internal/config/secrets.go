package config

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"verbale/internal/secret"
	"verbale/internal/strictyaml"
)

// secrets gives access to the sources of secrets.
type secrets struct {
	lookup func(variable string) (string, bool)
	read   func(path string) ([]byte, error)
	wanted func(key strictyaml.Path) bool // whether a secret is to be read
}

// Which secrets are wanted.
func wantAll(strictyaml.Path) bool       { return true }
func wantNone(strictyaml.Path) bool      { return false }
func wantRedis(key strictyaml.Path) bool { return strings.HasPrefix(string(key), "redis.") }

// Variable returns the environment variable that can replace a key with the suffix _file:
// "mailbox[0].password_file" is VERBALE_MAILBOX_0_PASSWORD.
func Variable(key strictyaml.Path) string {
	name := strings.NewReplacer(".", "_", "[", "_", "]", "").Replace(string(key))
	return "VERBALE_" + strings.ToUpper(strings.TrimSuffix(name, "_file"))
}

// fileSuffix marks a variable that names the secret's file instead of holding the secret, as
// is usual for container secrets.
const fileSuffix = "_FILE"

// variables returns all variables that can replace a key. That of the first item of a list
// need not have a number.
func variables(key strictyaml.Path) []string {
	names := []string{Variable(key)}
	if unnumbered := strings.Replace(string(key), "[0]", "", 1); unnumbered != string(key) {
		names = append(names, Variable(strictyaml.Path(unnumbered)))
	}
	for _, name := range names {
		names = append(names, name+fileSuffix)
	}
	return names
}

// set returns the variables that are set for a key.
func (s secrets) set(key strictyaml.Path) []string {
	return slices.DeleteFunc(variables(key), func(name string) bool {
		value, _ := s.lookup(name)
		return value == ""
	})
}

// secret reads the secret of a key with the suffix _file, from the file or from the
// environment, and reports whether it was given.
func (k *checker) secret(key strictyaml.Path, file *string, into *secret.Value) bool {
	if !k.secrets.wanted(key) {
		return true
	}
	k.resolve(file)
	set := k.secrets.set(key)
	switch {
	case len(set) > 1:
		k.doc.Report(key, fmt.Sprintf("%s and %s are both set", set[0], set[1]), "remove one of the two, so that it is clear which one is used")
	case len(set) == 1 && *file != "":
		k.doc.Report(key, set[0]+" is set as well", "remove one of the two, so that it is clear which one is used")
	case len(set) == 1:
		value, _ := k.secrets.lookup(set[0])
		if strings.HasSuffix(set[0], fileSuffix) {
			*into = k.fromFile(key, value)
			return true
		}
		*into = secret.New(value)
	case *file != "":
		*into = k.fromFile(key, *file)
	default:
		return false
	}
	return true
}

// fromFile reads a secret without its trailing line break, and adds the file to SecretFiles.
func (k *checker) fromFile(key strictyaml.Path, file string) secret.Value {
	k.SecretFiles = append(k.SecretFiles, file)
	data, err := k.secrets.read(file)
	value := strings.TrimRight(string(data), "\r\n")
	switch {
	case err != nil:
		k.doc.Report(key, fmt.Sprintf("the secret cannot be read: %s", reason(err)), fmt.Sprintf("name a file that the service can read, or set %s", Variable(key)))
	case value == "":
		k.doc.Report(key, "the file of the secret is empty", "write the secret into it")
	}
	return secret.New(value)
}

// reason returns the cause of a failed read without the path, which the message already
// shows.
func reason(err error) string {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err.Error()
	}
	return err.Error()
}

// refused reports whether the configuration itself contains the secret, which has already
// been reported as a problem.
func (k *checker) refused(key strictyaml.Path) bool {
	return k.doc.Has(strictyaml.Path(strings.TrimSuffix(string(key), "_file")))
}

// need reports a missing secret.
func (k *checker) need(key strictyaml.Path, what string, file *string, into *secret.Value) {
	if !k.refused(key) && !k.secret(key, file, into) {
		k.doc.Report(key, what+" is missing", fmt.Sprintf("name its file with %s, or set %s", lastKey(key), Variable(key)))
	}
}

func lastKey(key strictyaml.Path) string {
	return string(key[strings.LastIndex(string(key), ".")+1:])
}
