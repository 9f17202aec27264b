package intake

import "maps"

// A Remark explains why something was read or decided as it was: the ID of a sentence and its
// arguments. It is put into words where it is displayed, in the reader's language.
type Remark struct {
	ID string // ID of the sentence; "" if Said holds it
	// Args are the arguments of the sentence by name: IDs (several separated by commas),
	// percentages, references, words of a mail.
	Args map[string]string
	// Said is the sentence itself by language (ISO 639-1), at least in English: from an
	// office's rule, or from a remark stored by an earlier version.
	Said map[string]string
}

// Plain returns a remark that consists of an English sentence only; the zero Remark for an
// empty one.
func Plain(sentence string) Remark {
	if sentence == "" {
		return Remark{}
	}
	return Remark{Said: map[string]string{"en": sentence}}
}

// Plain returns the sentence of a remark made by the function Plain; false for any other
// remark.
func (r Remark) Plain() (sentence string, ok bool) {
	return r.Said["en"], r.ID == "" && len(r.Args) == 0 && maps.Equal(r.Said, Plain(r.Said["en"]).Said)
}

// Is reports whether a remark has the given ID. Earlier versions stored the ID
// ReasonUnreadable as the sentence.
func (r Remark) Is(id string) bool {
	sentence, plain := r.Plain()
	return r.ID == id || plain && sentence == id
}
