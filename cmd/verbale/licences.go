package main

import (
	_ "embed"
	"fmt"
	"io"
	"runtime/debug"
	"strings"
)

// licences names each module that is compiled in, and its licence by its SPDX
// identifier.
//
//go:embed licences.txt
var licences string

// printLicences writes a line for each module: what it is, which version, and its
// licence. The texts lie with the modules' sources.
func printLicences(w io.Writer) error {
	versions := map[string]string{}
	if build, ok := debug.ReadBuildInfo(); ok {
		for _, m := range build.Deps {
			if m.Replace != nil {
				m = m.Replace
			}
			versions[m.Path] = m.Version
		}
	}
	for line := range strings.Lines(licences) {
		module, licence, _ := strings.Cut(strings.TrimSpace(line), " ")
		if _, err := fmt.Fprintf(w, "%-45s %-40s %s\n", module, versions[module], licence); err != nil {
			return err
		}
	}
	return nil
}
