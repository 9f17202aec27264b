package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/spf13/pflag"
)

func deployed(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("deploy", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// understood fails the test unless the arguments are an existing subcommand with existing flags.
func understood(t *testing.T, args []string) {
	t.Helper()
	cmd, rest, err := newRoot().Find(args)
	if err != nil || !cmd.HasParent() {
		t.Errorf("verbale %s: no such command (%v)", strings.Join(args, " "), err)
		return
	}
	if err := cmd.ParseFlags(rest); err != nil && err != pflag.ErrHelp {
		t.Errorf("verbale %s: %v", strings.Join(args, " "), err)
	}
}

func TestUnitRunsCommandsThatThereAre(t *testing.T) {
	commands := regexp.MustCompile(`(?m)^Exec\w+=\S*/verbale (.*)$`).FindAllStringSubmatch(deployed(t, "verbale.service"), -1)
	if len(commands) != 2 {
		t.Fatalf("%d commands", len(commands))
	}
	for _, c := range commands {
		understood(t, strings.Fields(c[1]))
	}
}

func TestUnitIsWrittenAsSystemdReadsIt(t *testing.T) {
	line := regexp.MustCompile(`^(#.*|\[(Unit|Service|Install)\]|[A-Z]\w+=.*)?$`)
	for i, l := range strings.Split(deployed(t, "verbale.service"), "\n") {
		if !line.MatchString(l) {
			t.Errorf("line %d: %s", i+1, l)
		}
	}
}

func TestImagesRunACommandThatThereIs(t *testing.T) {
	for _, file := range []string{"Containerfile", "Containerfile.scratch"} {
		content := deployed(t, file)
		command := regexp.MustCompile(`(?m)^CMD (\[.*\])$`).FindStringSubmatch(content)
		if command == nil {
			t.Fatalf("%s has no command", file)
		}
		var args []string
		if err := json.Unmarshal([]byte(command[1]), &args); err != nil {
			t.Fatal(err)
		}
		understood(t, args)
		if !strings.Contains(content, "USER 10001") {
			t.Errorf("%s runs as root", file)
		}
	}
}

func TestComposeFileRunsACommandThatThereIs(t *testing.T) {
	var file struct {
		Services map[string]struct {
			Image, Restart  string
			Build           struct{ Context, Dockerfile string }
			Command         []string
			StopGracePeriod string   `yaml:"stop_grace_period"`
			ReadOnly        bool     `yaml:"read_only"`
			CapDrop         []string `yaml:"cap_drop"`
			SecurityOpt     []string `yaml:"security_opt"`
			Tmpfs           []string
			Volumes         []string
			Expose          []string
		}
		Volumes map[string]any
	}
	if err := yaml.UnmarshalWithOptions([]byte(deployed(t, "compose.yaml")), &file, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	if len(file.Services) == 0 {
		t.Fatal("no service")
	}
	for name, s := range file.Services {
		understood(t, s.Command)
		if _, err := os.Stat(filepath.Join("deploy", s.Build.Context, s.Build.Dockerfile)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
