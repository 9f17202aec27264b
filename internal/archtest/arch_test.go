package archtest

import (
	"go/ast"
	"os"
	"slices"
	"strings"
	"testing"
)

func find(path string) (row, int) {
	i := slices.IndexFunc(packages, func(r row) bool { return r.path == path })
	if i < 0 {
		return row{}, i
	}
	return packages[i], i
}

func TestTheMapShowsThePackagesThatThereAre(t *testing.T) {
	tr := readTree(t)
	for path := range tr.packages {
		if _, i := find(path); i < 0 {
			t.Errorf("package %s is not on the map: give it a row, and a layer", path)
		}
	}
	for _, r := range packages {
		if tr.packages[r.path] == nil {
			t.Errorf("package %s is on the map, but there is no such package", r.path)
		}
	}
}

func TestPackagesImportOnlyWhatTheMapAllows(t *testing.T) {
	for path, p := range readTree(t).packages {
		from, at := find(path)
		for imported, files := range p.imports {
			target, ok := ours(imported)
			if !ok {
				continue
			}
			if to, i := find(target); i >= 0 && at >= 0 && !may(from, at, to, i) {
				t.Errorf("%s (%s) imports %s (%s) in %s", path, from.layer, target, to.layer, strings.Join(files, ", "))
			}
		}
	}
}

func TestPackagesApartKnowNothingOfEachOther(t *testing.T) {
	tr := readTree(t)
	for _, path := range apart {
		p := tr.packages[path]
		if p == nil {
			t.Fatalf("there is no package %s", path)
		}
		for imported, files := range p.imports {
			if target, ok := ours(imported); ok && slices.Contains(apart, target) {
				t.Errorf("%s imports %s in %s", path, target, strings.Join(files, ", "))
			}
		}
	}
}

// may reports whether the package of one row may import that of another.
func may(from row, at int, to row, i int) bool {
	if to.layer == leaf {
		return mayLeaf(from, at, to)
	}
	switch from.layer {
	case command:
		return to.layer == wiring || to.layer == tool
	case tool:
		own := strings.HasPrefix(to.path, from.path+"/")
		return own || to.layer != command && to.layer != tool && to.layer != testHelper
	case wiring:
		return to.layer == adapter || to.layer == core
	case adapter, testHelper:
		return to.layer == core
	case core:
		return to.layer == core && i < at
	}
	return false
}

// mayLeaf reports whether a package may import a leaf. Other leaves may import only
// internal/secret. internal/strictyaml and internal/hugepages are open to all other packages,
// internal/phrases to those from bot upwards, and the remaining leaves to all but the core.
func mayLeaf(from row, at int, to row) bool {
	_, bot := find("bot")
	switch {
	case from.layer == leaf:
		return to.path == "internal/secret"
	case to.path == "internal/archtest":
		return false
	case to.path == "internal/strictyaml", to.path == "internal/hugepages":
		return true
	case to.path == "internal/phrases":
		return at >= bot && from.layer != peer
	}
	return from.layer != core
}

// purePackages returns the core packages before pureUntil.
func purePackages() (paths []string) {
	for _, r := range packages {
		if r.path == pureUntil {
			return paths
		}
		if r.layer == core {
			paths = append(paths, r.path)
		}
	}
	return paths
}

func TestPurePackagesReachNothingOutside(t *testing.T) {
	tr := readTree(t)
	pure := purePackages()
	if len(pure) < 5 {
		t.Fatalf("only %q are pure", pure)
	}
	for _, path := range pure {
		for imported, files := range tr.packages[path].imports {
			if _, own := ours(imported); own {
				continue
			}
			if !pureImport(imported) {
				t.Errorf("%s is pure, but imports %s in %s", path, imported, strings.Join(files, ", "))
			}
		}
	}
}

func pureImport(imported string) bool {
	below := func(path string) bool { return under(imported, path) }
	if first, _, _ := strings.Cut(imported, "/"); strings.Contains(first, ".") {
		return slices.ContainsFunc(pureLibraries, below)
	}
	return !slices.ContainsFunc(impure, below)
}

func TestPurePackagesAskNoClock(t *testing.T) {
	tr := readTree(t)
	for _, path := range purePackages() {
		for _, file := range tr.packages[path].files {
			for _, call := range clockUses(file) {
				t.Errorf("%s: %s is pure, but uses time.%s", tr.fset.Position(call.Pos()), path, call.Sel.Name)
			}
		}
	}
}

// clockUses returns the uses of the clock in a file, also if package time is imported under
// another name.
func clockUses(file *ast.File) (uses []*ast.SelectorExpr) {
	name := ""
	for _, spec := range file.Imports {
		if spec.Path.Value == `"time"` {
			name = "time"
			if spec.Name != nil {
				name = spec.Name.Name
			}
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok && slices.Contains(clocks, sel.Sel.Name) {
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == name && name != "" {
				uses = append(uses, sel)
			}
		}
		return true
	})
	return uses
}

func TestClientLibrariesAreKnownToTheirAdaptersAlone(t *testing.T) {
	for path, p := range readTree(t).packages {
		for library, known := range restricted {
			for imported, files := range p.imports {
				if under(imported, library) && !slices.Contains(known, path) {
					t.Errorf("%s imports %s in %s; only %s may", path, imported, strings.Join(files, ", "), strings.Join(known, ", "))
				}
			}
		}
	}
}

func TestTopFolders(t *testing.T) {
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if name := e.Name(); e.IsDir() && name[0] != '.' && name != "bin" && !slices.Contains(topFolders, name) {
			t.Errorf("folder %s: code stands in %s only", name, strings.Join(topFolders, ", "))
		}
	}
}
