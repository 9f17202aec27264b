// Package reading understands messages. A Reader lays a message out as a letter,
// tells what kind of mail it is, and reads of a request who asks, for when and
// for what, each value with the words behind it.
//
// It promises that reading never fails: whatever a stranger wrote, the answer is
// a Reading, and what could not be read with confidence is a Doubt with its
// candidates, never a guess that hides itself. It is pure: no clock, no file, no
// network, no logger. The same message gives the same Reading.
//
// Each step is a package, and none looks into another:
//
//	letter   which text speaks, what each line is, what each sentence does, the language
//	dates    moments in a text: one day, a range, a month, counted from the mail's date
//	kind     request, follow-up, automatic reply, bounce, spam or other
//	who      institution, signatory, address, the letter's own number, official or not
//	when     by when an answer is wanted, when the activity takes place
//	what     countries, services, themes, instruments, partners, funding, urgency
//	training the labelled sentences, and the lessons that make models of them
//
// The words are data: the terms of the domain in intake/lexicon, the form of
// letters and the models in the folder data. Whoever reads with files of his own
// may put any of these in their place (Load).
package reading
