package redisstore

import (
	"reflect"
	"strings"
	"testing"

	"verbale/intake"
)

// remarked returns a record with the given remark in every field for remarks.
func remarked(r intake.Remark) intake.Record {
	return intake.Record{
		KindReason: r, Doubts: []intake.Doubt{{Field: intake.FieldThemes, Reason: r}}, Similar: []intake.Likeness{{Reference: "TC-2026-00041", Reason: r}},
		Routing: &intake.Routing{Reasons: []intake.Remark{r, intake.Plain("because")}, RunnerUp: intake.RunnerUp{Division: "energy", WhyNot: r}},
	}
}

func TestRemarksAreStored(t *testing.T) {
	for name, r := range map[string]intake.Remark{
		"none":         {},
		"a sentence":   intake.Plain("it fits"),
		"an id":        {ID: "doubt.official"},
		"with values":  {ID: "route.theme", Args: map[string]string{"theme": "water", "division": "environment"}},
		"in languages": {Said: map[string]string{"en": "it fits", "ru": "подходит"}},
	} {
		want := remarked(r)
		packed, err := packRecord(&want)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := unpackRecord("", 0, packed); err != nil || !reflect.DeepEqual(*got, want) {
			t.Errorf("%s: %v\n got %+v\nwant %+v", name, err, got, want)
		}
		aside := intake.SetAside{KindReason: r, Doubts: want.Doubts}
		if packed, err = packSetAside(&aside); err != nil {
			t.Fatal(err)
		}
		if got, err := unpackSetAside(packed); err != nil || !reflect.DeepEqual(got, aside) {
			t.Errorf("%s: %v\n got %+v\nwant %+v", name, err, got, aside)
		}
	}
}

// Remarks without an ID are stored as plain strings, so that versions without remark IDs can
// read them.
func TestSentencesAreStoredAsBeforeIDs(t *testing.T) {
	rec := remarked(intake.Plain("it fits"))
	packed, err := packRecord(&rec)
	if err != nil {
		t.Fatal(err)
	}
	text := textOf(t, "record", packed)
	for _, stored := range []string{`"kind_reason":"it fits"`, `"reason":"it fits"`, `"reasons":["it fits","because"]`, `"why_not":"it fits"`} {
		if !strings.Contains(text, stored) {
			t.Errorf("%s is not in %s", stored, text)
		}
	}
	if strings.Contains(text, "remark") {
		t.Errorf("a sentence is stored as more: %s", text)
	}
}
