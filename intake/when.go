package intake

import (
	"verbale/intake/lexicon"
)

// A dating is one moment of a letter with what speaks for its being the day of
// the answer or the time of the activity.
type dating struct {
	moment
	source   *source
	sentence *sentence
	from, to Date
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

// readWhen fills in by when an answer is asked, and when the activity is to
// take place.
func (r *Reader) readWhen(l letter, reading *Reading) {
	var found []dating
	for _, i := range l.byRank() {
		s := &l.sources[i]
		if s.standing == standingAnnex {
			continue
		}
		found = append(found, r.wording.datingsOf(s, l.date)...)
	}
	readReplyBy(found, reading)
	r.readActivity(found, reading)
}

// byRank lists the sources in the order in which they are believed: the
// letter, the subject, covers, annexes.
func (l *letter) byRank() []int {
	order := []int{l.main}
	for _, standing := range []standing{standingSubject, standingCover, standingAnnex} {
		for i := range l.sources {
			if i != l.main && l.sources[i].standing == standing {
				order = append(order, i)
			}
		}
	}
	return order
}

// datingsOf weighs every moment of a source's sentences.
func (w *Wording) datingsOf(s *source, base Date) []dating {
	if len(s.sentences) == 0 {
		return nil
	}
	roles := w.times.Find(s.scan)
	var found []dating
	for i := range s.sentences {
		x := &s.sentences[i]
		c := contextOf(roles, x)
		for _, m := range w.dates.momentsIn(s, x.start, x.end, base) {
			from, to, ok := m.resolve(base)
			if !ok {
				continue
			}
			d := dating{moment: m, source: s, sentence: x, from: from, to: to}
			w.weighDating(&d, c, roles, base)
			found = append(found, d)
		}
	}
	return found
}

// A context is what the words of a sentence say about the dates in it.
type context struct{ reply, activity bool }

func contextOf(roles []lexicon.Hit, x *sentence) context {
	return context{reply: holds(roles, "reply", x.start, x.end), activity: holds(roles, "activity", x.start, x.end)}
}

// nearBytes bounds the stretch before and after a date in which words about it
// are looked for.
const nearBytes = 200

// nearWords is how many words before a date its preposition may stand.
const nearWords = 4

// weighDating scores a moment by the words before it, the words of its
// sentence, and what the role model makes of the sentence.
func (w *Wording) weighDating(d *dating, c context, roles []lexicon.Hit, base Date) {
	s, x := d.source, d.sentence
	before := func(id string) bool { return w.stands(d, roles, id) }
	d.deadline = before("deadline") || d.length && before("within") || follows(d, roles, "deadline_after")
	single := !d.joined && (d.from == d.to || d.grain >= grainMonth)
	d.opens, d.closes = single && before("opens"), before("closes")
	if d.length && !d.deadline {
		return
	}
	several := d.from != d.to
	old := w.roleShare(*x, "past_cooperation")
	if d.to.Before(base.AddDays(letterDays)) {
		old += w.roleShare(*x, "letter_date")
	}
	d.reply = pick(d.deadline, 1, 0) + pick(c.reply, 0.9, 0) + 2*w.roleShare(*x, "reply_deadline") - old -
		pick(several && d.grain == grainDay, 1.5, 0) - pick(d.grain >= grainSeason && d.edge == edgeNone, 1, 0)
	d.activity = pick(several, 0.5, 0) + pick(d.opens, 0.2, 0) +
		pick(c.activity, 0.6, 0) + 1.5*w.roleShare(*x, "activity_dates") + x.ask +
		pick(holds(s.acts, "ask.help", x.start, x.end), 0.3, 0) - pick(d.grain == grainYear && !d.opens, 0.8, 0) -
		pick(d.relative, 0.8, 0) - pick(d.yearly, 0.4, 0) - pick(d.deadline, 0.8, 0) - pick(c.reply && d.deadline, 0.8, 0) -
		old - w.roleShare(*x, "mandate_or_law")
	if gap := w.otherNear(d, roles); gap <= 1 {
		d.reply, d.activity = d.reply-1.5, d.activity-2.5
	} else if gap <= nearWords {
		d.reply, d.activity = d.reply-0.8, d.activity-0.9
	}
	if d.deadline && !several && !d.closes {
		d.activity -= 1.5 // a day by which something is due is none on which it is done
	}
	if d.to.Before(base) || w.isPast(d, roles) {
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
func (w *Wording) stands(d *dating, roles []lexicon.Hit, id string) bool {
	for _, h := range hitsWithin(roles, max(d.sentence.start, d.start-nearBytes), d.start) {
		if h.Has(id) && h.Token+h.N <= d.token && d.token-(h.Token+h.N) < w.gapFor(d, h) {
			return true
		}
	}
	return false
}

// follows reports whether a phrase of a role comes right after the moment.
func follows(d *dating, roles []lexicon.Hit, id string) bool {
	for _, h := range hitsWithin(roles, d.end, min(d.sentence.end, d.end+nearBytes)) {
		if h.Has(id) && h.Token <= d.token+d.n+1 {
			return true
		}
	}
	return false
}

// gapFor returns how many words may stand between a preposition and the date:
// few after a short word, which may well go with something else.
func (w *Wording) gapFor(d *dating, h lexicon.Hit) int {
	if h.N == 1 && h.End-h.Start <= 6 {
		return 2
	}
	return nearWords
}

// otherNear returns how many words stand between the moment and the nearest
// word before it that gives a date to something else: a law, a session.
func (w *Wording) otherNear(d *dating, roles []lexicon.Hit) int {
	nearest := nearWords + 1
	for _, h := range hitsWithin(roles, max(d.sentence.start, d.start-nearBytes), d.start) {
		if gap := d.token - (h.Token + h.N); h.Has("other") && gap >= 0 {
			nearest = min(nearest, gap)
		}
	}
	return nearest
}

// isPast reports whether "last" or the like stands directly before or after
// the moment: "last June", "en octobre dernier".
func (w *Wording) isPast(d *dating, roles []lexicon.Hit) bool {
	for _, h := range hitsWithin(roles, d.start-nearBytes, d.end+nearBytes) {
		if h.Has("past") && (h.Token+h.N == d.token || h.Token == d.token+d.n) {
			return true
		}
	}
	return false
}

// readReplyBy takes the best day for the answer; of two alike, the one of the
// letter proper.
func readReplyBy(found []dating, reading *Reading) {
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
	if best.edge == edgeMiddle {
		by = Date{best.to.Year, best.to.Month, 15}
	}
	reading.Request.ReplyBy = by
	for i := range found {
		if d := &found[i]; d.to != best.to && d.reply >= replyThreshold && d.reply > best.reply-closeDate && d.reply > d.activity {
			reading.doubt(FieldReplyBy, "two days may be meant", by.String(), d.to.String())
			break
		}
	}
	reading.Evidence = append(reading.Evidence, best.source.evidence(FieldReplyBy, by.String(), best.start, best.end))
}
