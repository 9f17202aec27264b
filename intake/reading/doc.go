// Package reading extracts structured data from messages. A Reader parses a message as a
// letter, classifies the kind of mail, and extracts from a request who asks, by when and for
// what. Each value comes with the words that support it.
//
// Reading never fails: whatever the message contains, the result is a Reading, and anything
// that could not be read with confidence is a Doubt with its candidates, never a silent guess.
// The package is pure: it uses no clock, file, network or logger, and the same message always
// gives the same Reading.
//
// # Where to look
//
// Each step is a package. The only siblings a step imports are letter and dates:
//
//	letter    which text makes the request (choose), the part each line is (anatomy, tail), the
//	          sentences and the role of each (sentences, roles, ask), the language (language)
//	dates     dates in a text: in digits and words (calendar, days), relative to the date of the
//	          message (relative), joined into ranges (join), resolved to days (moment)
//	kind      from headers and automated wording (machine), from what is asked of whom (ask)
//	who       the letter's own number, signatory, institution, address, whether it is official
//	when      by when an answer is wanted (when), when the activity takes place (activity)
//	what      the weights of sentences (statements); then one file for each field
//	training  labelled sentences (labelled) and what each model learns from them (lessons)
//
// All wording is data: the terms of the domain are in intake/lexicon/data; the phrases of
// letters, the weights and the models are in the folder data. An organisation can override
// any of these files with its own (Load).
//
// # Where to add a language
//
// No code has to change. Add to the data, under the ISO 639-1 code of the language ("uk", "sr"):
//
//	languages.yaml                                  words and letters that identify it, conventions
//	letter.yaml, acts.yaml, people.yaml, times.yaml its phrases, under each id
//	dates.yaml                                      its months, units and numbers
//
// In intake/lexicon/data, add its terms to cues*.yaml, services.yaml, themes.yaml and
// plain.yaml, and its names to the forms in countries.yaml, places.yaml and partners.yaml; in
// intake/eml/data/phrases.yaml, add how its mail programs quote. Letters in the language can
// then be read. To train the models on it too, add sentences to training, run
// "verbale train --out intake/reading/data", and set "taught: true" in languages.yaml: the
// tests TestTaughtLanguages… then name every list and every class that still lacks it. The
// languages in which the bot writes are configured separately, in internal/phrases.
package reading
