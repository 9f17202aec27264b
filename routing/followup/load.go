package followup

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"time"

	"verbale/intake"
	"verbale/internal/strictyaml"
)

//go:embed data/*.yaml
var embedded embed.FS

// The file names in a policy folder.
const (
	policyFile   = "policy.yaml"
	holidaysFile = "holidays.yaml"
)

// Embedded returns the policy that is used if the office has none.
func Embedded() (*Policy, error) {
	data, err := fs.Sub(embedded, "data")
	if err != nil {
		return nil, fmt.Errorf("open embedded policy: %w", err)
	}
	return Load(data)
}

// Load reads policy.yaml and holidays.yaml from a folder; a missing file is replaced by the
// embedded one. Invalid content is reported as a strictyaml.Problems.
func Load(folder fs.FS) (*Policy, error) {
	p := new(Policy)
	policy, err := p.readPolicy(folder)
	if err != nil {
		return nil, err
	}
	holidays, err := p.readHolidays(folder)
	if err != nil {
		return nil, err
	}
	if err := slices.Concat(policy, holidays).Err(); err != nil {
		return nil, err
	}
	return p, nil
}

func readOrEmbedded(folder fs.FS, name string) ([]byte, error) {
	data, err := fs.ReadFile(folder, name)
	if errors.Is(err, fs.ErrNotExist) {
		data, err = embedded.ReadFile("data/" + name)
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return data, nil
}

func (p *Policy) readPolicy(folder fs.FS) (strictyaml.Problems, error) {
	data, err := readOrEmbedded(folder, policyFile)
	if err != nil {
		return nil, err
	}
	file, root := &p.spans, strictyaml.Root
	doc := strictyaml.Decode(policyFile, data, file)
	p.calendar = Calendar{from: file.Hours.From, until: file.Hours.Until, week: readWeek(doc, root.Key("week"), file.Week)}
	if until := root.Key("hours").Key("until"); doc.Has(until) && file.Hours.Until <= file.Hours.From {
		doc.Report(until, "the day ends before it begins", "write from before until")
	}
	checkInDays(doc, root.Key("answer").Key("before_reply_by"), file.Answer.BeforeReplyBy)
	checkInDays(doc, root.Key("outcome"), file.Outcome)
	checkReminders(doc, root.Key("reminders"), file.Reminders)
	if err := file.fillIn(); err != nil {
		return nil, err
	}
	p.calendar.zone, err = time.LoadLocation(file.TimeZone)
	if zone := root.Key("time_zone"); doc.Has(zone) && (err != nil || p.calendar.zone == time.Local) {
		doc.Report(zone, fmt.Sprintf("time zone %q is not known", file.TimeZone), "write a name like Europe/Zurich")
	}
	return doc.Problems(), nil
}

// fillIn fills in missing optional settings from the embedded policy.
func (d *policyDocument) fillIn() error {
	if d.Reminders != nil && d.Late.unit != "" && d.TakeUp.unit != "" {
		return nil
	}
	data, err := embedded.ReadFile("data/" + policyFile)
	if err != nil {
		return fmt.Errorf("read embedded policy: %w", err)
	}
	var own policyDocument
	if err := strictyaml.Decode(policyFile, data, &own).Problems().Err(); err != nil {
		return err
	}
	if d.Reminders == nil {
		d.Reminders = own.Reminders
	}
	if d.Late.unit == "" {
		d.Late = own.Late
	}
	if d.TakeUp.unit == "" {
		d.TakeUp = own.TakeUp
	}
	return nil
}

// remindable are the steps that may have reminders; told are the possible recipients.
var (
	remindable = []intake.StepName{
		intake.StepTriage, intake.StepAccept, intake.StepAnswer, intake.StepTakeUp, intake.StepRequester, intake.StepOutcome, intake.StepResults,
	}
	told = []string{toOwner, intake.ToDesk, intake.ToDeskLead, intake.ToChief, intake.ToRequester}
)

func checkReminders(doc *strictyaml.Document, at strictyaml.Path, rules map[intake.StepName][]reminderRule) {
	for step, list := range rules {
		strictyaml.OneOf(doc, at.Key(string(step)), step, remindable...)
		for i, rule := range list {
			here := at.Key(string(step)).Item(i)
			for k, to := range rule.To {
				strictyaml.OneOf(doc, here.Key("to").Item(k), to, told...)
			}
			if rule.Share < 0 || rule.Share > 1 {
				doc.Report(here.Key("share"), "a share lies between 0 and 1", "write it like 0.5 for half-way")
			}
			if rule.Times > 1 && rule.Every.count == 0 {
				doc.Report(here.Key("times"), "it does not say how often", "add “every: 2 working days”")
			}
			if rule.Before.count > 0 {
				checkInDays(doc, here.Key("before"), rule.Before)
			}
		}
	}
}

// checkInDays rejects units other than working days for a span that counts from a date in the
// letter, which has no time of day.
func checkInDays(doc *strictyaml.Document, at strictyaml.Path, s Span) {
	if doc.Has(at) && s.unit != workingDays && s.unit != "" {
		doc.Report(at, "this span counts from a date", "write it in working days, like 2 working days")
	}
}

func readWeek(doc *strictyaml.Document, at strictyaml.Path, names []string) map[time.Weekday]bool {
	var known []string
	for day := time.Sunday; day <= time.Saturday; day++ {
		known = append(known, strings.ToLower(day.String()))
	}
	week := map[time.Weekday]bool{}
	for i, name := range names {
		if strictyaml.OneOf(doc, at.Item(i), name, known...) {
			week[time.Weekday(slices.Index(known, name))] = true
		}
	}
	if len(names) == 0 && doc.Has(at) {
		doc.Report(at, "the office never works", "name at least one day, like monday")
	}
	return week
}

// A holidaysDocument is the file of holidays, grouped by year.
type holidaysDocument struct {
	Holidays map[string][]struct {
		Date intake.Date `yaml:"date,required"`
		Name string      `yaml:"name,required"`
	} `yaml:"holidays,required"`
}

func (p *Policy) readHolidays(folder fs.FS) (strictyaml.Problems, error) {
	data, err := readOrEmbedded(folder, holidaysFile)
	if err != nil {
		return nil, err
	}
	var file holidaysDocument
	doc, root := strictyaml.Decode(holidaysFile, data, &file), strictyaml.Root.Key("holidays")
	p.calendar.holidays, p.years = map[intake.Date]string{}, map[int]bool{}
	for written, holidays := range file.Holidays {
		year, err := strconv.Atoi(written)
		if err != nil {
			doc.Report(root.Key(written), fmt.Sprintf("%q is not a year", written), "write it like 2027")
			continue
		}
		p.years[year] = len(holidays) > 0
		for i, h := range holidays {
			checkHoliday(doc, root.Key(written).Item(i), h.Date, year)
			p.calendar.holidays[h.Date] = h.Name
		}
	}
	return doc.Problems(), nil
}

func checkHoliday(doc *strictyaml.Document, at strictyaml.Path, day intake.Date, year int) {
	switch weekday := day.In(time.UTC).Weekday(); {
	case day.IsZero():
	case day.Year != year:
		doc.Report(at.Key("date"), fmt.Sprintf("%s stands under %d", day, year), "move it to its year")
	case weekday == time.Saturday || weekday == time.Sunday:
		doc.Report(at.Key("date"), fmt.Sprintf("%s is a %s", day, weekday), "write the working day on which it is observed, or remove it")
	}
}
