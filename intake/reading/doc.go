// Package reading understands messages. A Reader lays a message out as a letter,
// tells what kind of mail it is, and reads of a request who asks, for when and
// for what, each value with the words behind it.
//
// It promises that reading never fails: whatever a stranger wrote, the answer is
// a Reading, and what could not be read with confidence is a Doubt with its
// candidates, never a guess that hides itself. It is pure: no clock, no file, no
// network, no logger. The same message gives the same Reading.
//
// # Where to look
//
// Each step is a package, and none looks into another but into letter and dates:
//
//	letter    which text speaks (choose), what each line is (anatomy, tail), the sentences and
//	          what each does (sentences, roles, ask), in which language (language)
//	dates     moments in a text: in digits and words (calendar, days), counted from the mail's
//	          date (relative), joined to ranges (join), resolved to days (moment)
//	kind      by headers and wording of machines (machine), by what is asked of whom (ask)
//	who       the letter's own number, the signatory, the institution, the address, official or not
//	when      by when an answer is wanted (when), when the activity takes place (activity)
//	what      sentences weighed (statements); then a file for each field
//	training  labelled sentences (labelled) and what each model learns from them (lessons)
//
// The words are data: the terms of the domain in intake/lexicon/data, the form of
// letters, the weights and the models in the folder data. Any file of an office's
// own takes the place of the one that comes with the program (Load).
//
// # Where to add a language
//
// No code has to change. By its code of ISO 639-1 ("uk", "sr"), in data:
//
//	languages.yaml                                  words and letters by which it is told, its habits
//	letter.yaml, acts.yaml, people.yaml, times.yaml its phrases, under each id
//	dates.yaml                                      its months, units and numbers, among the others
//
// In intake/lexicon/data its terms in cues*.yaml, services.yaml, themes.yaml and
// plain.yaml, and its names among the forms of countries.yaml, places.yaml and
// partners.yaml; in intake/eml/data/phrases.yaml how its mail programs quote. With
// that, letters are read. To teach it to the models too, add sentences to training,
// run "verbale train --out intake/reading/data", and write "taught: true" in
// languages.yaml: the tests TestTaughtLanguages… then name every list and every
// class that still lacks it. In which languages the bot writes is told elsewhere,
// in internal/phrases.
package reading
