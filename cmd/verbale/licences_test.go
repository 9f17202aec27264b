package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// telling has a phrase that identifies the text of each licence a module may have.
var telling = map[string]string{
	"MIT": "Permission is hereby granted, free of charge", "BSD-2-Clause": "Redistribution and use in source and binary forms",
	"BSD-3-Clause": "Redistribution and use in source and binary forms", "Apache-2.0": "Apache License", "FTL": "FreeType License",
}

// TestLicencesAreThoseOfTheModulesCompiledIn compares the list with the modules the program is
// built from and with the licence file of each module.
func TestLicencesAreThoseOfTheModulesCompiledIn(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f", "{{with .Module}}{{.Path}} {{.Dir}}{{end}}", ".").Output()
	if err != nil {
		t.Fatalf("list the modules: %v", err)
	}
	folders := map[string]string{}
	for line := range strings.Lines(string(out)) {
		if module, folder, found := strings.Cut(strings.TrimSpace(line), " "); found && module != "verbale" {
			folders[module] = folder
		}
	}
	listed := map[string]string{}
	for line := range strings.Lines(licences) {
		module, licence, _ := strings.Cut(strings.TrimSpace(line), " ")
		listed[module] = licence
		if folders[module] == "" {
			t.Errorf("%s is listed and not compiled in", module)
		}
	}
	for module, folder := range folders {
		id, _, _ := strings.Cut(listed[module], ",")
		if text := licenceIn(t, folder); telling[id] == "" || !strings.Contains(text, telling[id]) {
			t.Errorf("%s is listed as %q, and its text is not that: %.100q", module, listed[module], text)
		}
		clauses := strings.Contains(licenceIn(t, folder), "Neither the name")
		if id == "BSD-2-Clause" && clauses || id == "BSD-3-Clause" && !clauses && !strings.Contains(licenceIn(t, folder), "names of its contributors") {
			t.Errorf("%s is listed as %s, which has another number of clauses", module, id)
		}
	}
}

// licenceIn returns the text of the licence file in a module's folder.
func licenceIn(t *testing.T, folder string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(folder, "[Ll][Ii][Cc][Ee][Nn][CcSs][Ee]*"))
	if err != nil || len(found) == 0 {
		t.Fatalf("no licence in %s: %v", folder, err)
	}
	slices.Sort(found)
	text, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestVersionPrintsLicences(t *testing.T) {
	var out, errOut bytes.Buffer
	if code := run(t.Context(), []string{"version", "--licences"}, nil, &out, &errOut); code != exitDone {
		t.Fatalf("exit %d, %s", code, &errOut)
	}
	if n := strings.Count(out.String(), "\n"); n != strings.Count(licences, "\n")+1 || !strings.Contains(out.String(), "github.com/redis/go-redis/v9") {
		t.Errorf("%d lines:\n%s", n, &out)
	}
}
