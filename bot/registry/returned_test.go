package registry_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"verbale/bot"
	"verbale/intake"
	"verbale/intake/eml"
)

// sentToTwo returns an office that sent a mail to the requester and to a minister, and the
// Message-ID of that mail.
func sentToTwo(t *testing.T) (o *office, id string) {
	t.Helper()
	o = realOffice(t)
	o.arrivesFrom("1-request")
	a := o.action(ackFirst)
	mail := *a.Mail
	mail.Cc = []intake.Address{{Address: "Minister@water.gov.kg"}}
	a.Mail = &mail
	o.store.Written[ackFirst] = a
	return o, o.sent(ackFirst)
}

// Delivery reports in formats other than RFC 3464 mark the failed address as unreachable. They
// used to be recognized without marking any address.
func TestReportInPlainWordsIsBooked(t *testing.T) {
	tests := map[string]struct {
		booked []string
		said   string // kind of the last history entry
	}{
		"qmail":            {[]string{"office@water.gov.kg"}, "unreachable"},
		"exim":             {[]string{"office@water.gov.kg"}, "unreachable"},
		"exchange-french":  {[]string{"office@water.gov.kg"}, "unreachable"},
		"exchange-russian": {[]string{"office@water.gov.kg"}, "unreachable"},
		"postfix-old":      {[]string{"office@water.gov.kg"}, "unreachable"},
		"exim-delayed":     {nil, "bounce"},
		"not-written-to":   {nil, "bounce"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			raw, err := os.ReadFile(filepath.Join("testdata", "returned", name+".eml"))
			if err != nil {
				t.Fatal(err)
			}
			o, id := sentToTwo(t)
			done := o.hears(eml.Parse(context.Background(), []byte(strings.ReplaceAll(string(raw), "MESSAGE-ID", id)), eml.Options{}))
			rec, history := o.record(first), o.happened(first)
			if done.Outcome != bot.ArrivalJoined || !slices.Equal(rec.Unreachable, tt.booked) || history[len(history)-1] != tt.said {
				t.Errorf("%s, booked %v, history %v", done.Outcome, rec.Unreachable, history)
			}
		})
	}
}

// FuzzReturned handles a report with any text before or after the returned mail. Only addresses
// to which the mail was sent may be marked as unreachable.
func FuzzReturned(f *testing.F) {
	files, err := filepath.Glob("testdata/returned/*.eml")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(raw))
	}
	f.Add("From: mailer-daemon@x.example\nSubject: failure notice\n\n<MESSAGE-ID>\noffice@water.gov.kg.\xff")
	f.Fuzz(func(t *testing.T, text string) {
		o, id := sentToTwo(t)
		o.hears(eml.Parse(context.Background(), []byte(strings.ReplaceAll(text, "MESSAGE-ID", id)), eml.Options{}))
		for _, address := range o.record(first).Unreachable {
			if address != "office@water.gov.kg" && address != "minister@water.gov.kg" {
				t.Errorf("booked %q", address)
			}
		}
	})
}
