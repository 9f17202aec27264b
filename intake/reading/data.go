package reading

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
)

//go:embed data
var data embed.FS

// Embedded returns the data files that are built into the program.
func Embedded() fs.FS {
	files, err := fs.Sub(data, "data")
	if err != nil {
		panic(fmt.Sprintf("embedded data of the reader: %v", err))
	}
	return files
}

// An overlay is a file system in which files of own override those of standard.
type overlay struct{ own, standard fs.FS }

func (o overlay) Open(name string) (fs.File, error) {
	f, err := o.own.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return o.standard.Open(name)
	}
	return f, err
}
