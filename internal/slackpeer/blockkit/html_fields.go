package blockkit

import (
	"regexp"
	"strings"
	"time"
)

var shortcodes = regexp.MustCompile(`:[a-z0-9_'+-]+:`)

// fieldTypes are the elements to type in, with the type of input that HTML has for
// them.
var fieldTypes = map[string]string{
	"plain_text_input": "text", "email_text_input": "email", "url_text_input": "url", "number_input": "number", "rich_text_input": "text",
	"datepicker": "date", "timepicker": "time", "datetimepicker": "datetime-local",
}

// starts is what a field to type in holds at first, as HTML wants it.
func (e *Element) starts() string {
	switch e.Type {
	case "datepicker":
		return e.InitialDate
	case "timepicker":
		return e.InitialTime
	case "datetimepicker":
		seconds, err := e.InitialDateTime.Int64()
		if err != nil {
			return ""
		}
		return time.Unix(seconds, 0).UTC().Format("2006-01-02T15:04")
	case "rich_text_input":
		return e.InitialValue.plain()
	}
	return e.InitialValue.Text
}

// plain are the words of rich text, for a field that holds no other.
func (i Initial) plain() string {
	if i.Rich == nil {
		return i.Text
	}
	var lines []string
	for _, part := range i.Rich.Elements {
		var line strings.Builder
		for _, span := range richSpans(part.Elements) {
			line.WriteString(span.Text)
		}
		lines = append(lines, line.String())
	}
	return strings.Join(lines, "\n")
}
