// Package followup answers what is due on a record, and when.
//
// It owns the Policy (how long each step may take), the Calendar (working
// hours, holidays, the office's time zone) and the arithmetic on them, which is
// exact across weekends, holidays and changes of the clock. Policy and holidays
// are files of the office with embedded defaults.
//
// The package is pure: the moment comes in as an argument, and the same record
// gives the same plan. A file that is not right is refused with all its problems
// at once; a Policy that was loaded cannot fail.
package followup
