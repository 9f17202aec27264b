// Package forget erases personal data from what an office stores: of a request, of a person,
// and of everything whose retention period has ended. Data for statistics (references, status,
// countries, themes, dates, outcomes) and the record of who did what when are kept.
//
// A record is written first, together with the action that does the rest, so that a crash does
// not leave an erasure half done. Erasing is idempotent and can be repeated after a failure.
package forget
