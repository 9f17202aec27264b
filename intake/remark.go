package intake

import "maps"

// A Remark says why something was read or decided as it was: the id of a
// sentence and what it speaks of. Its words are the business of whoever shows
// it, in the language of who reads it.
type Remark struct {
	ID string // of the sentence; "" where Said holds it
	// Args are what the sentence speaks of, by the names that it has for them: ids
	// (several with commas between), percentages, references, words of a mail.
	Args map[string]string
	// Said is the sentence itself by language (ISO 639-1), English at the least: of
	// an office's rule, or of a remark that an earlier version wrote down.
	Said map[string]string
}

// Plain is a remark that is but an English sentence; the zero Remark for none.
func Plain(sentence string) Remark {
	if sentence == "" {
		return Remark{}
	}
	return Remark{Said: map[string]string{"en": sentence}}
}

// Plain is the sentence of a remark that Plain makes; false for any other.
func (r Remark) Plain() (sentence string, ok bool) {
	return r.Said["en"], r.ID == "" && len(r.Args) == 0 && maps.Equal(r.Said, Plain(r.Said["en"]).Said)
}

// Is reports whether a remark is that of an id. Earlier versions wrote the id of
// ReasonUnreadable as the sentence.
func (r Remark) Is(id string) bool {
	sentence, plain := r.Plain()
	return r.ID == id || plain && sentence == id
}
