package app_test

import (
	"fmt"
	"time"
)

// A form describes a JSON value. differs returns the differences of a value; additional keys are
// allowed.
type form interface {
	differs(path string, value any) []string
}

type (
	fields   map[string]form
	listOf   struct{ of form }
	nullable struct{ of form }
	anyOf    []string // one of these words
	basic    string   // "string", "number", "bool", "date" or "moment"
)

func (f fields) differs(path string, value any) (all []string) {
	x, ok := value.(map[string]any)
	if !ok {
		return []string{fmt.Sprintf("%s is %T, not an object", path, value)}
	}
	for key, form := range f {
		v, there := x[key]
		if !there {
			all = append(all, fmt.Sprintf("%s.%s is missing", path, key))
			continue
		}
		all = append(all, form.differs(path+"."+key, v)...)
	}
	return all
}

func (l listOf) differs(path string, value any) (all []string) {
	list, ok := value.([]any)
	if !ok {
		return []string{fmt.Sprintf("%s is %T, not a list", path, value)}
	}
	for i, v := range list {
		all = append(all, l.of.differs(fmt.Sprintf("%s[%d]", path, i), v)...)
	}
	return all
}

func (n nullable) differs(path string, value any) []string {
	if value == nil {
		return nil
	}
	return n.of.differs(path, value)
}

func (a anyOf) differs(path string, value any) []string {
	for _, word := range a {
		if value == word {
			return nil
		}
	}
	return []string{fmt.Sprintf("%s is %v, not one of %v", path, value, []string(a))}
}

func (b basic) differs(path string, value any) []string {
	ok := false
	switch v := value.(type) {
	case bool:
		ok = b == "bool"
	case float64:
		ok = b == "number"
	case string:
		switch b {
		case "string":
			ok = true
		case "date":
			_, err := time.Parse(time.DateOnly, v)
			ok = err == nil
		case "moment":
			_, err := time.Parse(time.RFC3339, v)
			ok = err == nil
		}
	}
	if ok {
		return nil
	}
	return []string{fmt.Sprintf("%s is %#v, not a %s", path, value, string(b))}
}

const (
	text   basic = "string"
	number basic = "number"
	truth  basic = "bool"
	day    basic = "date"
	moment basic = "moment"
)

var (
	optionalText = nullable{text}
	texts        = listOf{text}
	address      = fields{"name": text, "address": text}
	kinds        = anyOf{"request", "follow_up", "auto_reply", "bounce", "spam", "other"}
	services     = anyOf{"advisory", "capacity_building", "project"}
)

// lineForm is the form of one line of "explain --json --full".
var lineForm = fields{
	"file": text,
	"message": fields{
		"message_id": text, "subject": text, "from": address, "to": listOf{address}, "cc": listOf{address},
		"date": nullable{moment}, "text": text, "body": text,
		"attachments": listOf{fields{
			"filename": text, "content_type": text, "size": number, "text_chars": number,
			"method": anyOf{"text", "ocr", "none"}, "problem": text, "text": text,
		}},
		"problems": texts,
	},
	"kind": kinds, "kind_reason": text, "language": text, "reference": optionalText,
	"request":  nullable{requestForm},
	"evidence": listOf{fields{"field": text, "value": text, "quote": text, "source": text, "start": number, "end": number}},
	"doubts":   listOf{fields{"field": text, "reason": text, "candidates": texts}},
	"routing":  nullable{routingForm},
	"plan":     nullable{listOf{fields{"at": moment, "step": text, "to": text}}},
}

var requestForm = fields{
	"countries": texts, "scope": anyOf{"national", "sub_regional", "regional", "multi_country", ""},
	"services": listOf{services}, "themes": texts, "instruments": texts, "urgency": anyOf{"normal", "urgent"},
	"reply_by": nullable{day}, "proposed_start": nullable{day}, "proposed_end": nullable{day},
	"institution":  optionalText,
	"requester":    fields{"name": optionalText, "title": optionalText, "email": optionalText},
	"official_ref": optionalText, "partners": texts, "funding": texts, "official": truth, "summary": text,
}

var routingForm = fields{
	"division": text, "divisions_support": texts, "carried_by": anyOf{"division", "adviser", "both"},
	"assignee": text, "support": texts, "rule": text, "reasons": texts,
	"runner_up": fields{"division": text, "why_not": text}, "confidence": number, "triage": truth,
}
