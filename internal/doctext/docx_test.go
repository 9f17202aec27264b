package doctext

import (
	"strings"
	"testing"

	"verbale/intake"
)

func TestDOCX(t *testing.T) {
	tests := map[string]struct{ body, want string }{
		"paragraphs are lines": {wp("Excellency,") + wp("") + wp("we ask."), "Excellency,\n\nwe ask."},
		"runs join without space": {
			"<w:p><w:r><w:t>cap</w:t></w:r><w:r><w:t>acity</w:t></w:r></w:p>", "capacity"},
		"tabs and breaks": {
			"<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>No. 5</w:t><w:tab/><w:t>2 May</w:t><w:br/><w:t>Subject</w:t></w:r></w:p>",
			"No. 5\t2 May\nSubject"},
		"table of short cells": {
			"<w:tbl><w:tr><w:tc>" + wp("Name") + "</w:tc><w:tc>" + wp("Post") + "</w:tc></w:tr></w:tbl>" + wp("after"), "Name\tPost\nafter"},
		"table that lays out a letterhead": {
			"<w:tbl><w:tr><w:tc>" + wp("Ministry") + wp("of Water") + "</w:tc><w:tc>" + wp("No. 7") + "</w:tc></w:tr></w:tbl>", "Ministry\nof Water\nNo. 7"},
		"table within a table": {
			"<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>" + wp("a") + "</w:tc><w:tc>" + wp("b") + "</w:tc></w:tr></w:tbl></w:tc><w:tc>" + wp("c") + "</w:tc></w:tr></w:tbl>",
			"a\tb\tc"},
		"text box given twice comes once, behind its paragraph": {
			"<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>" + wp("Box") + "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>" + wp("Box") +
				"</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>Letter</w:t></w:r></w:p>", "Letter\nBox"},
		"tracked changes": {
			"<w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom></w:p>", "new"},
		"hidden text": {
			"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>shown</w:t></w:r></w:p>", "shown"},
		"field code dropped, result kept": {
			"<w:p><w:r><w:instrText>DATE \\@ yyyy</w:instrText></w:r><w:r><w:t>2026</w:t></w:r></w:p>", "2026"},
		"non-breaking hyphen and ligature": {
			"<w:p><w:r><w:t>TC</w:t><w:noBreakHyphen/><w:t>\ufb01le</w:t></w:r></w:p>", "TC-file"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			expect(t, shared(), "letter.docx", docxOf(t, test.body), test.want, intake.MethodText, "")
		})
	}
}

func TestDOCXPartsComeInReadingOrder(t *testing.T) {
	header := wordPart("hdr", wp("Ministry of Water"))
	data := zipOf(t,
		"word/footer1.xml", wordPart("ftr", wp("10 River Street")),
		"word/document.xml", wordPart("document", "<w:body>"+wp("Excellency,")+"</w:body>"),
		"word/footnotes.xml", wordPart("footnotes", wp("See resolution 5.")),
		"word/header1.xml", header,
		"word/header2.xml", header)
	expect(t, shared(), "letter.docx", data, "Ministry of Water\nExcellency,\nSee resolution 5.\n10 River Street", intake.MethodText, "")
}

func TestDOCXHostile(t *testing.T) {
	const expanded, longest = 1 << 20, 64 << 10
	e := extractorWith(t, Options{MaxExpanded: expanded, MaxText: longest})
	laughs := `<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><w:document ` + wordNamespaces + `><w:body>` + wp("Dear") + wp("&b;") + `</w:body></w:document>`
	entries := make([]string, 0, 2*(maxEntries+1))
	for range maxEntries + 1 {
		entries = append(entries, "word/document.xml", "")
	}
	whole := docxOf(t, wp("Dear"))
	tests := map[string]struct {
		data          []byte
		text, problem string
	}{
		"bomb":              {docxOf(t, wp("Dear")+strings.Repeat(" ", expanded+1)), "Dear", "the archive expands beyond 1 MB"},
		"too many entries":  {zipOf(t, entries...), "", "the archive has more than 5000 entries"},
		"declared entities": {zipOf(t, "word/document.xml", laughs), "Dear", "the file is broken and was read in part"},
		"nested too deeply": {docxOf(t, wp("Dear")+strings.Repeat("<w:sdt>", 10_000)), "Dear", "the file is nested too deeply"},
		"XML cut off":       {zipOf(t, "word/document.xml", wordPart("document", "<w:body>"+wp("Dear"))[:240]), "Dear", "the file is broken and was read in part"},
		"archive cut off":   {whole[:len(whole)/2], "", "the file is broken"},
		"very long text":    {docxOf(t, strings.Repeat(wp("again and again"), 10_000)), "", "the text is very long and was cut"},
		"no text":           {docxOf(t, wp("")), "", "the file holds no text"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			text, method, problem := e.TextOf(t.Context(), "letter.docx", "", test.data)
			if problem != test.problem {
				t.Errorf("problem %q, want %q", problem, test.problem)
			}
			if test.text != "" && text != test.text {
				t.Errorf("text %q, want %q", text, test.text)
			}
			if (text == "") != (method == intake.MethodNone) {
				t.Errorf("method %q with %d bytes of text", method, len(text))
			}
			if len(text) > longest {
				t.Errorf("%d bytes of text, more than the limit", len(text))
			}
		})
	}
}

// FuzzDOCX mutates the XML in an archive. Mutations of the archive itself would mostly be rejected
// because of its checksums.
func FuzzDOCX(f *testing.F) {
	f.Add(wordPart("document", wp("Dear")+"<w:tbl><w:tr><w:tc>"+wp("a")+"</w:tc></w:tr></w:tbl>"))
	f.Add("<w:document><w:txbxContent></w:tr></w:tc>")
	f.Fuzz(func(t *testing.T, part string) {
		text, _ := readDOCX(t.Context(), testDocument(zipOf(t, "word/document.xml", part, "word/header1.xml", part)))
		checkTidy(t, text)
	})
}

func FuzzArchive(f *testing.F) {
	f.Add(docxOf(f, wp("Dear")))
	f.Fuzz(func(t *testing.T, data []byte) {
		text, _ := readDOCX(t.Context(), testDocument(data))
		checkTidy(t, text)
	})
}

// checkTidy fails the test if the result of tidy exceeds the limit, is changed by a second tidy, or
// contains NUL, CR or two successive blank lines.
func checkTidy(t *testing.T, raw string) {
	t.Helper()
	const limit = 100
	text, _ := tidy(raw, limit)
	again, _ := tidy(text, limit)
	if len(text) > limit || text != again || strings.ContainsAny(text, "\x00\r") || strings.Contains(text, "\n\n\n") {
		t.Errorf("not tidy: %q", text)
	}
}
