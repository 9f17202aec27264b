// Package followup computes what is due on a record, and when.
//
// It owns the Policy (how long each step may take), the Calendar (working hours, holidays,
// the office's time zone) and the date arithmetic, which is exact across weekends, holidays
// and daylight saving changes. Policy and holidays are files of the office with embedded
// defaults.
//
// The package is pure: the current time is an argument, and the same record gives the same
// plan. An invalid file is rejected with a list of all its problems; a loaded Policy cannot
// fail.
package followup
