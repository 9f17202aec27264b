package app_test

import (
	"os"
	"strings"
	"testing"
)

// otherAddress is the desk address of a second office that runs this program.
const otherAddress = "tc@desk.unescap.example"

// otherDesk returns the desk of a second office with its own mail server and store.
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

// TestTwoOfficesWriteToEachOther delivers to one office a request whose sender is the other. Each
// receives what the other sends, either directly or through a relay that removes all header
// fields of automatic mail. The exchange must end.
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
