package doctext

import (
	"context"
	"encoding/xml"
	"errors"
	"strconv"
	"strings"
)

// readXLSX reads the cells of a SpreadsheetML package (ECMA-376, part 1, 18):
// a line a row, tabs between cells, in the order of the sheets. Numbers are as
// stored, so a date is a number of days.
func readXLSX(ctx context.Context, d document) (string, error) {
	a, err := openArchive(ctx, d)
	if err != nil {
		return "", err
	}
	shared := &sharedStrings{limit: d.opt.MaxExpanded}
	for _, f := range a.find("xl/sharedStrings", ".xml") {
		err = errors.Join(err, a.walkXML(f, shared))
	}
	text, sheetsErr := a.joinParts(a.find("xl/worksheets/sheet", ".xml"), d.opt.MaxText, func(l *layout) visitor {
		return &sheetReader{layout: l, shared: shared.list}
	})
	return text, errors.Join(err, sheetsErr)
}

// sharedStrings collects the texts that cells refer to by number.
type sharedStrings struct {
	list       []string
	item       strings.Builder
	inText     bool
	inPhonetic bool // within a phonetic guide, which gives the text a second time
	size       int
	limit      int // of size, in bytes
}

func (s *sharedStrings) start(e xml.StartElement) {
	switch e.Name.Local {
	case "si":
		s.item.Reset()
	case "t":
		s.inText = !s.inPhonetic
	case "rPh":
		s.inPhonetic = true
	}
}

func (s *sharedStrings) end(name xml.Name) {
	switch name.Local {
	case "t":
		s.inText = false
	case "rPh":
		s.inPhonetic = false
	case "si":
		s.list = append(s.list, s.item.String())
	}
}

func (s *sharedStrings) text(t string) {
	if s.inText {
		s.size += len(t)
		s.item.WriteString(t)
	}
}

func (s *sharedStrings) full() bool { return s.size > s.limit }

// A sheetReader follows the elements of one worksheet.
type sheetReader struct {
	*layout
	shared  []string
	kind    string // the cell's type: "s" refers to a shared string
	inValue bool
	value   strings.Builder
	inRow   bool // a cell of the row was written
}

func (s *sheetReader) start(e xml.StartElement) {
	switch e.Name.Local {
	case "c":
		s.kind = attr(e, "t")
		s.value.Reset()
	case "v", "t":
		s.inValue = true
	}
}

func (s *sheetReader) end(name xml.Name) {
	switch name.Local {
	case "v", "t":
		s.inValue = false
	case "c":
		s.writeCell(s.cell())
	case "row":
		s.write("\n")
		s.inRow = false
	}
}

func (s *sheetReader) writeCell(text string) {
	if text == "" {
		return
	}
	if s.inRow {
		s.write("\t")
	}
	s.write(text)
	s.inRow = true
}

func (s *sheetReader) cell() string {
	value := s.value.String()
	if s.kind != "s" {
		return value
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 || n >= len(s.shared) {
		return ""
	}
	return s.shared[n]
}

func (s *sheetReader) text(t string) {
	if s.inValue {
		s.value.WriteString(t)
	}
}
