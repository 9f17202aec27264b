package redisstore

import (
	"reflect"
	"testing"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/redisstore/storetest"
)

// retimed applies zone to all non-zero times in a value.
func retimed(v reflect.Value, zone func(time.Time) time.Time) {
	if v.Type() == timeType {
		if at := v.Interface().(time.Time); !at.IsZero() {
			v.Set(reflect.ValueOf(zone(at)))
		}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			retimed(v.Field(i), zone)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			retimed(v.Elem(), zone)
		}
	case reflect.Slice:
		for i := range v.Len() {
			retimed(v.Index(i), zone)
		}
	}
}

// The cached copy of a committed record must be equal to what would be read from the store, in
// every field and for times in any zone.
func TestARecordIsKeptAsItWouldBeRead(t *testing.T) {
	zurich := time.FixedZone("CET", 3600)
	for name, zone := range map[string]func(time.Time) time.Time{
		"UTC":                  func(t time.Time) time.Time { return t },
		"a zone with a name":   func(t time.Time) time.Time { return t.In(zurich) },
		"the zone of the host": func(t time.Time) time.Time { return t.Local() },
		"with a monotonic clock and parts of a second": func(time.Time) time.Time { return time.Now() },
		"never": func(time.Time) time.Time { return time.Time{} },
	} {
		for _, r := range []intake.Record{filled[intake.Record](), {}, {Request: &intake.Request{}, Routing: &intake.Routing{Reasons: []intake.Remark{}}, Rooms: []string{}, Tokens: map[string]string{}}} {
			retimed(reflect.ValueOf(&r).Elem(), zone)
			packed, err := packRecord(&r)
			if err != nil {
				t.Fatal(err)
			}
			want, err := unpackRecord(r.Reference, r.Revision, packed)
			if err != nil {
				t.Fatal(err)
			}
			read, known := asRead(storeRecord(&r))
			if got := read.load(r.Reference, r.Revision); !known || !reflect.DeepEqual(got, want) {
				t.Errorf("%s: known %v\nkept %+v\nread %+v", name, known, got, want)
			}
		}
	}
}

func TestAnActionIsKeptAsItWouldBeRead(t *testing.T) {
	for _, a := range []bot.Action{filled[bot.Action](), storetest.NewAction(1), {Key: "a", Mail: &bot.Mail{To: []intake.Address{}}}} {
		packed, err := packAction(a)
		if err != nil {
			t.Fatal(err)
		}
		want, err := unpackBody(bodyOf(string(packed)))
		if err != nil {
			t.Fatal(err)
		}
		if got, known := asRead(storeAction(a)); !known || !reflect.DeepEqual(got, want) {
			t.Errorf("known %v\nkept %+v\nread %+v", known, got, want)
		}
	}
}

func TestTextThatIsMendedWhenItIsPackedIsReadAnew(t *testing.T) {
	r := *storetest.NewRecord(1)
	for _, spoil := range []func(){
		func() { r.Request.Summary = "caf\xe9" },
		func() { r.Rooms = []string{"\xff"} },
		func() { r.Tokens = map[string]string{"a": "\xff"} },
	} {
		r = *storetest.NewRecord(1)
		spoil()
		if _, known := asRead(storeRecord(&r)); known {
			t.Errorf("taken to be read as it is: %+v", r)
		}
	}
}

// A caller that changes a record after committing it must not change the cached copy, nor the
// copies of readers.
func TestWhatIsKeptIsSharedWithNobody(t *testing.T) {
	s := openAt(t, servers["miniredis"](t), "")
	c := storetest.NewChange(1)
	if _, err := s.Commit(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	c.Record.Request.Countries[0], c.Record.Plan[0].To, c.Record.Tokens["statistics"] = "XX", "nobody", "stolen"
	c.Actions[0].Mail.To[0].Address = "nobody@else.example"
	want := storetest.NewRecord(1)
	want.Revision = 1
	if got, err := s.Load(t.Context(), storetest.Reference(1)); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("record %+v, %v", got, err)
	}
	claimed, err := s.Claim(t.Context(), bot.MouthMail, "one", storetest.Start, time.Minute, 10)
	if err != nil || len(claimed) != 1 || claimed[0].Mail.To[0].Address != "aida@stat.example" {
		t.Errorf("claimed %+v, %v", claimed, err)
	}
	if _, kept := s.bodies.known[claimed[0].Key]; kept {
		t.Error("an action that was claimed is kept")
	}
}

// A change that was refused, or already seen, must not be cached.
func TestNothingIsKeptOfWhatWasNotCommitted(t *testing.T) {
	s := openAt(t, servers["miniredis"](t), "")
	commitOne(t, s, 1)
	again, late := storetest.NewChange(1), storetest.NewChange(7)
	again.Record.Owner = "nobody"
	if done, err := s.CommitAll(t.Context(), []bot.Change{again, late}); len(done) != 1 || err == nil {
		t.Fatalf("done %+v, %v", done, err)
	}
	if _, kept := s.records.known[storetest.Reference(7)]; kept {
		t.Error("a record is kept that was refused")
	}
	if got, err := s.Load(t.Context(), storetest.Reference(1)); err != nil || got.Owner != "statistics" {
		t.Errorf("owner %q, %v", got.Owner, err)
	}
}
