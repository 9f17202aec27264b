// Package rehearsal tells what changed data would move: it compares what was
// made of one mail under the data in force with what is made of it under
// others, field by field, and adds the differences up.
//
// It reads and writes nothing; who calls it says what was read and when.
package rehearsal
