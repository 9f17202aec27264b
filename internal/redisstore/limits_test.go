package redisstore

import (
	"fmt"
	"strings"
	"testing"

	"verbale/internal/redisstore/storetest"
)

// Strangers write the words of a record: so many of them count, and no more.
func TestARecordIsFoundByALimitedNumberOfWords(t *testing.T) {
	s := openAt(t, servers["miniredis"](t), "")
	c := storetest.NewChange(1)
	var many strings.Builder
	for n := range 3 * maxRecordWords {
		fmt.Fprintf(&many, "word%c%c%c ", 'a'+n%26, 'a'+n/26%26, 'a'+n/676)
	}
	c.Record.Request.Summary = many.String()
	if n := len(s.recordWords(c.Record)); n != maxRecordWords {
		t.Fatalf("%d words count, want %d", n, maxRecordWords)
	}
	if _, err := s.Commit(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	if n := s.client.ZCard(t.Context(), s.keys.vocabulary()).Val(); n > maxRecordWords {
		t.Errorf("%d words name lists", n)
	}
}

// A packed document that would grow beyond all bounds is an error, not memory.
func TestADocumentUnpacksToALimitedSize(t *testing.T) {
	packed, err := pack(strings.Repeat("a", maxUnpacked+1))
	if err != nil {
		t.Fatal(err)
	}
	var text string
	if err := unpack(packed, &text); err == nil {
		t.Errorf("%d bytes packed to %d were unpacked", len(text), len(packed))
	}
}

func TestOperatorsTextsAreKeptInPart(t *testing.T) {
	if got := note(strings.Repeat("é\n", maxNote)); len(got) > maxNote || strings.Contains(got, "\n") || !strings.HasPrefix(got, "é ") {
		t.Errorf("%d bytes: %q", len(got), got)
	}
}
