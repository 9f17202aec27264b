package registry_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"verbale/intake/eml"
)

// Very long header fields must not make the record, or the mails that answer it, equally long.
func TestALongHeaderMakesNoLongRecord(t *testing.T) {
	long := func(each func(n int) string, separator string) string {
		var all []string
		for n := range 6000 {
			all = append(all, each(n))
		}
		return strings.Join(all, separator)
	}
	number := func(format string) func(int) string { return func(n int) string { return fmt.Sprintf(format, n) } }
	for name, header := range map[string]string{
		"subject":    "Subject: " + long(number("word%d"), " "),
		"references": "References: " + long(number("<some-rather-long-message-id-%d@water.gov.kg>"), "\n "),
		"copies":     "Cc: " + long(number("Somebody With A Name %d <s%[1]d@water.gov.kg>"), ",\n "),
		"answers":    "Reply-To: " + long(number("Name%d"), " ") + " <office@water.gov.kg>",
		"files": "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\n" +
			long(func(n int) string {
				return fmt.Sprintf("Content-Type: image/gif\nContent-Disposition: attachment; filename=\"%s-%d.gif\"", strings.Repeat("file", 50), n)
			}, "\n\n--x\n"),
	} {
		t.Run(name, func(t *testing.T) {
			m := eml.Parse(t.Context(), []byte("From: office@water.gov.kg\nTo: tc@desk.unece.example\nMessage-ID: <a@water.gov.kg>\n"+header+"\n\nWe ask for help.\n"), eml.Options{})
			o := open(t)
			o.arrives(m, request("en"))
			for what, v := range map[string]any{"record": o.record(first), "acknowledgement": o.action(ackFirst)} {
				if plain, err := json.Marshal(v); err != nil || len(plain) > 40<<10 {
					t.Errorf("the %s has %d bytes, %v", what, len(plain), err)
				}
			}
			if ids := o.record(first).Origin.References; name == "references" && (len(ids) < 2 || ids[0] != "some-rather-long-message-id-0@water.gov.kg") {
				t.Errorf("the thread begins with %.2v", ids)
			}
		})
	}
}
