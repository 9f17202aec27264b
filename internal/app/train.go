package app

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"verbale/intake/reading/training"
	"verbale/internal/eval"
	"verbale/internal/inorder"
	"verbale/internal/view"
)

// TrainOptions say which sentences to train with and what to do with the result.
type TrainOptions struct {
	Config    string // for its vocabulary; "" for the embedded one
	Sentences string // folder of labelled sentences; "" for the embedded ones
	Models    string // folder to write the models into; "" for none
	Report    bool   // print how accurate the models are
	Out       io.Writer
	Progress  io.Writer // nil for none
	Bold      bool
}

// Train trains all models. It writes the models only if all could be trained, and no other
// files.
func Train(ctx context.Context, o TrainOptions) error {
	lessons, err := o.lessons()
	if err != nil {
		return err
	}
	t := trainer{TrainOptions: o, shown: progress{out: o.Progress}}
	t.plan(lessons)
	learnings, err := t.run(ctx, len(lessons))
	if err != nil {
		return err
	}
	if err := t.write(); err != nil {
		return err
	}
	if !o.Report {
		return nil
	}
	return printLearning(o, lessons, learnings)
}

func (o TrainOptions) lessons() ([]training.Lesson, error) {
	c, err := readConfig(o.Config)
	if err != nil {
		return nil, err
	}
	v, err := loadVocabulary(c.Vocabulary)
	if err != nil {
		return nil, err
	}
	files, name := training.Sentences(), "the embedded training sentences"
	if o.Sentences != "" {
		files, name = os.DirFS(o.Sentences), o.Sentences
		if _, err := os.Stat(o.Sentences); err != nil {
			return nil, fmt.Errorf("open training sentences: %w", err)
		}
	}
	lessons, err := training.Lessons(files, v)
	if err != nil {
		return nil, fmt.Errorf("nothing was trained from %s:\n%w", name, err)
	}
	return lessons, nil
}

type trainer struct {
	TrainOptions
	tasks  []task
	models []storedModel
	shown  progress
}

// A task is one training: of a model to be stored, or for the evaluation.
type task struct {
	lesson int
	do     func() trained
}

// A trained is the result of a task.
type trained struct {
	lesson  int
	model   *storedModel // a model to be stored
	answers []eval.Answer
	err     error
}

// A storedModel is a model in its file format.
type storedModel struct {
	file string
	data []byte
}

// plan lists the trainings, lesson by lesson.
func (t *trainer) plan(lessons []training.Lesson) {
	for i, l := range lessons {
		if t.Models != "" {
			t.tasks = append(t.tasks, task{i, func() trained { return store(l) }})
		}
		if !t.Report {
			continue
		}
		for _, r := range eval.Rehearsals(l) {
			t.tasks = append(t.tasks, task{i, func() trained { return trained{answers: r.Run()} }})
		}
	}
}

func store(l training.Lesson) trained {
	data, err := l.Train(l.Examples).Encode()
	return trained{model: &storedModel{l.File, data}, err: err}
}

// run runs all tasks and collects the answers by lesson.
func (t *trainer) run(ctx context.Context, lessons int) ([]eval.Learning, error) {
	learnings := make([]eval.Learning, lessons)
	done := 0
	work := func(_ context.Context, task task) trained {
		result := task.do()
		result.lesson = task.lesson
		return result
	}
	err := inorder.Do(ctx, slices.Values(t.tasks), runtime.NumCPU(), work, func(r trained) error {
		done++
		t.shown.draw(done, len(t.tasks), done == len(t.tasks))
		if r.err != nil {
			return r.err
		}
		if r.model != nil {
			t.models = append(t.models, *r.model)
		}
		learnings[r.lesson].Add(r.answers...)
		return nil
	})
	return learnings, err
}

// write replaces each model file atomically.
func (t *trainer) write() error {
	if t.Models == "" {
		return nil
	}
	if err := os.MkdirAll(t.Models, 0o755); err != nil {
		return fmt.Errorf("create the folder of models: %w", err)
	}
	for _, m := range t.models {
		path := filepath.Join(t.Models, m.file)
		if err := replaceFile(path, m.data); err != nil {
			return err
		}
		fmt.Fprintf(t.Out, "%s: %d bytes\n", path, len(m.data))
	}
	return nil
}

// replaceFile writes a temporary file and renames it, so that a running service never loads a
// partial file.
func replaceFile(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	defer os.Remove(f.Name()) // no effect after the rename
	_, err = f.Write(data)
	for _, step := range []func() error{
		func() error { return f.Chmod(0o644) },
		f.Close,
		func() error { return os.Rename(f.Name(), path) },
	} {
		if err == nil {
			err = step()
		}
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

func printLearning(o TrainOptions, lessons []training.Lesson, learnings []eval.Learning) error {
	out := bufio.NewWriter(o.Out)
	p := view.NewPrinter(out, o.Bold)
	for i, l := range lessons {
		learning := &learnings[i]
		if i > 0 || o.Models != "" {
			p.Blank()
		}
		p.Heading(fmt.Sprintf("%s: %d sentences", l.File, len(l.Examples)))
		fmt.Fprintf(out, "  %-36s %9s  %7s  %11s\n", "", "sentences", "by line", "by language")
		printLearned(out, "", learning.All())
		printLearned(out, "language", learning.Languages()...)
		printLearned(out, "theme", learning.Themes()...)
		printLearned(out, "kind", learning.Kinds()...)
		printLearned(out, "class", learning.Classes()...)
	}
	return out.Flush()
}

func printLearned(out io.Writer, what string, groups ...eval.Learned) {
	for _, g := range groups {
		fmt.Fprintf(out, "  %-9s%-27s %9d  %7s  %11s\n", what, g.Name, g.ByLine.All, shareText(g.ByLine), shareText(g.ByLanguage))
		what = ""
	}
}

func shareText(n eval.Share) string {
	if n.All == 0 {
		return "–"
	}
	return fmt.Sprintf("%.3f", n.Value())
}
