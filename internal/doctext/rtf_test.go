package doctext

import (
	"strings"
	"testing"

	"verbale/intake"
)

func TestRTF(t *testing.T) {
	const fonts = `{\fonttbl{\f0\froman\fcharset204 Times;}{\f1\fswiss\fcharset0 Arial;}{\f2\fcharset238 Arial CE;}}`
	tests := map[string]struct{ body, want string }{
		"paragraphs and tabs":             {`Excellency,\par No. 5\tab 2 May\line Subject\par`, "Excellency,\nNo. 5\t2 May\nSubject"},
		"code page of the document":       {`\'cf\'f0\'ee\'f1\'e8\'ec`, "Просим"},
		"code page of a font":             {`{\f0 \'cf\'f0\'ee}{\f2 \'e8\'ec}{\f1 caf\'e9}`, "Проčěcafé"},
		"Cyrillic under a Western font":   {`{\f1 \'cf\'f0\'ee\'f1\'e8\'ec}`, "Просим"},
		"Unicode with a stand-in":         {`\u1055?\u1088?\uc2\u1086\'3f\'3f\uc0\u1089!`, "Прос!"},
		"Unicode beyond the basic plane":  {`\u-10179?\u-8704?`, "😀"},
		"negative Unicode":                {`\uc0\u-3913`, "\uf0b7"},
		"escapes and typographic symbols": {`\{a\}\\ b\~c\_d\-e \ldblquote f\rdblquote\emdash`, `{a}\ b c-de “f”—`},
		"destinations that are not text":  {`{\stylesheet{\s0 Normal;}}{\info{\title T}}{\*\generator Word}{\pict\pngblip 89504e}a{\*\bkmkstart x}b`, "ab"},
		"field: code dropped, text kept":  {`{\field{\*\fldinst HYPERLINK "http://x"}{\fldrslt site}}`, "site"},
		"table":                           {`\trowd\cellx100\cellx200\intbl Name\cell Post\cell\row\pard after`, "Name\tPost\nafter"},
		"hidden and deleted text":         {`a{\v secret}b{\deleted old}\plain c\v x\v0 d`, "abcd"},
		"text box":                        {`{\shp{\*\shpinst{\sp{\sn shapeType}{\sv 202}}{\shptxt Box\par}}{\shprslt Box}}Letter`, "Box\nLetter"},
		"source line ends are no text":    {"one\r\ntwo\\\nthree", "onetwo\nthree"},
		"binary data":                     {`a\bin5 {{{{{b`, "ab"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			data := []byte(`{\rtf1\ansi\ansicpg1251\deff0` + fonts + test.body + `}`)
			expect(t, shared(), "letter.doc", data, test.want, intake.MethodText, "")
		})
	}
}

func TestRTFHostile(t *testing.T) {
	tests := map[string]struct{ data, text, problem string }{
		"nested 100 000 deep":        {`{\rtf1 Dear` + strings.Repeat("{", 100_000), "Dear", "the file is nested too deeply"},
		"cut off":                    {`{\rtf1 Dear {\b colleague`, "Dear colleague", "the file is broken and was read in part"},
		"cut off in a control":       {`{\rtf1 Dear\`, "Dear", "the file is broken and was read in part"},
		"cut off in hexadecimal":     {`{\rtf1 Dear\'f`, "Dear", "the file is broken and was read in part"},
		"binary longer than file":    {`{\rtf1 Dear\bin999999999 x}`, "Dear", "the file is broken and was read in part"},
		"text behind the document":   {`{\rtf1 Dear} ignored`, "Dear", ""},
		"more closed than opened":    {`{\rtf1 Dear}}}}}}`, "Dear", ""},
		"huge number":                {`{\rtf1 Dear\li99999999999999999999 you}`, "Dear9999999999 you", ""},
		"cells and rows out of turn": {`{\rtf1\row\cell a\cell b\row\row}`, "\ta\tb", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			text, _, problem := shared().TextOf(t.Context(), "letter.rtf", "", []byte(test.data))
			if text != test.text || problem != test.problem {
				t.Errorf("got %q, %q; want %q, %q", text, problem, test.text, test.problem)
			}
		})
	}
}

func FuzzRTF(f *testing.F) {
	f.Add([]byte(`{\rtf1\ansi\ansicpg1251{\fonttbl{\f0\fcharset204 T;}}\f0\'cf\u1088?\trowd a\cell\row{\*\x y}}`))
	f.Add([]byte(`{\rtf1{\shptxt a}\uc9\u5\bin3 `))
	f.Fuzz(func(t *testing.T, data []byte) {
		text, _ := readRTF(t.Context(), testDocument(data))
		checkTidy(t, text)
	})
}
