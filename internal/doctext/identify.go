package doctext

import (
	"bytes"
	"mime"
	"path"
	"strings"
)

// A format is what a file is, whatever it is called.
type format int

const (
	formatUnknown format = iota
	formatPDF
	formatDOCX
	formatODF
	formatXLSX
	formatRTF
	formatDOC
	formatHTML
	formatPlain
	formatPicture
)

// String names the format in logs.
func (f format) String() string {
	return [...]string{"unknown", "PDF", "DOCX", "ODF", "XLSX", "RTF", "DOC", "HTML", "plain text", "picture"}[f]
}

// identify tells a file's format by its first bytes, where these are silent by
// its content type, and where that is silent too by its name. Mail programs
// label attachments wrongly often enough for the bytes to come first. charset
// is the parameter of the content type.
func identify(filename, contentType string, data []byte) (f format, charset string) {
	mediaType, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		mediaType, _, _ = strings.Cut(strings.ToLower(contentType), ";")
	}
	if f = byMagic(data); f == formatUnknown {
		f = byMediaType[strings.TrimSpace(mediaType)]
	}
	if f == formatUnknown {
		f = byExtension[strings.ToLower(path.Ext(filename))]
	}
	if f == formatUnknown && looksLikeText(data) {
		f = formatPlain
	}
	return f, params["charset"]
}

var magics = []struct {
	prefix string
	format format
}{
	{"{\\rtf", formatRTF},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", formatDOC},
	{"\x89PNG\r\n\x1a\n", formatPicture},
	{"\xff\xd8\xff", formatPicture},
	{"II*\x00", formatPicture},
	{"MM\x00*", formatPicture},
	{"GIF8", formatPicture},
}

// pdfHeaderWithin is how far from the start readers look for "%PDF-" (ISO
// 32000-1, appendix H.3, implementation note 13).
const pdfHeaderWithin = 1024

func byMagic(data []byte) format {
	start := bytes.TrimLeft(bytes.TrimPrefix(data, []byte(utf8BOM)), " \t\r\n")
	for _, m := range magics {
		if bytes.HasPrefix(start, []byte(m.prefix)) {
			return m.format
		}
	}
	switch {
	case bytes.Contains(data[:min(len(data), pdfHeaderWithin)], []byte("%PDF-")):
		return formatPDF
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return archiveFormat(data)
	case startsLikeHTML(start):
		return formatHTML
	}
	return formatUnknown
}

func startsLikeHTML(start []byte) bool {
	lower := bytes.ToLower(start[:min(len(start), 64)])
	return bytes.HasPrefix(lower, []byte("<!doctype html")) || bytes.HasPrefix(lower, []byte("<html"))
}

// archiveFormat tells the office formats apart by the folders of their archive.
func archiveFormat(data []byte) format {
	files, err := openZip(data)
	if err != nil {
		return formatUnknown
	}
	for _, f := range files {
		switch {
		case strings.HasPrefix(f.Name, "word/"):
			return formatDOCX
		case strings.HasPrefix(f.Name, "xl/"):
			return formatXLSX
		case f.Name == "content.xml":
			return formatODF
		}
	}
	return formatUnknown
}

var byMediaType = map[string]format{
	"application/pdf":    formatPDF,
	"application/msword": formatDOC,
	"application/rtf":    formatRTF,
	"text/rtf":           formatRTF,
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document": formatDOCX,
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":       formatXLSX,
	"application/vnd.oasis.opendocument.text":                                 formatODF,
	"application/vnd.oasis.opendocument.spreadsheet":                          formatODF,
	"text/html":             formatHTML,
	"application/xhtml+xml": formatHTML,
	"text/plain":            formatPlain,
	"text/csv":              formatPlain,
	"text/markdown":         formatPlain,
	"text/calendar":         formatPlain,
	"text/vcard":            formatPlain,
	"image/png":             formatPicture,
	"image/jpeg":            formatPicture,
	"image/tiff":            formatPicture,
}

var byExtension = map[string]format{
	".pdf": formatPDF, ".doc": formatDOC, ".dot": formatDOC, ".rtf": formatRTF, ".docx": formatDOCX, ".docm": formatDOCX, ".xlsx": formatXLSX,
	".odt": formatODF, ".ods": formatODF, ".htm": formatHTML, ".html": formatHTML,
	".txt": formatPlain, ".csv": formatPlain, ".md": formatPlain, ".ics": formatPlain, ".vcf": formatPlain, ".log": formatPlain,
	".png": formatPicture, ".jpg": formatPicture, ".jpeg": formatPicture, ".tif": formatPicture, ".tiff": formatPicture,
}

// looksLikeText reports whether a file that nothing else names can be shown as
// text: no control characters but those of lines.
func looksLikeText(data []byte) bool {
	for _, b := range data[:min(len(data), 4096)] {
		if b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' {
			return false
		}
	}
	return true
}
