package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const module = "verbale"

// A source is a package without its tests.
type source struct {
	imports map[string][]string // import path to the files that import it
	files   []*ast.File
}

// A tree has all packages by their path within the module.
type tree struct {
	fset     *token.FileSet
	packages map[string]*source
}

// readTree parses the module's files regardless of build constraints.
func readTree(t *testing.T) tree {
	t.Helper()
	tr := tree{fset: token.NewFileSet(), packages: map[string]*source{}}
	err := fs.WalkDir(os.DirFS(root), ".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || len(d.Name()) > 1 && d.Name()[0] == '.'):
			return fs.SkipDir
		case strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go"):
			return tr.add(path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(tr.packages) == 0 {
		t.Fatal("no package found")
	}
	return tr
}

// root is the module's folder relative to this package.
const root = "../.."

func (tr tree) add(path string) error {
	file, err := parser.ParseFile(tr.fset, filepath.Join(root, path), nil, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	name := filepath.ToSlash(filepath.Dir(path))
	p := tr.packages[name]
	if p == nil {
		p = &source{imports: map[string][]string{}}
		tr.packages[name] = p
	}
	p.files = append(p.files, file)
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return err
		}
		p.imports[imported] = append(p.imports[imported], path)
	}
	return nil
}

// ours reports whether an import is of this module, and returns its path within the module.
func ours(imported string) (path string, ok bool) { return strings.CutPrefix(imported, module+"/") }

// under reports whether an import is the package at path, or below it.
func under(imported, path string) bool {
	return imported == path || strings.HasPrefix(imported, path+"/")
}
