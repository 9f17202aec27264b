// Package eml turns the bytes of a mail (RFC 5322, MIME) into an
// intake.Message: header fields decoded, one plain text of the body with its
// sections told apart, attachments listed and, through Options.TextOf, read.
//
// It promises that reading never fails. Mail is written by strangers' programs:
// whatever breaks the standards is read as well as it can be, and what was
// wrong is said in Message.Problems. Nothing the sender wrote is dropped
// silently; quoted history, signatures and boilerplate are marked, not removed.
// Time and memory are bounded by Options.Limits, whatever the bytes say.
//
// Message.Text.Content is valid UTF-8 with line feeds alone and without NUL;
// its sections cover it without gap or overlap.
package eml
