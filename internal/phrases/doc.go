// Package phrases holds all text shown to people, in English, French and Russian, as
// catalogue files that an office may replace.
//
// Load checks a whole catalogue and reports all problems at once: keys that are missing or
// unknown, placeholders that differ between languages, missing plural forms. After that Text
// cannot fail: an unsupported language falls back to English, and a placeholder without a
// value is left in the text, so that the omission is visible.
package phrases
