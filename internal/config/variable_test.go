package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"verbale/internal/config"
)

func TestVariablesAreNamedAfterTheKey(t *testing.T) {
	if got := config.Variable("mailbox[0].oauth2.client_secret_file"); got != "VERBALE_MAILBOX_0_OAUTH2_CLIENT_SECRET" {
		t.Error(got)
	}
}

const oneMailbox = "data_dir: .\nmailbox: [{address: mail.unece.example:993, user: tc}]\n"

// A secret can be given as a variable or as a file named in a variable, as is usual for containers.
// If there is only one mailbox, the variable needs no number.
func TestTheSecretOfAMailboxComesFromAnyOfItsVariables(t *testing.T) {
	folder := t.TempDir()
	file, secretFile := filepath.Join(folder, "verbale.yaml"), filepath.Join(folder, "password")
	write(t, file, oneMailbox)
	write(t, secretFile, "letter-opener-9\n")
	for _, variables := range []map[string]string{
		{"VERBALE_MAILBOX_0_PASSWORD": "letter-opener-9"},
		{"VERBALE_MAILBOX_PASSWORD": "letter-opener-9"},
		{"VERBALE_MAILBOX_0_PASSWORD_FILE": secretFile},
		{"VERBALE_MAILBOX_PASSWORD_FILE": secretFile},
	} {
		c, err := config.Load(file, lookup(variables))
		if err != nil || c.Mailbox[0].Password.Reveal() != "letter-opener-9" {
			t.Errorf("%v: %v", variables, err)
		}
	}
	_, err := config.Load(file, lookup(map[string]string{"VERBALE_MAILBOX_PASSWORD": "a", "VERBALE_MAILBOX_0_PASSWORD_FILE": secretFile}))
	if err == nil || !strings.Contains(err.Error(), "VERBALE_MAILBOX_PASSWORD and VERBALE_MAILBOX_0_PASSWORD_FILE are both set") {
		t.Errorf("two variables of one secret: %v", err)
	}
}

// Listing records must not require the password of the mailbox.
func TestOnlyTheSecretOfRedisIsReadForTheStore(t *testing.T) {
	file := filepath.Join(t.TempDir(), "verbale.yaml")
	write(t, file, oneMailbox)
	c, err := config.LoadForStore(file, lookup(map[string]string{"VERBALE_REDIS_URL": "redis://:letter-opener-9@redis.example:6379/0"}))
	if err != nil || !c.Mailbox[0].Password.IsZero() || c.Redis.Secret.IsZero() {
		t.Errorf("%v", err)
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func lookup(variables map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		value, ok := variables[name]
		return value, ok
	}
}
