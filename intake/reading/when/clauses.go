package when

import (
	"slices"
	"sort"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/dates"
	"verbale/intake/reading/letter"
)

// thenReach is how many bytes before words such as "by then" the day stands that
// they mean.
const thenReach = 400

// answerThen makes the day that was named last the day of the answer where a
// sentence asks for one by then: "The board meets on 3 June; we need your answer by
// then."
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

// lastBefore returns the last day that is named not long before an offset.
func lastBefore(found []dating, offset int) *dating {
	next := sort.Search(len(found), func(i int) bool { return found[i].End > offset })
	for i := next - 1; i >= 0 && offset-found[i].End < thenReach; i-- {
		if d := &found[i]; d.Grain == dates.GrainDay && !d.Length && d.from == d.to {
			return d
		}
	}
	return nil
}

// leaveAnswerToDeadline leaves the day of the answer to the deadline of a sentence that
// names another time too: "we propose 14 to 18 May, and ask for your answer before
// April". A month that holds the deadline only tells which day is meant: "in April, by
// the 20th".
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

// repeats reports whether a moment only says again, right after it, what day another
// is: "by Friday next week (20 March)".
func (d *dating) repeats(before *dating) bool {
	return d.sentence == before.sentence && d.from == d.to && d.from == before.from && d.to == before.to && d.Token-(before.Token+before.N) <= 1
}

// closeOpened makes a deadline the end of the activity of which the sentence names the
// beginning, where it speaks of no answer: "not before 15 May and no later than 15 June".
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

// recentDays is how long ago a month may have ended that a letter calls by its name
// alone and does not mean as that of the next year.
const recentDays = 200

// wasRecent reports whether a month, or a day of it, that is named without its year
// was not long ago, so that only what its sentence asks for makes it that of the next.
func (d *dating) wasRecent(base intake.Date) bool {
	return d.YearOpen() && d.sentence.Ask < asksOutright && !d.deadline &&
		base.AddDays(daysOfYear-recentDays).Before(d.from)
}

const daysOfYear = 365

// setAside notes which times stand in a clause of their own after another time of the
// same sentence: "in June, before the season opens on 1 July", "in May, because on 3 June
// the draft goes to the Cabinet".
func setAside(found []dating, phrases []lexicon.Hit) {
	for i := 1; i < len(found); i++ {
		d, before := &found[i], &found[i-1]
		d.aside = d.sentence == before.sentence && lexicon.Holds(phrases, "clause", before.End, d.Start)
	}
}

// exactWords is how many words may stand between a vague time and the day that is meant.
const exactWords = 5

// sharpen leaves to a day what was said more vaguely right before it: "by the end of
// February, more exactly the 27th", "within a month, by 2 December".
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

// isVague reports whether a moment tells a day only by a length of time, or is longer
// than a day without being a range of stated days.
func (d *dating) isVague() bool {
	return d.Length || d.several() && d.Grain > dates.GrainDay && !d.Joined
}

// backWords is how many words may stand between "two weeks before" and the day from which
// they are counted.
const backWords = 8

// countBack makes a length of time that is counted back from a day the day on which it
// begins: "two weeks before the session of 20 April", "three weeks before that date". Where
// no day is named from which to count it tells none.
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

// countsBack reports whether a length of time stands right before a phrase, so that it is
// counted back from what the phrase means.
func countsBack(found []dating, h lexicon.Hit) bool {
	return slices.ContainsFunc(found, func(d dating) bool { return d.Length && d.Token+d.N == h.Token })
}

// isDayAfter reports whether a moment is one or more stated days named soon after another
// of its sentence.
func (d *dating) isDayAfter(other *dating) bool {
	return d.sentence == other.sentence && !d.Length && d.Grain == dates.GrainDay && d.Token-(other.Token+other.N) <= backWords
}
