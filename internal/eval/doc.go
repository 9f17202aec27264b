// Package eval measures how well mails are read, compared with labels by people, and how
// well models learn, on sentences that they were not trained with. It only compares and
// counts; the caller reads the mails.
//
// The only errors are those of labels: one that is incomplete or wrong is refused with the
// reason, so that no figure rests on it.
package eval
