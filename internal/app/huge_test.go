package app_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"verbale/intake"
	"verbale/intake/eml"
	"verbale/intake/lexicon"
	"verbale/intake/reading"
)

// units are repeated to make bodies of any size. Some are letters, others are patterns that could
// cause quadratic parsing time.
var units = []struct{ name, unit string }{
	{"English", "The Ministry of Environment of the Republic of Moldova requests advisory services on the Water Convention. A mission to Chisinau in May 2027 would be welcome.\n\n"},
	{"French", "Le Ministère de l'environnement prie la CEE de bien vouloir envoyer un conseiller régional à Chisinau, en mai 2027, pour la loi sur l'eau.\n\n"},
	{"Russian", "Министерство окружающей среды просит оказать консультативную помощь по Конвенции по водам и направить миссию в Кишинев в мае 2027 года.\n\n"},
	{"one line", "The Ministry asks for help. "},
	{"one word", "x"},
	{"digits", "1234567890"},
	{"quote marks", "> "},
	{"brackets", "("},
	{"dates", "12 May 2027, "},
	{"capitals", "MINISTRY OF ENERGY\n"},
	{"initials", "A. B. "},
	{"titles", "Mr. "},
	{"forwards", "---------- Forwarded message ---------\nFrom: A <a@b.example>\nSubject: x\n\nhello\n\n"},
}

// BenchmarkHugeBody reads bodies of 1 and 5 MB, above the limit at which a body is truncated.
// If reading takes linear time, MB/s is the same for both sizes.
func BenchmarkHugeBody(b *testing.B) {
	vocabulary, err := lexicon.Load(lexicon.Embedded())
	if err != nil {
		b.Fatal(err)
	}
	reader := reading.NewReader(vocabulary, intake.Ours{Domain: "desk.unece.example", Prefix: "TC"})
	const header = "From: <a@ministry.example>\nSubject: Request\nDate: Tue, 2 Mar 2027 09:12:00 +0400\nContent-Type: text/plain; charset=utf-8\n\n"
	for _, u := range units {
		for _, megabytes := range []int{1, 5} {
			raw := []byte(header + strings.Repeat(u.unit, megabytes<<20/len(u.unit)))
			b.Run(fmt.Sprintf("%s/%dMB", u.name, megabytes), func(b *testing.B) {
				b.SetBytes(int64(len(raw)))
				for b.Loop() {
					reader.Read(eml.Parse(context.Background(), raw, eml.Options{Limits: eml.Limits{TextBytes: 8 << 20}}))
				}
			})
		}
	}
}
