package desk_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"verbale/bot/desk"
)

// picture draws a page as plain text.
func picture(p desk.Page) string {
	var out strings.Builder
	if p.Title != "" {
		fmt.Fprintf(&out, "== %s ==\n", p.Title)
	}
	if p.Notice != "" {
		fmt.Fprintf(&out, "(notice: %s)\n", p.Notice)
	}
	for _, b := range p.Blocks {
		out.WriteString(blockPicture(b))
	}
	return out.String()
}

// formPicture draws a form as plain text.
func formPicture(f desk.Form) string {
	var out strings.Builder
	over := ""
	if f.Over {
		over = ", over the present one"
	}
	fmt.Fprintf(&out, "[[ %s ]] (%s%s)\n", f.Title, f.Name, over)
	for _, key := range slices.Sorted(maps.Keys(f.State)) {
		fmt.Fprintf(&out, "state %s: %s\n", key, stateShown(key, f.State[key]))
	}
	for _, b := range f.Blocks {
		out.WriteString(blockPicture(b))
	}
	fmt.Fprintf(&out, "[[ %s | %s ]]\n", f.Close, f.Submit)
	return out.String()
}

// stateShown returns a value of a form's state, without the encoded draft.
func stateShown(key, value string) string {
	if key == "draft" {
		return "(packed)"
	}
	return value
}

func blockPicture(b desk.Block) string {
	switch b := b.(type) {
	case desk.Heading:
		return "# " + b.Text + "\n"
	case desk.Paragraph:
		if b.Strong {
			return "**" + b.Text + "**\n"
		}
		return b.Text + "\n"
	case desk.Quote:
		return "> " + strings.ReplaceAll(b.Text, "\n", "\n> ") + "\n"
	case desk.Facts:
		var lines string
		for _, f := range b.Facts {
			lines += "  " + f.Label + ": " + f.Value + "\n"
		}
		return lines
	case desk.Row:
		return rowPicture(b)
	case desk.Buttons:
		return "  " + buttonsPicture(b.Buttons) + "\n"
	case desk.Choose:
		return "  " + optionsPicture(b.Label, b.Options) + "\n"
	case desk.Fine:
		return "~ " + strings.ReplaceAll(b.Text, "\n", "\n~ ") + "\n"
	case desk.Rule:
		return "----\n"
	case desk.Input:
		return inputPicture(b)
	}
	return fmt.Sprintf("%T\n", b)
}

func rowPicture(r desk.Row) string {
	text := "- " + r.Title
	if r.Button != nil {
		text += "  " + buttonsPicture([]desk.Button{*r.Button})
	}
	if r.Detail != "" {
		text += "\n  " + strings.ReplaceAll(r.Detail, "\n", "\n  ")
	}
	return text + "\n"
}

func buttonsPicture(all []desk.Button) string {
	var out []string
	for _, b := range all {
		label := b.Label
		if b.Style == desk.StylePrimary {
			label = "*" + label + "*"
		}
		if b.Confirm != "" {
			label += " ?"
		}
		out = append(out, "["+label+"]")
	}
	return strings.Join(out, " ")
}

func optionsPicture(label string, options []desk.Option) string {
	var labels []string
	for _, o := range options {
		labels = append(labels, o.Label)
	}
	return "<" + label + ": " + strings.Join(labels, " | ") + ">"
}

func inputPicture(in desk.Input) string {
	text := "  " + in.ID + " (" + string(in.Kind)
	if in.Optional {
		text += ", optional"
	}
	text += ") " + in.Label + ": " + strings.ReplaceAll(strings.Join(in.Initial, ", "), "\n", "\n    ")
	if len(in.Options) > 0 {
		text += "  " + optionsPicture("", in.Options)
	}
	if in.Hint != "" {
		text += "\n    ~ " + in.Hint
	}
	return text + "\n"
}

// answerPicture draws an answer as plain text.
func answerPicture(a desk.Answer) string {
	var out string
	if a.Say != nil {
		who := "to the caller"
		if a.Shared {
			who = "to the channel"
		}
		if a.Replace {
			who += ", in place of the page"
		}
		out += "(" + who + ")\n" + picture(*a.Say)
	}
	if a.Form != nil {
		out += formPicture(*a.Form)
	}
	for _, input := range slices.Sorted(maps.Keys(a.Errors)) {
		out += "wrong " + input + ": " + a.Errors[input] + "\n"
	}
	if out == "" {
		return "(nothing: it shows by itself)\n"
	}
	return out
}
