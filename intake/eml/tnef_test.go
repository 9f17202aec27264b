package eml

import (
	"context"
	"encoding/hex"
	"runtime"
	"strings"
	"testing"
)

// The first example is from MS-OXRTFCP, section 4.1.1.
func TestExpandRTF(t *testing.T) {
	for name, tt := range map[string]struct{ compressed, want string }{
		"compressed": {"2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0",
			"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"},
		"cut off": {"2d0000002b0000004c5a4675f1c5c7a703000a0072637067", "{\\rtf1\\ansi\\ansicpg"},
		"stored":  {"10000000040000004d454c41000000007b727466", "{rtf"},
		"unknown": {"10000000040000005858585800000000414243", ""},
		"empty":   {"", ""},
	} {
		b, err := hex.DecodeString(tt.compressed)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(expandRTF(b)); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

// FuzzTNEF checks that the TNEF reader returns for any input, and that it never returns more
// data than the input contains.
func FuzzTNEF(f *testing.F) {
	f.Add([]byte("\x78\x9f\x3e\x22\x01\x00\x02\x02\x90\x06\x00\x00\x00\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		c, _ := readTNEF(b)
		expandRTF(c.rtf)
		expandRTF(b)
		size := len(c.body) + len(c.unicodeBody) + len(c.html) + len(c.rtf)
		for _, x := range c.files {
			size += len(x.data)
		}
		if size > len(b) {
			t.Errorf("%d bytes were read out of %d", size, len(b))
		}
	})
}

func TestUUencodedLines(t *testing.T) {
	for name, tt := range map[string]struct {
		lines, want string
		ok          bool
	}{
		"whole":                    {"begin 644 x\n#0V%T\n`\nend\n", "Cat", true},
		"blanks lost at line ends": {"begin 644 x\n\"0V$\n \nend\n", "Ca", true},
		"no end":                   {"begin 644 x\n#0V%T\n`\n", "", false},
		"a sentence":               {"begin 644 times\nand go on with this\nend\n", "", false},
		"nothing":                  {"", "", false},
	} {
		data, _, ok := decodeUULines(tt.lines)
		if string(data) != tt.want || ok != tt.ok {
			t.Errorf("%s: %q, %v, want %q, %v", name, data, ok, tt.want, tt.ok)
		}
	}
}

// The rest of the text must not be copied at every "begin" line: with one on each line, that
// would take ten seconds for half a megabyte.
func TestManyUUencodedBeginnings(t *testing.T) {
	for name, unit := range map[string]string{"alone": "begin 644 x\n", "with a line": "begin 644 x\n#0V%T\n", "with an end": "begin 644 x\n#0V%T\n`\nend\n"} {
		raw := []byte("From: a@b.example\n\n" + strings.Repeat(unit, 5000))
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		Parse(context.Background(), raw, Options{})
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; used > 500*uint64(len(raw)) {
			t.Errorf("%s: %d kB of memory for %d kB of text", name, used>>10, len(raw)>>10)
		}
	}
}
