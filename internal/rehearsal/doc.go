// Package rehearsal shows the effect of changed data: it compares, field by field, how one
// mail is read under the current and under the changed data, and counts the differences.
//
// It does no input or output; its caller provides the readings.
package rehearsal
