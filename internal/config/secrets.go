package config

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"verbale/internal/secret"
	"verbale/internal/strictyaml"
)

// secrets gives access to the sources of secrets; if lookup is nil, none is read.
type secrets struct {
	lookup func(string) (string, bool)
	peek   func(string) (string, bool) // reports whether a variable is set
	read   func(path string) ([]byte, error)
}

// Variable returns the environment variable that can replace a key with the suffix _file:
// "mailbox[0].password_file" is VERBALE_MAILBOX_0_PASSWORD.
func Variable(key strictyaml.Path) string {
	name := strings.NewReplacer(".", "_", "[", "_", "]", "").Replace(string(key))
	return "VERBALE_" + strings.ToUpper(strings.TrimSuffix(name, "_file"))
}

// secret reads the secret of a key with the suffix _file, from the file or from the
// environment, and reports whether it was given.
func (k *checker) secret(key strictyaml.Path, file *string, into *secret.Value) bool {
	if k.secrets.lookup == nil {
		return true
	}
	value, _ := k.secrets.lookup(Variable(key))
	switch set := value != ""; {
	case set && *file != "":
		k.doc.Report(key, fmt.Sprintf("%s is set as well", Variable(key)), "remove one of the two, so that it is plain which counts")
	case set:
		*into = secret.New(value)
	case *file != "":
		k.resolve(file)
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
		k.doc.Report(key, fmt.Sprintf("the secret cannot be read: %s", reason(err)), fmt.Sprintf("make it a file that the service may read, or set %s", Variable(key)))
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
