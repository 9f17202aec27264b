package app_test

import (
	"os"
	"strings"
	"testing"
)

// otherAddress is the desk of a second office that runs this program.
const otherAddress = "tc@desk.unescap.example"

// otherDesk is an office of its own, with its own server of mail and of records.
func otherDesk(t *testing.T) *desk {
	t.Helper()
	k := newDesk(t)
	file, err := os.ReadFile(k.file)
	if err != nil {
		t.Fatal(err)
	}
	k.write(k.file, strings.ReplaceAll(string(file), deskAddress, otherAddress))
	return k
}

// TestTwoOfficesWriteToEachOther has a request come to one office in the name of
// the other. Each gets what the other sends it, also by way of a relay that takes
// every mark of automatic mail away.
func TestTwoOfficesWriteToEachOther(t *testing.T) {
	t.Parallel()
	for name, relay := range map[string]func(raw string) []byte{
		"directly": func(raw string) []byte { return []byte(raw) },
		"by a relay that takes marks away": func(raw string) []byte {
			return without(raw, "Auto-Submitted", "X-Auto-Response-Suppress", "X-Verbale-Loop", "Precedence", "In-Reply-To", "References", "Message-ID", "Return-Path")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ours, other := newDesk(t), otherDesk(t)
			offices := map[string]*service{deskAddress: ours.serve(), otherAddress: other.serve()}
			got := map[string]int{deskAddress: 1, otherAddress: 0}
			ours.deliver(requestFrom(otherAddress, "in-their-name"))
			passed := map[*desk]int{}
			for going := true; going; {
				for address, s := range offices {
					s.settled(got[address])
				}
				going = false
				for _, s := range offices {
					sent := s.sent()
					for _, m := range sent[passed[s.desk]:] {
						if to, one := offices[m.to()]; one {
							to.deliver(relay(m.raw))
							got[m.to()]++
							going = true
						}
					}
					passed[s.desk] = len(sent)
				}
				if got[deskAddress]+got[otherAddress] > 2*shareOfASender {
					t.Fatalf("they write to each other without end: %v", got)
				}
			}
			if got[otherAddress] == 0 {
				t.Error("the other office was not answered")
			}
			ours.audit()
			other.audit()
		})
	}
}
