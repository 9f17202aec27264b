package redisstore

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/redisstore/storetest"
)

var update = flag.Bool("update", false, "write the fixtures of the present version anew")

// fill sets every field to a different value, so that a field that is not stored is detected.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Struct:
		switch v.Interface().(type) {
		case time.Time:
			v.Set(reflect.ValueOf(storetest.Start.Add(time.Duration(*n) * time.Second)))
			return
		case intake.Date:
			v.Set(reflect.ValueOf(intake.Date{Year: 2026, Month: 5, Day: 1 + *n%28}))
			return
		case intake.Remark: // without an ID; for those with one see TestRemarksAreStored
			v.Set(reflect.ValueOf(intake.Plain(fmt.Sprint("text ", *n))))
			return
		}
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), n)
		fill(v.Index(1), n)
	case reflect.Map:
		v.Set(reflect.ValueOf(map[string]string{"key": fmt.Sprint("value ", *n)}))
	case reflect.String:
		v.SetString(fmt.Sprint("text ", *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(*n))
	case reflect.Uint32:
		v.SetUint(uint64(*n))
	case reflect.Float64:
		v.SetFloat(float64(*n) / 8)
	default:
		panic("fill does not know " + v.Kind().String())
	}
}

func filled[T any]() T {
	var v T
	n := 0
	fill(reflect.ValueOf(&v).Elem(), &n)
	return v
}

// A form is one kind of stored document: its name, a value with every field set, and the functions
// that write and read it.
type form struct {
	name   string
	value  any
	write  func(any) ([]byte, error)
	read   func([]byte) (any, error)
	latest int
}

func forms() []form {
	record, action, leave := filled[intake.Record](), filled[bot.Action](), filled[bot.Leave]()
	letter := bot.Letter{Parts: []bot.LetterPart{{Source: "body", Filename: "a.pdf", Text: intake.Text{
		Content: "Dear", Sections: []intake.Section{{Kind: intake.SectionNew, End: 4}}}}}}
	return []form{
		{"record", record, func(v any) ([]byte, error) { r := v.(intake.Record); return packRecord(&r) },
			func(b []byte) (any, error) { return value(unpackRecord(record.Reference, record.Revision, b)) }, recordVersion},
		{"set-aside", filled[intake.SetAside](), func(v any) ([]byte, error) { a := v.(intake.SetAside); return packSetAside(&a) },
			func(b []byte) (any, error) { return unpackSetAside(b) }, setAsideVersion},
		{"history", filled[intake.HistoryEntry](), func(v any) ([]byte, error) { return packHistory(v.(intake.HistoryEntry)) },
			func(b []byte) (any, error) { return unpackHistory(b) }, historyVersion},
		{"letter", letter, func(v any) ([]byte, error) { l := v.(bot.Letter); return packLetter(&l, bot.MaxLetterBytes) },
			func(b []byte) (any, error) { return value(unpackLetter(b)) }, letterVersion},
		{"action", action, func(v any) ([]byte, error) { return packAction(v.(bot.Action)) },
			func(b []byte) (any, error) { return unpackAction(action.Key, string(b)) }, actionVersion},
		{"leave", leave, func(v any) ([]byte, error) { return packLeave(v.(bot.Leave)) },
			func(b []byte) (any, error) { return unpackLeave(leave.Post, b) }, leaveVersion},
	}
}

func value[T any](v *T, err error) (T, error) {
	if err != nil {
		return *new(T), err
	}
	return *v, nil
}

func TestEveryFieldIsStored(t *testing.T) {
	for _, f := range forms() {
		packed, err := f.write(f.value)
		if err != nil {
			t.Fatalf("%s: %v", f.name, err)
		}
		if got, err := f.read(packed); err != nil || !reflect.DeepEqual(got, f.value) {
			t.Errorf("%s: %v\n got %+v\nwant %+v", f.name, err, got, f.value)
		}
	}
}

// Documents written by any version from version 1 on must stay readable.
// With -update the fixtures of the latest version are written. Those of earlier versions are never
// changed.
func TestStoredFormsStayReadable(t *testing.T) {
	for _, f := range forms() {
		if *update {
			packed, err := f.write(f.value)
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join("testdata", fmt.Sprintf("%s-v%d.bin", f.name, f.latest))
			if err := os.WriteFile(path, packed, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		var paths []string
		for v := 1; v <= f.latest; v++ {
			paths = append(paths, filepath.Join("testdata", fmt.Sprintf("%s-v%d.bin", f.name, v)))
		}
		for _, path := range paths {
			packed, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := f.read(packed); err != nil || !reflect.DeepEqual(got, f.value) {
				t.Errorf("%s: %v\n got %+v\nwant %+v", path, err, got, f.value)
			}
		}
	}
}

// testdata/older has documents written before some fields existed, testdata/packing-1 those in
// the first compression format. They must be read completely, and writing them again must give
// the same text.
func TestDocumentsWithoutLaterFieldsStayReadable(t *testing.T) {
	for _, f := range forms() {
		paths, err := filepath.Glob(filepath.Join("testdata", "older", f.name+"*.bin"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range append(paths, filepath.Join("testdata", "packing-1", f.name+"-v1.bin")) {
			writesTheSameAgain(t, f, path)
		}
	}
}

func writesTheSameAgain(t *testing.T, f form, path string) {
	t.Helper()
	older, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	read, err := f.read(older)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	again, err := f.write(read)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	if got, want := textOf(t, f.name, again), textOf(t, f.name, older); got != want {
		t.Errorf("%s: something was lost or added:\n got %s\nwant %s", path, got, want)
	}
}

// textOf returns the decompressed text of a document, without the header line of actions.
func textOf(t *testing.T, name string, document []byte) string {
	t.Helper()
	if name == "action" {
		_, document, _ = bytes.Cut(document, []byte{'\n'})
	}
	plain, err := decompress(document)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return string(plain)
}

func TestLaterFormsAreRefused(t *testing.T) {
	later, err := pack(map[string]any{"v": 99})
	if err != nil {
		t.Fatal(err)
	}
	otherPacking := append([]byte("9"), later[1:]...)
	head := make([]string, headFields)
	head[headAttempts] = "0"
	header := strings.Join(head, "\t") + "\n"
	for _, f := range forms() {
		for name, packed := range map[string][]byte{"version": later, "packing": otherPacking} {
			if f.name == "action" {
				packed = append([]byte(header), packed...)
			}
			if _, err := f.read(packed); !errors.Is(err, errNewerForm) {
				t.Errorf("%s of a later %s: %v", f.name, name, err)
			}
		}
	}
}

func TestBrokenFormsAreErrors(t *testing.T) {
	for _, f := range forms() {
		whole, err := f.write(f.value)
		if err != nil {
			t.Fatal(err)
		}
		for _, broken := range [][]byte{nil, []byte("1"), []byte("2"), []byte("2(\xb5/\xfd"), []byte("no header"), whole[:len(whole)/2]} {
			if got, err := f.read(broken); err == nil {
				t.Errorf("%s: %q was read as %+v", f.name, broken, got)
			}
		}
	}
}

func TestRecordHeaders(t *testing.T) {
	for _, broken := range []string{"", "\n", "1\n", "1\tx\towner\t\n1", "1\t5"} {
		if _, _, err := splitRecord(broken); err == nil {
			t.Errorf("%q was read", broken)
		}
	}
	if _, _, err := splitRecord("9\t5\towner\n1"); !errors.Is(err, errNewerForm) {
		t.Errorf("a later header: %v", err)
	}
	r := storetest.NewRecord(1)
	header := recordHeader(r, 5, recordTerms(r), "mark")
	for _, h := range []string{header, "1\t5\towner\tstamp\tterm\n"} {
		if revision, packed, err := splitRecord(h + "1abc\ndef"); err != nil || revision != 5 || packed != "1abc\ndef" {
			t.Errorf("%q gave revision %d, %q, %v", h, revision, packed, err)
		}
	}
}
