package app_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"verbale/internal/demo"
	"verbale/internal/phrases"
)

// request returns the nth of a series of requests, each from a different ministry.
func request(n int) []byte {
	return requestFrom(fmt.Sprintf("m.popescu@economy%d.example", n), fmt.Sprintf("request-%d", n))
}

// requestFrom returns a request from the given address. The name makes it different from others.
func requestFrom(address, name string) []byte {
	return fmt.Appendf(nil, `From: Maria Popescu <%s>
To: <%s>
Subject: Request for advisory services on water management (%s)
Date: %s
Message-ID: <%s@economy.example>
Content-Type: text/plain; charset=utf-8

Dear Sir or Madam,

The Ministry of Environment of the Republic of Moldova requests advisory
services of the Regional Adviser on the implementation of the Water
Convention. We would be grateful for an advisory mission to Chisinau.
Our file number is %s.

Yours sincerely,
Maria Popescu
Head of Department
`, address, deskAddress, name, time.Now().Format(time.RFC1123Z), name, name)
}

// samples returns the sample letters of the demo by name.
func samples(t testing.TB) map[string]demo.Letter {
	t.Helper()
	catalogue, err := phrases.Load(phrases.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	letters, err := demo.Letters(time.Now(), catalogue)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]demo.Letter{}
	for _, l := range letters {
		all[l.Name] = l
	}
	return all
}

func written(t testing.TB, l demo.Letter) []byte {
	t.Helper()
	raw, err := l.Mail(deskAddress, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// plain returns a mail with the given header lines and body.
func plain(body string, header ...string) []byte {
	return []byte(strings.ReplaceAll(strings.Join(header, "\n")+"\n\n"+body, "\n", "\r\n"))
}
