// Package when determines by when an answer is wanted and when the activity is to take place.
// It distinguishes them by the words around a date and by the role of its sentence, and both
// from the dates of letters, laws and sessions.
//
// Without a date that is clearly one or the other, the field stays empty; two dates with
// similar scores are a doubt.
package when

import (
	"errors"
	"io/fs"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/dates"
	"verbale/intake/reading/letter"
)

// A Reader determines the dates of a request. It is read-only and safe for concurrent use.
type Reader struct {
	phrases *lexicon.Terms // times.yaml: what a date is for
	weights weights
}

// Load reads times.yaml and dating.yaml. An error names every invalid file.
func Load(files fs.FS) (*Reader, error) {
	terms, noPhrases := lexicon.LoadTerms(files, "times.yaml")
	weights, noWeights := loadWeights(files)
	if err := errors.Join(noPhrases, noWeights); err != nil {
		return nil, err
	}
	return &Reader{terms, weights}, nil
}

// A dating is a date in a letter with the features that indicate whether it is the date of the
// reply or of the activity.
type dating struct {
	dates.Moment
	source   *letter.Source
	sentence *letter.Sentence
	from, to intake.Date

	deadline   bool // "before", "не позднее" precedes it
	opens      bool // "from" precedes it, without an end
	loosely    bool // "any time from" precedes it: the start may be later
	closes     bool // "until" precedes it
	ofReply    bool // its sentence mentions a reply
	ofActivity bool // its sentence mentions the activity
	then       bool // "by then" makes it the date of the reply, or it is counted back from another date
	due        bool // it is the due date of the activity rather than its start
	except     bool // it does not suit the writers, or they will send something on it
	reason     bool // it is part of the reason for the request
	event      bool // its sentence is about an event that takes place anyway
	mandated   bool // it is a deadline that others set for the writers
	aside      bool // "before" or "because" separates it from the previous date of the sentence
	row        bool // its sentence is a row of a table
	alone      bool // its sentence consists of little else
	rolled     bool // its month was recent and named without a year, so it was resolved to next year
	restated   bool // a more exact date right after it, or a new one, supersedes it

	reply, activity         float64 // scores as date of the reply and of the activity
	mayReply, mayBeActivity bool    // the scores reach their thresholds
}

// Read sets the reply deadline and the dates of the activity.
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

// datingsOf scores every date in a source's sentences.
func (r *Reader) datingsOf(s *letter.Source, base intake.Date) []dating {
	if len(s.Sentences) == 0 {
		return nil
	}
	phrases := r.phrases.Find(s.Scan)
	var found []dating
	for i := range s.Sentences {
		x := &s.Sentences[i]
		for _, m := range s.Moments(x.Start, x.End, base) {
			from, to, ok := m.Resolve(base)
			if !ok {
				continue
			}
			d := dating{Moment: m, source: s, sentence: x, from: from, to: to}
			d.describe(phrases)
			if n := len(found); n == 0 || !d.repeats(&found[n-1]) {
				found = append(found, d)
			}
		}
	}
	answerThen(found, s, phrases)
	closeOpened(found)
	leaveReplaced(found, phrases)
	leaveMoved(found, phrases)
	countBack(found, phrases)
	sharpen(found, phrases)
	sumUp(found, phrases)
	setAside(found, phrases)
	for i := range found {
		found[i].rolled = found[i].wasRecent(base)
		r.weights.weigh(&found[i], phrases, base)
	}
	leaveAnswerToDeadline(found)
	return found
}

// nearBytes is the distance in bytes before and after a date within which words about it are
// looked for.
const nearBytes = 200

// nearWords is the maximum number of words between a preposition and its date.
const nearWords = 4

// describe sets the features of a date from the words before it and in its sentence.
func (d *dating) describe(phrases []lexicon.Hit) {
	x := d.sentence
	single := !d.Joined && (d.from == d.to || d.Grain >= dates.GrainMonth)
	d.deadline = d.Within || stands(d, phrases, "deadline") || d.Length && stands(d, phrases, "within") || follows(d, phrases, "deadline_after") || directly(d, phrases, "answer_on") || directly(d, phrases, "deadline_directly")
	d.closes = stands(d, phrases, "closes")
	d.opens = single && stands(d, phrases, "opens") && !stands(d, phrases, "not_opens")
	d.loosely = stands(d, phrases, "loosely")
	d.ofReply = lexicon.Holds(phrases, "reply", x.Start, x.End) || lexicon.Holds(phrases, "answer_on", x.Start, x.End)
	d.ofActivity = lexicon.Holds(phrases, "activity", x.Start, x.End)
	d.except = stands(d, phrases, "except") || follows(d, phrases, "except_after") || stands(d, phrases, "announced")
	d.reason = lexicon.Holds(phrases, "reason", x.Start, d.Start) || lexicon.Holds(phrases, "therefore", d.End, x.End)
	d.due = !d.reason && d.isDue(phrases)
	d.event = lexicon.Holds(phrases, "event", x.Start, x.Start+1) && !lexicon.Holds(phrases, "therefore", x.Start, d.Start)
	d.mandated = d.deadline && !d.ofReply && lexicon.Holds(phrases, "mandate", x.Start, d.Start)
	d.row = letter.IsTableRow(d.source.Text[x.Start:x.End])
	d.restated = d.row && lexicon.Holds(phrases, "declined", x.Start, x.End)
	d.alone = 2*(d.End-d.Start) > x.End-x.Start
	strictly := d.deadline && stands(d, phrases, "strictly")
	d.except = d.except || strictly && d.Yearly // "before the summer" is not a specific day
	if strictly && d.Grain >= dates.GrainMonth && d.Edge == dates.EdgeNone && !d.Joined {
		d.to = d.from.AddDays(-1)
		d.from = d.to // "before May"
	}
}

// isDue reports whether the activity is to be completed by the date: the sentence says so, or
// is only about the activity, or "finished" precedes a day or the end of a month.
func (d *dating) isDue(phrases []lexicon.Hit) bool {
	x := d.sentence
	if d.ofReply || d.Length || d.Joined || d.several() && d.Grain == dates.GrainDay {
		return false
	}
	if !d.deadline {
		return (d.Edge == dates.EdgeEnd || !d.several()) && stands(d, phrases, "finished")
	}
	return lexicon.Holds(phrases, "done", x.Start, x.End) || d.ofActivity && x.Roles.Share("activity_dates") > x.Roles.Share("reply_deadline")
}

// several reports whether the date covers more than one day.
func (d *dating) several() bool { return d.from != d.to }

// age returns the probability that the sentence is about the past or about the letter's own
// date.
func (d *dating) age(base intake.Date) float64 {
	roles := d.sentence.Roles
	if d.to.Before(base.AddDays(letterDays)) {
		return roles.Share("past_cooperation") + roles.Share("letter_date")
	}
	return roles.Share("past_cooperation")
}

// letterDays is how many days after the message date a date may still be the letter's own,
// because the letter was signed ahead or sent from another time zone.
const letterDays = 2

// stands reports whether a phrase with the given id ends within a few words before the date,
// in the same sentence.
func stands(d *dating, phrases []lexicon.Hit, id string) bool {
	for _, h := range lexicon.HitsIn(phrases, max(d.sentence.Start, d.Start-nearBytes), d.Start) {
		if h.Has(id) && h.Token+h.N <= d.Token && d.Token-(h.Token+h.N) < gapFor(h) {
			return true
		}
	}
	return false
}

// directly reports whether a phrase with the given id ends directly before the date or its
// article.
func directly(d *dating, phrases []lexicon.Hit, id string) bool {
	for _, h := range lexicon.HitsIn(phrases, max(d.sentence.Start, d.Start-nearBytes), d.Start) {
		if h.Has(id) && d.Token-(h.Token+h.N) <= 1 {
			return true
		}
	}
	return false
}

// follows reports whether a phrase with the given id directly follows the date.
func follows(d *dating, phrases []lexicon.Hit, id string) bool {
	for _, h := range lexicon.HitsIn(phrases, d.End, min(d.sentence.End, d.End+nearBytes)) {
		if h.Has(id) && h.Token <= d.Token+d.N+1 {
			return true
		}
	}
	return false
}

// gapFor returns the maximum number of words between a preposition and its date; fewer for a
// short word, which may belong to something else.
func gapFor(h lexicon.Hit) int {
	if h.N == 1 && h.End-h.Start <= 6 {
		return 2
	}
	return nearWords
}

// otherNear returns the number of words between the date and the nearest word before it that
// ties the date to something else, such as a law or a session.
func otherNear(d *dating, phrases []lexicon.Hit) int {
	nearest := nearWords + 1
	before := lexicon.HitsIn(phrases, max(d.sentence.Start, d.Start-nearBytes), d.Start)
	at, inside := d.Token, false
	for _, h := range before {
		if h.Has("deadline") && d.deadline {
			at = h.Token // "to be tabled no later than 30 April"
		}
		// "help with the strategy in the fourth quarter"
		inside = inside || h.Has("inside") && h.Token+h.N == d.Token && d.sentence.Ask >= asksOutright
	}
	for _, h := range before {
		gap := at - (h.Token + h.N)
		if happens := h.Has("happening") && (h.N > 1 || gap <= 1); gap >= 0 && (happens || h.Has("other") && !inside) {
			nearest = min(nearest, gap)
		}
	}
	return nearest
}

// isPast reports whether "last" or a similar word is next to the date, or the date is that of
// an incident: "last June", "en octobre dernier", "two tanks exploded in May".
func isPast(d *dating, phrases []lexicon.Hit) bool {
	if stands(d, phrases, "befell") {
		return true
	}
	for _, h := range lexicon.HitsIn(phrases, d.Start-nearBytes, d.End+nearBytes) {
		if h.Has("past") && (h.Token+h.N == d.Token || h.Token == d.Token+d.N) {
			return true
		}
	}
	return false
}

// readReplyBy sets the reply deadline to the best date; if two score the same, the one in the
// letter itself wins.
func readReplyBy(found []dating, reading *intake.Reading) {
	var best *dating
	for i := range found {
		d := &found[i]
		if d.mayReply && d.reply > d.activity && (best == nil || d.reply > best.reply) {
			best = d
		}
	}
	if best == nil {
		return
	}
	by := best.By(best.to)
	reading.Request.ReplyBy = by
	doubtDay(intake.FieldReplyBy, best, by, reading)
	for i := range found {
		if d := &found[i]; d.to != best.to && d.mayReply && d.reply > best.reply-closeDate && d.reply > d.activity {
			reading.AddDoubt(intake.FieldReplyBy, intake.Remark{ID: "doubt.two_days"}, by.String(), d.to.String())
			break
		}
	}
	reading.Evidence = append(reading.Evidence, best.source.Evidence(intake.FieldReplyBy, by.String(), best.Start, best.End))
}

// doubtDay adds a doubt if a date names a day that its month does not have.
func doubtDay(f intake.Field, d *dating, taken intake.Date, reading *intake.Reading) {
	if d.NoSuchDay {
		reading.AddDoubt(f, intake.Remark{ID: "doubt.no_such_day"}, taken.String())
	}
}
