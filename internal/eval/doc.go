// Package eval measures: how well mails are read, against labels that a person
// gave them, and how well a model learns, against sentences that it was not
// shown. It computes and counts; it reads no mail itself.
//
// Nothing here fails on what was read. A label that does not say what it must
// is refused with the reason, so that no figure rests on it.
package eval
