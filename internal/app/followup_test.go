package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"verbale/intake"
)

// zurich is the time zone of the office.
var zurich = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		panic(err)
	}
	return zone
}()

// deskAsOf returns a desk whose clock is stopped at the given time.
func deskAsOf(t *testing.T, at time.Time) *desk {
	k := newDesk(t)
	k.standStill(at)
	k.timing.WakePoll, k.timing.OutboxPoll = 20*time.Millisecond, 50*time.Millisecond
	return k
}

// followed has the letters that are followed up, one per language. Each asks for a seminar from
// 18 to 20 May.
var followed = map[string]string{
	"en": `Dear Sir or Madam,

The Ministry of Environment of the Republic of Moldova requests advisory services of UNECE on the
implementation of the Water Convention. We propose a mission to Chisinau from 18 to 20 May 2026.

Yours sincerely,
Maria Popescu
Head of Department
`,
	"fr": `Madame, Monsieur,

Le Ministère de l'environnement de la République de Moldova a l'honneur de solliciter les services consultatifs de la
CEE-ONU pour l'application de la Convention sur l'eau. Nous proposons une mission à Chisinau du 18 au 20 mai 2026.

Veuillez agréer l'expression de ma haute considération.
Maria Popescu
Chef de département
`,
	"ru": `Уважаемые господа,

Министерство окружающей среды Республики Молдова просит ЕЭК ООН оказать консультативные услуги по осуществлению
Конвенции по трансграничным водам. Предлагаем провести миссию в Кишиневе с 18 по 20 мая 2026 года.

С уважением,
Мария Попеску
Начальник управления
`,
}

// TestALetterIsFollowedUpToItsResults simulates the three months after a letter, with a real
// mailbox, store and mail server.
func TestALetterIsFollowedUpToItsResults(t *testing.T) {
	t.Parallel()
	for lang, letter := range followed {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			begin := time.Date(2026, time.March, 10, 10, 0, 0, 0, zurich)
			k := deskAsOf(t, begin.Add(-time.Hour))
			s := k.serve()
			s.forwardTo(begin)
			k.deliverTo("INBOX", plain(letter,
				"From: Maria Popescu <m.popescu@mediu.example>", "To: <"+deskAddress+">", "Subject: Water",
				"Message-ID: <letter@mediu.example>", "Content-Type: text/plain; charset=utf-8", "Date: "+begin.Format(time.RFC1123Z)), begin)
			s.settled(1)
			f := &followedRequest{service: s, reference: k.onlyReference(s)}

			f.want("on arrival", "acknowledge requester", "assign ra-environment", "inform environment")
			f.advanceTo(begin.AddDate(0, 0, 1))
			f.want("the next day", "remind ra-environment")
			f.answers("ra-environment@unece.example", "Accept\n")
			f.advanceTo(begin.AddDate(0, 0, 8))
			f.want("what was done, and half-way to the answer", "inform ra-environment", "remind ra-environment")
			f.answers("ra-environment@unece.example", "We shall be glad to come.\n", "m.popescu@mediu.example")
			if rec := f.record(); rec.Status != intake.StatusAnswered {
				t.Fatalf("the record is %s", rec.Status)
			}
			f.advanceTo(time.Date(2026, time.May, 29, 10, 0, 0, 0, zurich))
			f.want("while nothing is due")
			f.advanceTo(time.Date(2026, time.May, 29, 18, 0, 0, 0, zurich)) // the fifth working day after the mission
			f.want("when the outcome is due", "remind ra-environment")
		})
	}
}

// A followedRequest is a request followed up in simulated time.
type followedRequest struct {
	*service
	reference string
	seen      int
	uids      int
}

// onlyReference returns the reference of the only record.
func (k *desk) onlyReference(s *service) string {
	k.t.Helper()
	all := records(k.t, s)
	if len(all) != 1 {
		k.t.Fatalf("%d records, want one", len(all))
	}
	return all[0].Reference
}

func (f *followedRequest) record() *intake.Record {
	f.t.Helper()
	rec, err := f.server.Store().Load(f.t.Context(), f.reference)
	if err != nil {
		f.t.Fatal(err)
	}
	return rec
}

// advanceTo advances the clock to a time. It stops at each wake-up until its mails have been sent.
func (f *followedRequest) advanceTo(end time.Time) {
	f.t.Helper()
	f.allSent()
	for {
		next := f.record().FollowUp.Next.At
		if next.IsZero() || next.After(end) {
			break
		}
		f.forwardTo(next)
		f.await("the wake-up of "+next.String(), func() bool { return !f.record().FollowUp.Next.At.Equal(next) })
		f.allSent()
	}
	f.forwardTo(end)
	f.allSent()
}

func (f *followedRequest) allSent() {
	f.t.Helper()
	f.await("all mail sent", func() bool {
		waiting, err := f.server.Store().Waiting(f.t.Context())
		return err == nil && waiting == 0
	})
}

// want compares the mails about the record that were sent since the last call, each given as its
// kind and the local part of the colleague's address. Digests are ignored.
func (f *followedRequest) want(when string, want ...string) {
	f.t.Helper()
	var got []string
	f.await(fmt.Sprintf("%d mails %s", len(want), when), func() bool {
		got = nil
		for _, m := range f.sent()[f.seen:] {
			kind, _, _ := strings.Cut(m.MessageID, ".")
			if kind == "digest" {
				continue
			}
			local, domain, _ := strings.Cut(m.to(), "@")
			if domain != "unece.example" {
				local = "requester"
			}
			got = append(got, kind+" "+local)
		}
		return len(got) >= len(want)
	})
	f.seen = len(f.sent())
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		f.t.Errorf("%s went out %q, want %q", when, got, want)
	}
}

// answers delivers a colleague's answer to the last mail they received. It is addressed to the
// desk, or to the requester with the desk in Cc.
func (f *followedRequest) answers(from, text string, to ...string) {
	f.t.Helper()
	var last sent
	for _, m := range f.sent() {
		if m.to() == from && strings.HasPrefix(m.MessageID, "assign.") {
			last = m
		}
	}
	recipients := "<" + deskAddress + ">"
	copied := ""
	if len(to) > 0 {
		recipients, copied = "<"+to[0]+">", "Cc: <"+deskAddress+">\n"
	}
	f.uids++
	before := f.record().Revision
	now := f.clock.now()
	f.deliverTo("INBOX", plain(text, strings.TrimSuffix(copied+"From: <"+from+">", "\n"), "To: "+recipients, "Subject: Re: "+last.Subject,
		fmt.Sprintf("Message-ID: <answer-%d@unece.example>", f.uids), "In-Reply-To: <"+last.MessageID+">",
		"Date: "+now.Format(time.RFC1123Z)), now)
	f.await("the answer to be noted", func() bool { return f.record().Revision > before })
}

// TestTwoProcessesRemindOnce has two processes share a store. Ten wake-ups are due at the same
// time, and one of the processes ends meanwhile. Each reminder must be sent once.
func TestTwoProcessesRemindOnce(t *testing.T) {
	t.Parallel()
	const letters = 10 // the limit of reminders to one colleague at a time
	begin := time.Date(2026, time.March, 10, 10, 0, 0, 0, zurich)
	k := deskAsOf(t, begin.Add(-time.Hour))
	first := k.serve()
	second := k.start()
	first.forwardTo(begin)
	for n := range letters {
		k.deliverTo("INBOX", request(n), begin)
	}
	first.settled(letters)
	first.forwardTo(begin.AddDate(0, 0, 1))
	k.await("the first reminder", func() bool { return len(k.reminders()) > 0 })
	first.stop()
	second.forward(3 * time.Minute) // wake-ups claimed by the first become due again when their lease ends
	k.await("all reminders", func() bool {
		waiting, err := second.server.Store().Waiting(t.Context())
		return err == nil && waiting == 0 && len(k.reminders()) >= letters
	})
	for id, copies := range k.reminders() {
		if copies != 1 {
			t.Errorf("%s went out %d times", id, copies)
		}
	}
	for _, rec := range records(t, second) {
		if len(rec.FollowUp.Ledger) != 1 {
			t.Errorf("the ledger of %s is %+v", rec.Reference, rec.FollowUp.Ledger)
		}
	}
}

// reminders counts the reminders sent, by Message-ID.
func (k *desk) reminders() map[string]int {
	all := map[string]int{}
	for _, m := range k.sent() {
		if strings.HasPrefix(m.MessageID, "remind.") {
			all[m.MessageID]++
		}
	}
	return all
}
