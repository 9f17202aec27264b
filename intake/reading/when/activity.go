package when

import (
	"verbale/intake"
	"verbale/intake/reading/dates"
	"verbale/intake/reading/letter"
)

// readActivity sets the start and end of the activity from the date with the best score. A
// shorter period within it that scores nearly as well is preferred, as it is more exact.
func readActivity(found []dating, reading *intake.Reading) {
	best := bestActivity(found)
	if best == nil {
		return
	}
	q := reading.Request
	if first, last := stages(found, best); first != last {
		q.ProposedStart, q.ProposedEnd = first.from, last.to
		reading.Evidence = append(reading.Evidence,
			first.source.Evidence(intake.FieldProposedStart, q.ProposedStart.String(), first.Start, first.End),
			last.source.Evidence(intake.FieldProposedEnd, q.ProposedEnd.String(), last.Start, last.End))
		return
	}
	if best.due {
		q.ProposedEnd = best.By(best.to)
		reading.Evidence = append(reading.Evidence, best.source.Evidence(intake.FieldProposedEnd, q.ProposedEnd.String(), best.Start, best.End))
		if first := openingOf(found, best); first != nil {
			q.ProposedStart = first.from
			reading.Evidence = append(reading.Evidence, first.source.Evidence(intake.FieldProposedStart, q.ProposedStart.String(), first.Start, first.End))
		}
		return
	}
	first, end := rounds(found, best)
	q.ProposedStart, q.ProposedEnd = first.from, end.to
	for i := range found {
		d := &found[i]
		apart := d.to.Before(first.from) || end.to.Before(d.from)
		if apart && !best.opens && d.mayBeActivity && d.activity > best.activity-closeDate && d.activity > d.reply {
			reading.AddDoubt(intake.FieldProposedStart, intake.Remark{ID: "doubt.two_times"}, best.from.String(), d.from.String())
			break
		}
	}
	cite := func(f intake.Field, value intake.Date, d *dating) {
		doubtDay(f, d, value, reading)
		reading.Evidence = append(reading.Evidence, d.source.Evidence(f, value.String(), d.Start, d.End))
	}
	cite(intake.FieldProposedStart, q.ProposedStart, first)
	if last := dueLater(found, best); last != nil {
		q.ProposedEnd, end = last.By(last.to), last
	}
	if best.opens {
		if end = closing(found, best); end == nil {
			q.ProposedEnd = intake.Date{}
			return
		}
		q.ProposedEnd = end.By(end.to)
	}
	cite(intake.FieldProposedEnd, q.ProposedEnd, end)
}

// stageDays is the maximum number of days from one stage of the activity to the next.
const stageDays = 400

// stageShare is the minimum score of a stage, relative to the best date of the activity.
const stageShare = 0.5

// stages returns the first and the last of several dates requested in separate sentences, each
// for a part of the activity: "first, a mission in February; then, a course in March". Both
// are best if it is the only one.
func stages(found []dating, best *dating) (first, last *dating) {
	first, last = best, best
	if !best.asksForItself() && !best.isExact() {
		return
	}
	for i := range found {
		d := &found[i]
		if d.source != best.source || d.sentence == best.sentence || !d.asksForItself() || d.activity < best.activity*stageShare || d.rolled && !best.rolled || !d.isStageWith(best) {
			continue
		}
		switch {
		case d.to.Before(first.from) && first.from.Before(d.to.AddDays(stageDays)):
			first = d
		case last.to.Before(d.from) && d.from.Before(last.to.AddDays(stageDays)):
			last = d
		}
	}
	return first, last
}

// asksForItself reports whether a date is in a sentence that requests something for that date,
// or that consists of little else: "Seminar: 20 and 21 May".
func (d *dating) asksForItself() bool {
	return d.mayBeActivity && d.activity > d.reply && (d.sentence.Ask >= asksSomething || d.terse() || d.row) && !d.deadline && !d.opens && !d.closes && !d.Length && d.Grain < dates.GrainYear
}

// isStageWith reports whether the sentences of two dates both make a request, or are close
// together and consist of little but the dates.
func (d *dating) isStageWith(best *dating) bool {
	if d.sentence.Ask >= asksSomething && best.sentence.Ask >= asksSomething {
		return true
	}
	gap := max(d.sentence.Start-best.sentence.End, best.sentence.Start-d.sentence.End)
	switch {
	case d.row && best.row:
		return gap <= tableReach
	case d.isExact() && best.isExact() && d.isItem():
		return gap <= closingReach
	}
	return d.terse() && best.terse() && gap <= closingReach/4 && !d.Relative
}

// isItem reports whether the sentence of a date is an item of a list.
func (d *dating) isItem() bool {
	return letter.IsListItem(d.source.Text[d.sentence.Start:d.sentence.End])
}

// tableReach is the maximum distance in bytes between two rows of one table.
const tableReach = 1000

// terseShare is the maximum length of a sentence, as a multiple of the length of its date, for
// it to consist of little else.
const terseShare = 3

func (d *dating) terse() bool {
	return terseShare*(d.End-d.Start) > d.sentence.End-d.sentence.Start
}

// Limits within which two dates are rounds of one activity or alternatives for it: the number
// of words between them, the same if those words join the dates, and the number of days from
// one to the other.
const (
	roundWords       = 6
	joinedRoundWords = 10
	roundDays        = 200
)

// rounds returns the first and the last of the dates named together with the best one, as
// rounds or stages of one activity or as alternatives: "on 16-17 June in A and on 23-24 June
// in B", "a visit in September, the report in October". Both are best if it is the only one.
func rounds(found []dating, best *dating) (first, last *dating) {
	first, last = best, best
	if best.opens || best.Grain > dates.GrainMonth {
		return first, last
	}
	for i := range found {
		d := &found[i]
		if d.sentence != best.sentence || !d.mayBeActivity || d.activity < d.reply || d.Grain > dates.GrainMonth || d.opens && !d.from.Before(first.from) || d.Length || d.rolled && !best.rolled && d.from.Before(best.from) || d.deadline && !d.due {
			continue
		}
		switch {
		case d.to.Before(first.from) && first.from.Before(d.to.AddDays(roundDays)) && !d.due && !d.closes && d.isBeside(first):
			first = d
		case last.to.Before(d.from) && d.from.Before(last.to.AddDays(roundDays)) && d.isBeside(last):
			last = d
		}
	}
	return first, last
}

// isBeside reports whether only a few words separate two dates of a sentence, and the later
// one is not in a separate clause.
func (d *dating) isBeside(other *dating) bool {
	before, after := d, other
	if other.Token < d.Token {
		before, after = other, d
	}
	if after.aside {
		return false
	}
	words := after.Token - (before.Token + before.N)
	return words <= roundWords || words <= joinedRoundWords && d.source.Linked(before.End, after.Start)
}

// openingOf returns the start of the activity, stated in the same sentence as its due date or
// shortly before or, with words such as "from", shortly after; nil if there is none.
func openingOf(found []dating, last *dating) *dating {
	for i := range found {
		d := &found[i]
		before := d.Start < last.Start && last.sentence.Start <= d.sentence.End+closingReach
		near := d.source == last.source && (before || d.opens && d.sentence.Start <= last.sentence.End+closingReach)
		if near && (d.opens || d.sentence == last.sentence && !d.deadline) && d.mayBeActivity && d.from.Before(last.from) {
			return d
		}
	}
	return nil
}

// dueLater returns a later date by which everything is to be completed, in the sentence of the
// first date or shortly after: "a first visit in October, and all finished by 15 December";
// nil if there is none.
func dueLater(found []dating, first *dating) *dating {
	for i := range found {
		d := &found[i]
		near := d.source == first.source && d.Start > first.Start && d.sentence.Start <= first.sentence.End+closingReach
		if near && d.due && d.mayBeActivity && first.to.Before(d.to) {
			return d
		}
	}
	return nil
}

// closeDate is the score difference below which another date is reported as a doubt.
const closeDate = 0.4

// nearlyAsGood is how much lower a more exact date may score and still be preferred.
const nearlyAsGood = 0.5

func bestActivity(found []dating) *dating {
	var best *dating
	for i := range found {
		if d := &found[i]; d.mayBeActivity && d.activity > d.reply && (best == nil || d.activity > best.activity) {
			best = d
		}
	}
	if best == nil {
		return nil
	}
	if best.closes {
		for i := range found {
			if d := &found[i]; d.sentence == best.sentence && d.opens && d.to.Before(best.from) && d.mayBeActivity {
				return d
			}
		}
	}
	if best.isExact() {
		return best
	}
	top := best.activity
	for i := range found {
		d := &found[i]
		within := !d.from.Before(best.from) && !best.to.Before(d.to) && (d.from != best.from || d.to != best.to)
		if within && !d.Length && d.activity >= top-nearlyAsGood && d.mayBeActivity {
			best = d
		}
	}
	return best
}

// isExact reports whether a date is a range with a stated first and last day.
func (d *dating) isExact() bool { return d.several() && d.Grain == dates.GrainDay }

// closing finds the end of an activity of which only the start is stated: a later date with
// "until" in the same sentence or shortly after, the day shortly before by which everything is
// to be done, or a length of time in the same sentence ("six months from 1 September").
func closing(found []dating, opening *dating) *dating {
	for i := range found {
		d := &found[i]
		near := d.source == opening.source && d.sentence.Start >= opening.sentence.Start && d.sentence.Start <= opening.sentence.End+closingReach
		if near && d.closes && !d.Length && (d.Grain != dates.GrainYear || d.Edge != dates.EdgeNone) && opening.to.Before(d.to) && (!d.mayReply || d.sentence == opening.sentence) {
			return d
		}
	}
	for i := range found {
		if d := &found[i]; d.due && d.mayBeActivity && d.source == opening.source && d.Start < opening.Start && opening.sentence.Start <= d.sentence.End+closingReach && opening.to.Before(d.to) {
			return d
		}
	}
	for i := range found {
		d := &found[i]
		if d.Length && (d.sentence == opening.sentence && (d.Unit != dates.UnitDay || d.besides(opening)) || d.lasts(opening)) {
			if end, ok := d.Lasting(opening.from); ok {
				d.to = end
				return d
			}
		}
	}
	return nil
}

// besideWords is the maximum number of words between a number of days and the day on which
// they begin.
const besideWords = 4

// besides reports whether a number of days is next to the day on which they begin: "ten
// working days from 11 January".
func (d *dating) besides(opening *dating) bool {
	return !d.deadline && !opening.loosely && max(opening.Token-(d.Token+d.N), d.Token-(opening.Token+opening.N)) <= besideWords
}

// lasts reports whether a length of time is the duration of an activity whose start is stated
// in another sentence nearby: "a project of two years … Start 1 October."
func (d *dating) lasts(opening *dating) bool {
	gap := max(opening.sentence.Start-d.sentence.End, d.sentence.Start-opening.sentence.End)
	return d.source == opening.source && gap <= closingReach && d.Count > 1 && d.Unit != dates.UnitWeek && !d.deadline && d.sentence.Ask > asksOutright
}

// asksOutright is the minimum ask score of a sentence that clearly requests the activity.
const asksOutright = 0.5

// asksSomething is the minimum ask score of a sentence or list item that requests a stage of
// the activity.
const asksSomething = 0.2

// closingReach is the maximum distance in bytes between the sentence with the start and the
// one with the end of the activity.
const closingReach = 200
