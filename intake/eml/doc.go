// Package eml parses a mail (RFC 5322, MIME) into an intake.Message: it decodes the header
// fields, converts the body to one plain text divided into sections, lists the attachments
// and, through Options.TextOf, reads them.
//
// Parsing never fails. Mail comes from untrusted programs that do not always follow the
// standards: it is read as far as possible, and its defects are listed in Message.Problems.
// Nothing that the sender wrote is dropped silently; quoted history, signatures and
// boilerplate are marked, not removed. Options.Limits bound time and memory for any input.
//
// Message.Text.Content is valid UTF-8 with LF line ends and without NUL; its sections cover it
// without gaps or overlaps.
package eml
