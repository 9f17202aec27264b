package when

import (
	"slices"
	"sort"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/dates"
	"verbale/intake/reading/letter"
)

// thenReach is the maximum distance in bytes from a date to the words, such as "by then", that
// refer back to it.
const thenReach = 400

// answerThen makes a date the deadline of the reply if a later sentence asks for a reply "by
// then": "The board meets on 3 June; we need your answer by then."
func answerThen(found []dating, s *letter.Source, phrases []lexicon.Hit) {
	for _, h := range phrases {
		at := s.SentenceAt(h.Start)
		if !h.Has("then") || at < 0 || countsBack(found, h) {
			continue
		}
		x := &s.Sentences[at]
		if !lexicon.Holds(phrases, "reply", x.Start, x.End) {
			continue
		}
		if d := lastBefore(found, h.Start); d != nil {
			d.sentence, d.deadline, d.ofReply, d.ofActivity, d.then = x, true, true, false, true
		}
	}
}

// lastBefore returns the last single day named shortly before an offset; nil if there is none.
func lastBefore(found []dating, offset int) *dating {
	next := sort.Search(len(found), func(i int) bool { return found[i].End > offset })
	for i := next - 1; i >= 0 && offset-found[i].End < thenReach; i-- {
		if d := &found[i]; d.Grain == dates.GrainDay && !d.Length && d.from == d.to {
			return d
		}
	}
	return nil
}

// leaveAnswerToDeadline rules out the other dates in a sentence with a reply deadline as the
// date of the reply: "we propose 14 to 18 May, and ask for your answer before April". A longer
// period before the deadline that contains it only makes the deadline precise ("in April, by
// the 20th"), so it is ruled out as the time of the activity too.
func leaveAnswerToDeadline(found []dating) {
	due := map[*letter.Sentence]*dating{}
	for i := range found {
		if d := &found[i]; d.deadline && d.ofReply && d.mayReply {
			due[d.sentence] = d
		}
	}
	for i := range found {
		d := &found[i]
		answer := due[d.sentence]
		if d.deadline || answer == nil {
			continue
		}
		d.reply, d.mayReply = 0, false
		if d.Token < answer.Token && !answer.from.Before(d.from) && !d.to.Before(answer.to) {
			d.activity, d.mayBeActivity = 0, false
		}
	}
}

// repeats reports whether a date directly follows another date and only restates it: "by
// Friday next week (20 March)".
func (d *dating) repeats(before *dating) bool {
	return d.sentence == before.sentence && d.from == d.to && d.from == before.from && d.to == before.to && d.Token-(before.Token+before.N) <= 1
}

// closeOpened makes a deadline the end of the activity if the sentence also names the start
// and does not mention a reply: "not before 15 May and no later than 15 June".
func closeOpened(found []dating) {
	var opening *dating
	for i := range found {
		d := &found[i]
		switch {
		case d.opens:
			opening = d
		case opening != nil && d.sentence == opening.sentence && d.deadline && !d.ofReply && !d.Length && opening.to.Before(d.from):
			d.deadline, d.closes = false, true
		}
	}
}

// recentDays is the maximum number of days since a month or day named without a year for it to
// count as recent; the writer of the letter then probably does not mean next year's.
const recentDays = 200

// wasRecent reports whether a month or day without a year was recent and has been resolved to
// next year, although its sentence requests nothing that would make next year plausible.
func (d *dating) wasRecent(base intake.Date) bool {
	return d.YearOpen() && d.sentence.Ask < asksOutright && !d.deadline &&
		base.AddDays(daysOfYear-recentDays).Before(d.from)
}

const daysOfYear = 365

// setAside marks dates that are in a separate clause after another date of the same sentence:
// "in June, before the season opens on 1 July", "in May, because on 3 June the draft goes to
// the Cabinet".
func setAside(found []dating, phrases []lexicon.Hit) {
	for i := 1; i < len(found); i++ {
		d, before := &found[i], &found[i-1]
		d.aside = d.sentence == before.sentence && lexicon.Holds(phrases, "clause", before.End, d.Start)
	}
}

// exactWords is the maximum number of words between a vague date and the exact day.
const exactWords = 5

// sharpen makes an exact day supersede a vaguer date right before it: "by the end of February,
// more exactly the 27th", "within a month, by 2 December".
func sharpen(found []dating, phrases []lexicon.Hit) {
	for i := 1; i < len(found); i++ {
		d, vague := &found[i], &found[i-1]
		if d.sentence != vague.sentence || d.Length || d.several() || !vague.isVague() || d.Token-(vague.Token+vague.N) > exactWords {
			continue
		}
		if lexicon.Holds(phrases, "exactly", vague.End, d.Start) || vague.deadline && lexicon.Holds(phrases, "deadline", vague.End, d.Start) {
			d.deadline, vague.restated = d.deadline || vague.deadline, true
		}
	}
}

// sumUp makes a range directly after a phrase such as "that is" supersede the earlier dates of
// its sentence within it: "a mission in March and the text before the end of the year, that is
// from March to December".
func sumUp(found []dating, phrases []lexicon.Hit) {
	for i := range found {
		d := &found[i]
		if !d.Joined || !directly(d, phrases, "exactly") {
			continue
		}
		for j := i - 1; j >= 0 && found[j].sentence == d.sentence; j-- {
			if earlier := &found[j]; !earlier.from.Before(d.from) && !d.to.Before(earlier.to) {
				earlier.restated = true
			}
		}
	}
}

// isVague reports whether a date is given as a length of time, or is longer than a day without
// being a range of stated days.
func (d *dating) isVague() bool {
	return d.Length || d.several() && d.Grain > dates.GrainDay && !d.Joined
}

// leaveReplaced rules out a date that is to be replaced by another: "instead of 9-11 February,
// 23-25 March".
func leaveReplaced(found []dating, phrases []lexicon.Hit) {
	for i := range found {
		d := &found[i]
		second := i > 0 && found[i-1].sentence == d.sentence && found[i-1].restated
		d.restated = d.restated || !second && stands(d, phrases, "replaced")
	}
}

// leaveMoved rules out the date from which an activity is moved to another: "to move the
// workshop from 9-11 September to 23-25 October". If both were joined into one range, its end
// is the new date.
func leaveMoved(found []dating, phrases []lexicon.Hit) {
	for i := range found {
		d := &found[i]
		if !directly(d, phrases, "moved_from") || !lexicon.Holds(phrases, "moves", d.sentence.Start, d.Start) {
			continue
		}
		switch {
		case i+1 < len(found) && found[i+1].sentence == d.sentence:
			d.restated = true
		case d.Joined && d.Grain == dates.GrainDay:
			d.from = d.to
		case d.Joined && d.Grain == dates.GrainMonth:
			d.from = intake.Date{Year: d.to.Year, Month: d.to.Month, Day: 1}
		}
	}
}

// backWords is the maximum number of words between "two weeks before" and the day it counts
// back from.
const backWords = 8

// countBack resolves a length of time that is counted back from a day to the day on which it
// begins: "two weeks before the session of 20 April", "three weeks before that date". Without
// a day to count from, the length is ignored.
func countBack(found []dating, phrases []lexicon.Hit) {
	for i := range found {
		d := &found[i]
		then := d.Length && follows(d, phrases, "then")
		if !d.Length || !then && !follows(d, phrases, "counted_back") {
			continue
		}
		var from *dating
		if then {
			from = lastBefore(found, d.Start)
		} else if i+1 < len(found) && found[i+1].isDayAfter(d) {
			from = &found[i+1]
		}
		d.restated = from == nil
		if from == nil {
			continue
		}
		if day, ok := dates.After(from.from, -d.Count, d.Unit); ok {
			d.from, d.to, d.Length, d.deadline = day, day, false, true
			d.then, from.deadline, from.event = d.ofReply, false, from.event || d.ofReply
		}
	}
}

// countsBack reports whether a length of time is directly before a phrase, so that it is
// counted back from the date the phrase refers to.
func countsBack(found []dating, h lexicon.Hit) bool {
	return slices.ContainsFunc(found, func(d dating) bool { return d.Length && d.Token+d.N == h.Token })
}

// isDayAfter reports whether d is one or more specific days named shortly after other in the
// same sentence.
func (d *dating) isDayAfter(other *dating) bool {
	return d.sentence == other.sentence && !d.Length && d.Grain == dates.GrainDay && d.Token-(other.Token+other.N) <= backWords
}
