package reading

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
)

//go:embed data
var data embed.FS

// Embedded are the data files that come with the program.
func Embedded() fs.FS {
	files, err := fs.Sub(data, "data")
	if err != nil {
		panic(fmt.Sprintf("embedded data of the reader: %v", err))
	}
	return files
}

// An overlay is a folder whose files take the place of those of another.
type overlay struct{ own, standard fs.FS }

func (o overlay) Open(name string) (fs.File, error) {
	f, err := o.own.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return o.standard.Open(name)
	}
	return f, err
}
