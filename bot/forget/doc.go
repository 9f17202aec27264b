// Package forget takes personal words out of what an office keeps: of a request, of a
// person, and of all whose term has ended. What counts stays (references, status,
// countries, themes, dates, outcomes), and who did what when.
//
// A record is written first, together with the action that does the rest, so that a
// crash leaves nothing half done. Forgetting again changes nothing; whatever breaks
// off may be done again.
package forget
