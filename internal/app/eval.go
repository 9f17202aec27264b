package app

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"verbale/internal/eval"
	"verbale/internal/inorder"
	"verbale/internal/view"
)

// EvalOptions say which labelled mails to measure and what to print.
type EvalOptions struct {
	Config   string // "" for the embedded data
	Folder   string // ID.eml beside ID.json
	Misses   string // a field of EvalFields, AllFields, or "" for none
	JSON     bool
	Out      io.Writer
	Progress io.Writer // nil for none
	Bold     bool
	Log      *slog.Logger
}

// AllFields asks for the misses of every field.
const AllFields = "all"

// EvalFields lists the fields whose misses can be asked for.
func EvalFields() []string { return eval.Fields() }

// Evaluate reads the labelled mails of a folder with the code of the live path and prints how
// accurately. It returns how many mails could not be measured; each of them is logged.
func Evaluate(ctx context.Context, o EvalOptions) (failed int, err error) {
	names, err := labelledMails(o.Folder)
	if err != nil {
		return 0, err
	}
	e, err := newExplainer(ExplainOptions{Config: o.Config, Log: o.Log})
	if err != nil {
		return 0, err
	}
	defer e.mails.Close()
	v := evaluator{EvalOptions: o, explainer: e, shown: progress{out: o.Progress}}
	began, done := time.Now(), 0
	err = inorder.Do(ctx, slices.Values(names), runtime.NumCPU(), v.measure, func(m measured) error {
		v.add(m)
		done++
		v.shown.draw(done, len(names), done == len(names))
		return nil
	})
	if err != nil {
		return v.failed, err
	}
	return v.failed, v.print(time.Since(began) / time.Duration(len(names)))
}

type evaluator struct {
	EvalOptions
	explainer *explainer
	shown     progress
	score     eval.Score
	failed    int
}

// labelledMails lists the names, without extension, of the mails and labels in a folder.
// Incomplete pairs are included, to be reported.
func labelledMails(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	found := map[string]bool{}
	for _, entry := range entries {
		switch name := entry.Name(); filepath.Ext(name) {
		case ".eml", ".json":
			found[strings.TrimSuffix(name, filepath.Ext(name))] = true
		}
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("no labelled mail (ID.eml beside ID.json) in %s", folder)
	}
	return slices.Sorted(maps.Keys(found)), nil
}

// A measured is one labelled mail and what was extracted from it.
type measured struct {
	eval.Case
	counts bool  // there is a label and its mail
	err    error // what is missing or broken
}

func (v *evaluator) measure(ctx context.Context, name string) (m measured) {
	path := filepath.Join(v.Folder, name)
	m.Name = name + ".eml"
	label, err := os.ReadFile(path + ".json")
	if err == nil {
		m.Want, err = eval.ParseLabel(label)
	}
	if err != nil {
		m.err = err
		return m
	}
	x := v.explainer.explain(ctx, path+".eml")
	m.err, m.counts, m.Answered = x.err, !errors.Is(x.err, os.ErrNotExist), x.err == nil
	if m.Answered {
		to := x.explanation.Routing
		m.Got = eval.MeaningOf(x.explanation.Reading, to)
		m.Routed, m.Triage = to != nil, to != nil && to.Triage
	}
	return m
}

// add counts a mail. A mail with a valid label that cannot be read counts as misread in all
// fields; one without a label, or a label without its mail, is not counted.
func (v *evaluator) add(m measured) {
	if m.err != nil {
		v.failed++
		v.Log.Error("labelled mail not measured", "mail", m.Name, "cause", m.err)
	}
	if m.counts {
		v.score.Add(m.Case)
	}
}

func (v *evaluator) print(perMail time.Duration) error {
	r := v.score.Report()
	if v.JSON {
		return printJSON(v.Out, v.object(r, perMail))
	}
	out := bufio.NewWriter(v.Out)
	p := view.NewPrinter(out, v.Bold)
	p.Heading(fmt.Sprintf("%d mails, %s each", r.Mails, perMail.Round(10*time.Microsecond)))
	for _, m := range r.Measures {
		fmt.Fprintf(out, "  %-22s %.4f\n", m.Name, m.Value)
	}
	fmt.Fprintf(out, "  %-22s %.4f\n", eval.RecordScore, r.Record)
	for _, table := range []struct {
		of string
		eval.Confusion
	}{{"kind", r.Kinds}, {"division", r.Divisions}} {
		p.Blank()
		p.Heading(table.of + ": labelled down, read across")
		fmt.Fprint(out, table.Confusion)
	}
	v.printMisses(p, r)
	return out.Flush()
}

func (v *evaluator) printMisses(p *view.Printer, r eval.Report) {
	for _, field := range v.asked(r) {
		p.Blank()
		p.Heading("misses of " + field)
		for _, m := range r.Misses[field] {
			p.Field(m.Mail, fmt.Sprintf("want %s, got %s", valuesText(m.Want), valuesText(m.Got)))
		}
	}
}

func valuesText(values []string) string {
	if len(values) == 0 {
		return eval.Nothing
	}
	return strings.Join(values, ", ")
}

// asked lists the fields whose misses are printed.
func (v *evaluator) asked(r eval.Report) []string {
	switch v.Misses {
	case "":
		return nil
	case AllFields:
		return slices.DeleteFunc(eval.Fields(), func(field string) bool { return len(r.Misses[field]) == 0 })
	}
	return []string{v.Misses}
}

// object is the JSON output: every measure under its name, the confusion tables, and the
// misses asked for.
func (v *evaluator) object(r eval.Report, perMail time.Duration) map[string]any {
	object := map[string]any{
		"messages": r.Mails, "ms per message": float64(perMail.Microseconds()) / 1000, eval.RecordScore: r.Record,
		"confusion": map[string]eval.Confusion{"kind": r.Kinds, "division": r.Divisions},
	}
	for _, m := range r.Measures {
		object[m.Name] = m.Value
	}
	if fields := v.asked(r); fields != nil {
		misses := map[string][]eval.Miss{}
		for _, field := range fields {
			misses[field] = append([]eval.Miss{}, r.Misses[field]...)
		}
		object["misses"] = misses
	}
	return object
}
