package redisstore

import (
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"strings"
	"testing"

	"verbale/bot"
	"verbale/internal/redisstore/storetest"
)

// The words of a record come from senders, so only a limited number is indexed. Its countries are
// indexed in any case.
func TestARecordIsFoundByALimitedNumberOfWords(t *testing.T) {
	s := openAt(t, servers["miniredis"](t), "")
	c := storetest.NewChange(1)
	var many strings.Builder
	for n := range 3 * maxRecordWords {
		fmt.Fprintf(&many, "a%c%c%c ", 'a'+n%26, 'a'+n/26%26, 'a'+n/676)
	}
	c.Record.Request.Summary = many.String()
	most := maxRecordWords + len(c.Record.Request.Countries)
	if n := len(s.recordWords(c.Record)); n != most {
		t.Fatalf("%d words count, want %d", n, most)
	}
	if _, err := s.Commit(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	if n := int(s.client.ZCard(t.Context(), s.keys.vocabulary()).Val()); n > most {
		t.Errorf("%d words name lists", n)
	}
	if found, _, err := s.List(t.Context(), bot.Query{Words: []string{"aaaa"}, Country: "UZ"}); err != nil || len(found) != 1 {
		t.Errorf("found %d by word and country, %v", len(found), err)
	}
}

// deflated returns a document in the first compression format.
func deflated(t *testing.T, plain []byte) []byte {
	t.Helper()
	packed := bytes.NewBuffer([]byte{packing1})
	w, err := flate.NewWriterDict(packed, flate.BestSpeed, dictionary1)
	if err == nil {
		_, err = w.Write(plain)
	}
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

// Decompressing a document above the size limit must fail instead of using unlimited memory.
func TestADocumentUnpacksToALimitedSize(t *testing.T) {
	atMost := []byte(`"` + strings.Repeat("a", maxUnpacked-2) + `"`)
	tooMuch := []byte(`"` + strings.Repeat("a", maxUnpacked-1) + `"`)
	for name, packings := range map[string]struct{ fits, bomb []byte }{
		"1": {deflated(t, atMost), deflated(t, tooMuch)},
		"2": {compress(atMost), compress(tooMuch)},
	} {
		var text string
		if err := unpack(packings.fits, &text); err != nil || len(text) != maxUnpacked-2 {
			t.Errorf("packing %s: %d bytes, %v", name, len(text), err)
		}
		text = ""
		if err := unpack(packings.bomb, &text); err == nil {
			t.Errorf("packing %s: %d bytes packed to %d were unpacked", name, len(text), len(packings.bomb))
		}
	}
}

func TestOperatorsTextsAreKeptInPart(t *testing.T) {
	if got := note(strings.Repeat("é\n", maxNote)); len(got) > maxNote || strings.Contains(got, "\n") || !strings.HasPrefix(got, "é ") {
		t.Errorf("%d bytes: %q", len(got), got)
	}
}
