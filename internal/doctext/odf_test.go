package doctext

import (
	"strings"
	"testing"

	"verbale/intake"
)

func TestODF(t *testing.T) {
	tests := map[string]struct{ body, want string }{
		"spaces and breaks": {
			"<text:p>No. 5<text:tab/>2 May<text:line-break/>Subject:<text:s text:c='2'/>water</text:p>", "No. 5\t2 May\nSubject:  water"},
		"source formatting is no text": {
			"<text:p>Dear\n    <text:span>colleague</text:span>\n</text:p>\n  <text:p>Thanks</text:p>", "Dear colleague\nThanks"},
		"table": {
			"<table:table><table:table-row><table:table-cell><text:p>Name</text:p></table:table-cell><table:table-cell><text:p>Post</text:p></table:table-cell></table:table-row></table:table>",
			"Name\tPost"},
		"note and text box behind the paragraph": {
			"<text:p>Ask<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Res. 5</text:p></text:note-body></text:note> for help" +
				"<draw:frame><draw:text-box><text:p>Box</text:p></draw:text-box></draw:frame>.</text:p>", "Ask for help.\nRes. 5\nBox"},
		"tracked deletion and comment": {
			"<text:tracked-changes><text:deletion><text:p>old</text:p></text:deletion></text:tracked-changes><text:p>new<office:annotation><text:p>why?</text:p></office:annotation></text:p>", "new"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			want := "Ministry of Water\n" + test.want + "\n10 River Street"
			text, method, problem := shared().TextOf(t.Context(), "letter.odt", "", odtOf(t, test.body))
			if got := squeeze(text); got != want || method != intake.MethodText || problem != "" {
				t.Errorf("got %q, %q, %q; want %q", got, method, problem, want)
			}
		})
	}
}

func TestODFEncrypted(t *testing.T) {
	data := zipOf(t, "content.xml", "\x8f\x11", "META-INF/manifest.xml", "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>")
	expect(t, shared(), "letter.odt", data, "", intake.MethodNone, "the file is password protected")
}

func TestXLSX(t *testing.T) {
	data := zipOf(t,
		"xl/sharedStrings.xml", "<sst><si><t>Name</t></si><si><r><t>Po</t></r><r><t>st</t></r><rPh sb=\"0\" eb=\"4\"><t>posuto</t></rPh></si></sst>",
		"xl/worksheets/sheet1.xml", `<worksheet><sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>99</v></c></row>`+
			`<row><c t="inlineStr"><is><t>Participants</t></is></c><c><v>24</v></c></row></sheetData></worksheet>`)
	expect(t, shared(), "list.xlsx", data, "Name\tPost\nParticipants\t24", intake.MethodText, "")
}

func TestXLSXThatRepeatsOneLongText(t *testing.T) {
	data := zipOf(t,
		"xl/sharedStrings.xml", "<sst><si><t>"+strings.Repeat("long ", 100_000)+"</t></si></sst>",
		"xl/worksheets/sheet1.xml", `<worksheet><sheetData><row>`+strings.Repeat(`<c t="s"><v>0</v></c>`, 100_000)+`</row></sheetData></worksheet>`)
	text, _, problem := shared().TextOf(t.Context(), "list.xlsx", "", data)
	if len(text) > defaultMaxText || problem != errTextFull.Error() {
		t.Errorf("%d bytes, %q", len(text), problem)
	}
}
