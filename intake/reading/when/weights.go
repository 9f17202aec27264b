package when

import (
	"io/fs"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/dates"
)

// weights is the format of dating.yaml, where each feature is explained.
type weights struct {
	Version     int             `yaml:"version"`
	Reply       replyWeights    `yaml:"reply"`
	Activity    activityWeights `yaml:"activity"`
	Past        float64         `yaml:"past"`
	Old         float64         `yaml:"old"`
	Except      float64         `yaml:"except"`
	Event       float64         `yaml:"event"`
	Mandated    float64         `yaml:"mandated"`
	Reason      float64         `yaml:"reason"`
	Far         float64         `yaml:"far"`
	OtherBeside bothWeights     `yaml:"other_beside"`
	OtherNear   bothWeights     `yaml:"other_near"`
}

type bothWeights struct {
	Reply    float64 `yaml:"reply"`
	Activity float64 `yaml:"activity"`
}

type replyWeights struct {
	Threshold   float64 `yaml:"threshold"`
	Deadline    float64 `yaml:"deadline"`
	Words       float64 `yaml:"words"`
	Role        float64 `yaml:"role"`
	Then        float64 `yaml:"then"`
	SeveralDays float64 `yaml:"several_days"`
	Due         float64 `yaml:"due"`
	Long        float64 `yaml:"long"`
	Distant     float64 `yaml:"distant"`
}

type activityWeights struct {
	Threshold     float64 `yaml:"threshold"`
	Range         float64 `yaml:"range"`
	Opens         float64 `yaml:"opens"`
	Words         float64 `yaml:"words"`
	Role          float64 `yaml:"role"`
	Ask           float64 `yaml:"ask"`
	Help          float64 `yaml:"help"`
	Year          float64 `yaml:"year"`
	Relative      float64 `yaml:"relative"`
	Yearly        float64 `yaml:"yearly"`
	Deadline      float64 `yaml:"deadline"`
	ReplyDeadline float64 `yaml:"reply_deadline"`
	DueDay        float64 `yaml:"due_day"`
	Due           float64 `yaml:"due"`
	Alone         float64 `yaml:"alone"`
	Rolled        float64 `yaml:"rolled"`
	Law           float64 `yaml:"law"`
}

func loadWeights(files fs.FS) (weights, error) {
	var w weights
	err := lexicon.ReadYAML(files, "dating.yaml", &w)
	return w, err
}

// weigh scores a date as reply date and as time of the activity. A length of time without a
// deadline is neither, nor is a date that a more exact one supersedes.
func (w weights) weigh(d *dating, phrases []lexicon.Hit, base intake.Date) {
	if d.Length && !d.deadline || d.restated {
		return
	}
	both := w.Old*d.age(base) + pick(d.except, w.Except) + pick(d.reason && !d.then, w.Reason) + pick(d.mandated, w.Mandated) + pick(d.event, w.Event) + pick(beyond(d, base, farYears*daysOfYear), w.Far)
	if d.to.Before(base) || isPast(d, phrases) {
		both += w.Past
	}
	var other bothWeights
	switch gap := otherNear(d, phrases); {
	case d.then:
	case gap <= 1:
		other = w.OtherBeside
	case gap <= nearWords:
		other = w.OtherNear
	}
	d.reply = w.Reply.of(d) + both + other.Reply + pick(beyond(d, base, distantDays), w.Reply.Distant)
	d.activity = w.Activity.of(d) + both + other.Activity
	today := d.from == base && d.to == base // as in "our request of today", so it cannot be the date of the activity
	d.mayReply, d.mayBeActivity = d.reply >= w.Reply.Threshold, d.activity >= w.Activity.Threshold && !today
}

// of scores a date as the date of the reply.
func (w replyWeights) of(d *dating) float64 {
	return pick(d.deadline, w.Deadline) + pick(d.ofReply, w.Words) + w.Role*d.sentence.Roles.Share("reply_deadline") +
		pick(d.then, w.Then) + pick(d.due, w.Due) +
		pick(d.several() && (d.Grain == dates.GrainDay || !d.deadline && !d.Relative && d.Edge == dates.EdgeNone), w.SeveralDays) +
		pick(d.Grain >= dates.GrainSeason && d.Edge == dates.EdgeNone, w.Long)
}

// of scores a date as the time of the activity.
func (w activityWeights) of(d *dating) float64 {
	x := d.sentence
	return pick(d.several(), w.Range) + pick(d.opens, w.Opens) + pick(d.ofActivity, w.Words) +
		w.Role*x.Roles.Share("activity_dates") + w.Ask*x.Ask +
		pick(lexicon.Holds(d.source.Acts, "ask.help", x.Start, x.End), w.Help) +
		pick(d.Grain == dates.GrainYear && !d.opens && d.Edge == dates.EdgeNone, w.Year) + pick(d.Relative, w.Relative) + pick(d.Yearly, w.Yearly) +
		pick(d.deadline && !d.due, w.Deadline) + pick(d.deadline && d.ofReply, w.ReplyDeadline) +
		pick(d.deadline && !d.several() && !d.closes && !d.due, w.DueDay) + pick(d.due, w.Due) +
		pick(d.alone, w.Alone) + pick(d.rolled, w.Rolled) + w.Law*x.Roles.Share("mandate_or_law")
}

// distantDays is the number of days after the message date beyond which a date is unlikely to
// be a reply deadline.
const distantDays = 300

// farYears is the number of years after the message date beyond which a date is probably that
// of a long-term goal.
const farYears = 5

// beyond reports whether a date begins more than the given number of days after the message
// date; false if that is unknown.
func beyond(d *dating, base intake.Date, days int) bool {
	return !base.IsZero() && base.AddDays(days).Before(d.from)
}

// pick returns weight if the feature is present, otherwise 0.
func pick(sign bool, weight float64) float64 {
	if sign {
		return weight
	}
	return 0
}
