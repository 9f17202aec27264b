package app_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"verbale/internal/app"
	"verbale/internal/slackpeer"
)

// Words of the two requests in these tests, in all languages of the desk.
var (
	ordinaryWords     = []string{"Popescu", "Moldova", "Молдов"} // words of request(1)
	confidentialWords = []string{"Zamfirescu", "Armeni", "Arméni", "Армени"}
)

// twoRequests sets up an office with an ordinary and a confidential request, both assigned to
// Omar's post.
func twoRequests(t *testing.T) (o *slackOffice, s *service, ordinary, confidential string) {
	t.Helper()
	o, s, ordinary = assigned(t)
	o.deliver(bytes.ReplaceAll(bytes.ReplaceAll(requestFrom("office@zamfirescu.example", "second"), []byte("Maria Popescu"), []byte("Ilie Zamfirescu")),
		[]byte("Republic of Moldova"), []byte("Republic of Armenia")))
	s.settled(2)
	confidential = reference(2)
	o.as(ana).picks(o.card(deskRoom, confidential, "assigned"), "mark")
	o.card(deskRoom, confidential, "confidential", "Open")
	return o, s, ordinary, confidential
}

// everybody has all members of the workspace by role.
var everybody = []struct{ name, id string }{
	{"viewer", viktor}, {"triage", ana}, {"adviser who holds it", omar}, {"adviser of another post", vera}, {"admin", adam}, {"nobody of the house", nemo},
}

// answered returns the ephemeral message or modal that a colleague gets in answer to an
// interaction, as a picture.
func (h user) answered(do func()) string {
	h.o.t.Helper()
	whispers, window := len(h.o.peer.Ephemerals(h.id)), h.top()
	do()
	var picture string
	h.o.until("an answer to "+h.id, func() bool {
		if all := h.o.peer.Ephemerals(h.id); len(all) > whispers {
			picture = slackpeer.Picture(all[len(all)-1])
			return true
		}
		picture = h.top()
		return picture != window && !shows(picture, "One moment") && !shows(picture, "Un instant") && !shows(picture, "Одну минуту")
	})
	return picture
}

// top returns the topmost modal as a picture, or "" if none is open.
func (h user) top() string {
	if v, open := h.o.peer.Modal(h.id); open {
		return slackpeer.Picture(v)
	}
	return ""
}

// opens uses the control on a card that shows more of the record.
func (h user) opens(reference string) string {
	card := h.o.card(deskRoom, reference)
	return h.answered(func() {
		for _, c := range slackpeer.Controls(card) {
			switch {
			case c.Action == "open":
				h.presses(card, "open")
				return
			case strings.HasPrefix(c.Action, "more|") && hasOption(c, "letter"):
				seen, err := h.Select(card, c.Action, "letter")
				h.done("pick letter", seen, err)
				return
			}
		}
		h.o.t.Fatalf("nothing opens\n%s", slackpeer.Picture(card))
	})
}

func (h user) typed(line string) string { return h.answered(func() { h.types(line) }) }

// TestWhoSeesWhatInSlack checks what each surface in Slack shows to each role: "words" means text
// of the letter, "reference" means only that the request exists, and "-" means nothing.
func TestWhoSeesWhatInSlack(t *testing.T) {
	t.Parallel()
	o, _, ordinary, confidential := twoRequests(t)
	const words, known, nothing = "words", "reference", "-"
	for _, surface := range []struct {
		name         string
		ofOne        func(h user, reference string) string // shows one request
		ofAll        func(h user) string                   // otherwise, shows all requests
		ordinary     [6]string                             // in the order of everybody
		confidential [6]string
	}{
		{"show", func(h user, ref string) string { return h.typed("show " + ref) }, nil,
			[6]string{words, words, words, words, words, nothing}, [6]string{known, words, words, known, words, nothing}},
		{"find by a word of the letter", nil, func(h user) string { return h.typed("find management") },
			[6]string{words, words, words, words, words, nothing}, [6]string{nothing, known, known, nothing, known, nothing}},
		{"list", nil, func(h user) string { return h.typed("list") },
			[6]string{words, words, words, words, words, nothing}, [6]string{nothing, known, known, nothing, known, nothing}},
		{"letter or window of the card", user.opens, nil,
			[6]string{words, words, words, words, words, nothing}, [6]string{known, words, words, known, words, nothing}},
		{"report", nil, func(h user) string { return h.typed("report") },
			[6]string{words, words, words, words, words, nothing}, [6]string{nothing, nothing, nothing, nothing, nothing, nothing}},
		{"home tab", nil, func(h user) string { return slackpeer.Picture(h.home()) },
			[6]string{words, words, words, nothing, words, nothing}, [6]string{nothing, known, known, nothing, known, nothing}},
	} {
		for i, who := range everybody {
			var picture string
			if surface.ofAll != nil {
				picture = surface.ofAll(o.as(who.id))
			}
			for reference, want := range map[string]string{ordinary: surface.ordinary[i], confidential: surface.confidential[i]} {
				if surface.ofOne != nil {
					picture = surface.ofOne(o.as(who.id), reference)
				}
				got, ofIt := nothing, ordinaryWords
				if reference == confidential {
					ofIt = confidentialWords
				}
				switch {
				case slices.ContainsFunc(ofIt, func(word string) bool { return shows(picture, word) }):
					got = words
				case strings.Contains(picture, reference):
					got = known
				}
				if got != want {
					t.Errorf("%s of %s shows the %s %q, want %q:\n%s", surface.name, reference, who.name, got, want, picture)
				}
			}
		}
	}
	o.nothingRefused()
}

// TestWhoSeesWhatElsewhere checks what commands on the host, the pages, mails and the log show of
// an ordinary and of a confidential request.
func TestWhoSeesWhatElsewhere(t *testing.T) {
	t.Parallel()
	o, _, ordinary, confidential := twoRequests(t)
	list := app.ListOptions{Config: o.file, Limit: 50, Log: o.log()}
	for _, surface := range []struct {
		name         string
		look         func(w *bytes.Buffer) error
		words, knows bool // of the confidential request: its text, its existence
	}{
		{"list", func(w *bytes.Buffer) error { o := list; o.Out = w; return app.List(t.Context(), o) }, false, true},
		{"list --json", func(w *bytes.Buffer) error { o := list; o.Out, o.JSON = w, true; return app.List(t.Context(), o) }, false, true},
		{"list --json --confidential", func(w *bytes.Buffer) error {
			o := list
			o.Out, o.Confidential, o.JSON = w, true, true
			return app.List(t.Context(), o)
		}, true, true},
		{"find", func(w *bytes.Buffer) error {
			o := list
			o.Out, o.Words = w, []string{"management"}
			return app.List(t.Context(), o)
		}, false, true},
		{"export csv", func(w *bytes.Buffer) error {
			return app.Export(t.Context(), app.ExportOptions{Config: o.file, Format: "csv", Language: "en", Out: w, Log: o.log()})
		}, false, true},
		{"export json", func(w *bytes.Buffer) error {
			return app.Export(t.Context(), app.ExportOptions{Config: o.file, Format: "json", Language: "en", Out: w, Log: o.log()})
		}, false, true},
		{"show, for who may read the store", func(w *bytes.Buffer) error {
			_, err := app.Show(t.Context(), app.ShowOptions{Config: o.file, References: []string{ordinary, confidential}, Out: w, Log: o.log()})
			return err
		}, true, true},
		{"the channel", func(w *bytes.Buffer) error {
			w.WriteString(ordinary + " Popescu " + o.peer.PictureChannel(deskRoom))
			return nil
		}, false, true},
	} {
		var out bytes.Buffer
		if err := surface.look(&out); err != nil {
			t.Fatalf("%s: %v", surface.name, err)
		}
		has := func(word string) bool { return strings.Contains(out.String(), word) }
		if !has(ordinary) || has("Zamfirescu") != surface.words || has(confidential) != surface.knows {
			t.Errorf("%s tells of the confidential request: words %v, that it is there %v:\n%s", surface.name, has("Zamfirescu"), has(confidential), &out)
		}
	}
	o.lacks("the log", o.logs.String(), append(slices.Clone(ordinaryWords), confidentialWords...))
}

// TestAForgedSenderIsShown checks that the card shows a DMARC failure reported by the mail server.
// An additional Authentication-Results field that the sender forged must not hide it.
func TestAForgedSenderIsShown(t *testing.T) {
	t.Parallel()
	o := newSlackOffice(t)
	s := o.serve()
	verdicts := "Authentication-Results: mx.desk.unece.example; dmarc=fail header.from=economy1.example\n" +
		"Authentication-Results: mx.desk.unece.example; dmarc=pass header.from=economy1.example\n"
	o.deliver(append([]byte(verdicts), request(1)...))
	s.settled(1)
	o.card(deskRoom, reference(1), "does not come from the domain it claims", "m.popescu@economy1.example")
	o.nothingRefused()
}
