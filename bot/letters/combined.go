package letters

import (
	"strings"

	"verbale/internal/phrases"
)

// A Registered is one of several mails whose receipt is acknowledged together.
type Registered struct {
	Reference, Subject string
	Unreadable         bool
}

// Registered acknowledges several mails of one requester, in the languages of
// Written.Language. It lists registered mails and those that must be sent again separately.
func (w *Writer) Registered(language string, mails []Registered) Written {
	languages := strings.Split(language, languageSeparator)
	var read, unreadable []Registered
	for _, m := range mails {
		if m.Unreadable {
			unreadable = append(unreadable, m)
		} else {
			read = append(read, m)
		}
	}
	return Written{
		Language: language,
		Subject:  w.Phrases.Text(languages[0], "combined.subject", phrases.Values{"count": len(mails), "reference": mails[0].Reference}),
		Text: w.inEach(languages, func(lang string) string {
			return w.letter(lang,
				w.registeredList("combined.received", read, lang),
				w.registeredList("combined.unreadable", unreadable, lang),
				w.Phrases.Text(lang, "acknowledge.automatic", nil),
			)
		}),
	}
}

func (w *Writer) registeredList(key string, mails []Registered, lang string) string {
	if len(mails) == 0 {
		return ""
	}
	items := make([]string, len(mails))
	for i, m := range mails {
		subject := strings.TrimSuffix(w.Habits.Subject(m.Subject), " ["+m.Reference+"]")
		items[i] = w.Phrases.Text(lang, "combined.item", phrases.Values{"reference": m.Reference, "subject": subject})
	}
	return w.Phrases.Text(lang, key, phrases.Values{"count": len(mails), "list": strings.Join(items, "\n")})
}

// Beside puts letters below each other.
func (w *Writer) Beside(lang string, texts ...string) string {
	text := texts[0]
	for _, next := range texts[1:] {
		text = w.Phrases.Text(lang, "letter.beside", phrases.Values{"first": text, "second": next})
	}
	return text
}
