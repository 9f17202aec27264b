// Package when reads by when an answer is wanted, and when the activity is to take
// place. It tells them apart by the words around a date and by what its sentence
// does, and both from the dates of letters, laws and sessions.
//
// Without a date that is plainly one or the other the field stays empty; two
// dates about as likely are a doubt.
package when

import (
	"io/fs"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/dates"
	"verbale/intake/reading/letter"
)

// A Reader reads for when a letter asks. It is read only and may be used by
// several goroutines at once.
type Reader struct {
	phrases *lexicon.Terms // times.yaml: what a date is for
}

// Load reads times.yaml. Its error says where the file is wrong.
func Load(files fs.FS) (*Reader, error) {
	terms, err := lexicon.LoadTerms(files, "times.yaml")
	if err != nil {
		return nil, err
	}
	return &Reader{terms}, nil
}

// A dating is one moment of a letter with what speaks for its being the day of
// the answer or the time of the activity.
type dating struct {
	dates.Moment
	source   *letter.Source
	sentence *letter.Sentence
	from, to intake.Date
	reply    float64
	activity float64
	deadline bool // "before", "не позднее" stands before it
	opens    bool // "from" stands before it: no end is stated with it
	closes   bool // "until" stands before it
}

// Scores from which a moment is taken for what it seems to be.
const (
	replyThreshold    = 1.2
	activityThreshold = 0.6
)

// Read fills in by when an answer is asked, and when the activity is to
// take place.
func (r *Reader) Read(l *letter.Letter, reading *intake.Reading) {
	var found []dating
	for _, s := range l.ByRank() {
		if s.Standing == letter.StandingAnnex {
			continue
		}
		found = append(found, r.datingsOf(s, l.Date)...)
	}
	readReplyBy(found, reading)
	readActivity(found, reading)
}

// datingsOf weighs every moment of a source's sentences.
func (r *Reader) datingsOf(s *letter.Source, base intake.Date) []dating {
	if len(s.Sentences) == 0 {
		return nil
	}
	roles := r.phrases.Find(s.Scan)
	var found []dating
	for i := range s.Sentences {
		x := &s.Sentences[i]
		c := contextOf(roles, x)
		for _, m := range s.Moments(x.Start, x.End, base) {
			from, to, ok := m.Resolve(base)
			if !ok {
				continue
			}
			d := dating{Moment: m, source: s, sentence: x, from: from, to: to}
			weighDating(&d, c, roles, base)
			found = append(found, d)
		}
	}
	return found
}

// A context is what the words of a sentence say about the dates in it.
type context struct{ reply, activity bool }

func contextOf(roles []lexicon.Hit, x *letter.Sentence) context {
	return context{reply: lexicon.Holds(roles, "reply", x.Start, x.End), activity: lexicon.Holds(roles, "activity", x.Start, x.End)}
}

// nearBytes bounds the stretch before and after a date in which words about it
// are looked for.
const nearBytes = 200

// nearWords is how many words before a date its preposition may stand.
const nearWords = 4

// weighDating scores a moment by the words before it, the words of its
// sentence, and what the role model makes of the sentence.
func weighDating(d *dating, c context, roles []lexicon.Hit, base intake.Date) {
	s, x := d.source, d.sentence
	before := func(id string) bool { return stands(d, roles, id) }
	d.deadline = before("deadline") || d.Length && before("within") || follows(d, roles, "deadline_after")
	single := !d.Joined && (d.from == d.to || d.Grain >= dates.GrainMonth)
	d.opens, d.closes = single && before("opens"), before("closes")
	if d.Length && !d.deadline {
		return
	}
	several := d.from != d.to
	old := x.Roles.Share("past_cooperation")
	if d.to.Before(base.AddDays(letterDays)) {
		old += x.Roles.Share("letter_date")
	}
	d.reply = pick(d.deadline, 1, 0) + pick(c.reply, 0.9, 0) + 2*x.Roles.Share("reply_deadline") - old -
		pick(several && d.Grain == dates.GrainDay, 1.5, 0) - pick(d.Grain >= dates.GrainSeason && d.Edge == dates.EdgeNone, 1, 0)
	d.activity = pick(several, 0.5, 0) + pick(d.opens, 0.2, 0) +
		pick(c.activity, 0.6, 0) + 1.5*x.Roles.Share("activity_dates") + x.Ask +
		pick(lexicon.Holds(s.Acts, "ask.help", x.Start, x.End), 0.3, 0) - pick(d.Grain == dates.GrainYear && !d.opens, 0.8, 0) -
		pick(d.Relative, 0.8, 0) - pick(d.Yearly, 0.4, 0) - pick(d.deadline, 0.8, 0) - pick(c.reply && d.deadline, 0.8, 0) -
		old - x.Roles.Share("mandate_or_law")
	if gap := otherNear(d, roles); gap <= 1 {
		d.reply, d.activity = d.reply-1.5, d.activity-2.5
	} else if gap <= nearWords {
		d.reply, d.activity = d.reply-0.8, d.activity-0.9
	}
	if d.deadline && !several && !d.closes {
		d.activity -= 1.5 // a day by which something is due is none on which it is done
	}
	if d.to.Before(base) || isPast(d, roles) {
		d.reply, d.activity = d.reply-3, d.activity-3
	}
}

// letterDays is how many days after the mail's own date a date may still be
// that of the letter, signed ahead or sent from another time zone.
const letterDays = 2

func pick(condition bool, yes, no float64) float64 {
	if condition {
		return yes
	}
	return no
}

// stands reports whether a phrase of a role ends within a few words before
// the moment, in the same sentence.
func stands(d *dating, roles []lexicon.Hit, id string) bool {
	for _, h := range lexicon.HitsIn(roles, max(d.sentence.Start, d.Start-nearBytes), d.Start) {
		if h.Has(id) && h.Token+h.N <= d.Token && d.Token-(h.Token+h.N) < gapFor(h) {
			return true
		}
	}
	return false
}

// follows reports whether a phrase of a role comes right after the moment.
func follows(d *dating, roles []lexicon.Hit, id string) bool {
	for _, h := range lexicon.HitsIn(roles, d.End, min(d.sentence.End, d.End+nearBytes)) {
		if h.Has(id) && h.Token <= d.Token+d.N+1 {
			return true
		}
	}
	return false
}

// gapFor returns how many words may stand between a preposition and the date:
// few after a short word, which may well go with something else.
func gapFor(h lexicon.Hit) int {
	if h.N == 1 && h.End-h.Start <= 6 {
		return 2
	}
	return nearWords
}

// otherNear returns how many words stand between the moment and the nearest
// word before it that gives a date to something else: a law, a session.
func otherNear(d *dating, roles []lexicon.Hit) int {
	nearest := nearWords + 1
	for _, h := range lexicon.HitsIn(roles, max(d.sentence.Start, d.Start-nearBytes), d.Start) {
		if gap := d.Token - (h.Token + h.N); h.Has("other") && gap >= 0 {
			nearest = min(nearest, gap)
		}
	}
	return nearest
}

// isPast reports whether "last" or the like stands directly before or after
// the moment: "last June", "en octobre dernier".
func isPast(d *dating, roles []lexicon.Hit) bool {
	for _, h := range lexicon.HitsIn(roles, d.Start-nearBytes, d.End+nearBytes) {
		if h.Has("past") && (h.Token+h.N == d.Token || h.Token == d.Token+d.N) {
			return true
		}
	}
	return false
}

// readReplyBy takes the best day for the answer; of two alike, the one of the
// letter proper.
func readReplyBy(found []dating, reading *intake.Reading) {
	var best *dating
	for i := range found {
		d := &found[i]
		if d.reply >= replyThreshold && d.reply > d.activity && (best == nil || d.reply > best.reply) {
			best = d
		}
	}
	if best == nil {
		return
	}
	by := best.to
	if best.Edge == dates.EdgeMiddle {
		by = intake.Date{Year: best.to.Year, Month: best.to.Month, Day: 15}
	}
	reading.Request.ReplyBy = by
	for i := range found {
		if d := &found[i]; d.to != best.to && d.reply >= replyThreshold && d.reply > best.reply-closeDate && d.reply > d.activity {
			reading.AddDoubt(intake.FieldReplyBy, "two days may be meant", by.String(), d.to.String())
			break
		}
	}
	reading.Evidence = append(reading.Evidence, best.source.Evidence(intake.FieldReplyBy, by.String(), best.Start, best.End))
}
