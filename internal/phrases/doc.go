// Package phrases owns all wording that people read from us, in English,
// French and Russian, as catalogue files that an office may replace.
//
// Load checks a catalogue as a whole and names every fault at once: a key that
// is missing or unknown, a placeholder that another language does not have, a
// plural form that the language needs. After that Text cannot fail: a language
// that is not there answers in English, and a value that was not given leaves
// its placeholder standing, so that the gap is seen.
package phrases
