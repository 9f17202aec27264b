package chaos

import (
	"bytes"
	"embed"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"text/template"
	"time"
)

//go:embed letters
var letters embed.FS

var forms = template.Must(template.ParseFS(letters, "letters/*.eml"))

// A sort is what a letter is meant to be.
type sort string

const (
	aRequest  sort = "request"
	aFollowUp sort = "follow-up"
	anAuto    sort = "auto-reply"
	aSpam     sort = "spam"
)

// A letter is a mail to the desk.
type letter struct {
	sort  sort
	form  string // name of its template
	mark  string // unique word by which it is recognised
	from  string
	twice bool // it is delivered twice
	nth   int  // selects its topic and its country
}

func (l letter) messageID() string { return l.mark + "@" + hostOf(l.from) }

func hostOf(address string) string {
	_, host, _ := strings.Cut(address, "@")
	return host
}

// Letters on one topic for one country would be held as possible copies of one request.
// The lists have lengths without a common factor, so that hundreds of letters differ.
var (
	topics = []struct{ topic, ministry string }{
		{"water management", "Environment"}, {"road safety", "Transport"}, {"energy efficiency", "Energy"}, {"national accounts", "Economy"},
		{"trade facilitation", "Trade"}, {"public-private partnerships", "Finance"}, {"forest inventory", "Forestry"}, {"housing policy", "Housing"},
		{"industrial accidents", "Emergency Situations"}, {"air pollution", "Health"}, {"vehicle regulations", "Industry"}, {"agricultural quality standards", "Agriculture"},
		{"population census", "Statistics"},
	}
	countries = []string{
		"Georgia", "Armenia", "Uzbekistan", "Tajikistan", "Kazakhstan", "Azerbaijan", "Turkmenistan", "Serbia", "Montenegro",
		"Albania", "North Macedonia", "Belarus", "Ukraine", "Bosnia and Herzegovina", "Mongolia", "Kenya", "Morocco",
	}
	countriesFR = []string{
		"de la République de Moldova", "du Kirghizistan", "de la Géorgie", "du Kazakhstan", "du Tadjikistan", "de la Serbie", "du Maroc",
		"de la Tunisie", "du Sénégal", "du Bénin", "du Cameroun",
	}
	countriesRU = []string{
		"Кыргызской Республики", "Республики Таджикистан", "Республики Узбекистан", "Республики Казахстан", "Республики Армения",
		"Республики Беларусь", "Туркменистана", "Монголии", "Грузии", "Украины", "Азербайджанской Республики", "Республики Молдова", "Сербии",
	}
)

// draw draws the nth letter. The shares of the sorts are those of a busy desk, except that
// one ministry writes so often that its acknowledgements are combined.
func draw(random *rand.Rand, n int) letter {
	l := letter{mark: fmt.Sprintf("mail-%d", n), twice: random.IntN(12) == 0, nth: n}
	l.from = fmt.Sprintf("official%d@ministry%d.example", n, n)
	switch at := random.IntN(100); {
	case at < 55:
		l.sort, l.form = aRequest, []string{"request-en", "request-fr", "request-ru"}[random.IntN(3)]
	case at < 70:
		l.sort, l.form, l.from = aRequest, "request-en", "secretariat@ministry.example"
	case at < 82:
		l.sort, l.form = aFollowUp, "follow-up"
	case at < 92:
		l.sort, l.form = anAuto, "auto-reply"
	default:
		l.sort, l.form = aSpam, "spam"
	}
	return l
}

// write composes the mail. answers is the mail of the bot that a follow-up answers, nil
// for all others.
func (l letter) write(now time.Time, answers *Received) ([]byte, error) {
	t := topics[l.nth%len(topics)]
	values := map[string]string{
		"Name": "Maria Popescu", "From": l.from, "Host": hostOf(l.from), "Mark": l.mark, "Date": now.Format(time.RFC1123Z),
		"Topic": t.topic, "Ministry": t.ministry, "Country": countries[l.nth%len(countries)],
		"CountryFR": countriesFR[l.nth%len(countriesFR)], "CountryRU": countriesRU[l.nth%len(countriesRU)],
	}
	if answers != nil {
		values["Answers"], values["Subject"] = answers.ID, answers.Subject
	}
	var out bytes.Buffer
	if err := forms.ExecuteTemplate(&out, l.form+".eml", values); err != nil {
		return nil, fmt.Errorf("write %s: %w", l.mark, err)
	}
	return bytes.ReplaceAll(out.Bytes(), []byte("\n"), []byte("\r\n")), nil
}

// A postbag is what was delivered to the desk so far.
type postbag struct {
	mu      sync.Mutex
	letters []letter
	mails   int // copies included
}

func (p *postbag) add(l letter, copies int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.letters = append(p.letters, l)
	p.mails += copies
}

// twice counts the letters that were delivered twice.
func (p *postbag) twice() (n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, l := range p.letters {
		if l.twice {
			n++
		}
	}
	return n
}

// deliver puts a letter into the desk's mailbox. A follow-up answers an acknowledgement
// that has gone out; as long as there is none, follow-ups are left out.
func (r *run) deliver(l letter, random *rand.Rand) error {
	var answers *Received
	if l.sort == aFollowUp {
		if answers = r.someAcknowledgement(random); answers == nil {
			return nil
		}
		l.from = answers.To
	}
	raw, err := l.write(time.Now(), answers)
	if err != nil {
		return err
	}
	copies := 1
	if l.twice {
		copies = 2
	}
	for range copies {
		if err := r.env.imap.Deliver(deskUser, raw); err != nil {
			return err
		}
	}
	r.bag.add(l, copies)
	return nil
}

// someAcknowledgement draws one of the acknowledgements that ministries have received, nil
// if there is none.
func (r *run) someAcknowledgement(random *rand.Rand) *Received {
	var got []Received
	for _, m := range outgoing(r.env.smtp) {
		if m.Acknowledges && strings.HasPrefix(hostOf(m.To), "ministry") {
			got = append(got, m)
		}
	}
	if len(got) == 0 {
		return nil
	}
	return &got[random.IntN(len(got))]
}
