// Package setup makes a new office's files: it asks the few questions that
// matter, or takes their answers as flags, and writes a commented configuration,
// a directory to edit, and the secrets, each into a file that its owner alone can
// read.
//
// Nothing is written before all answers are there and every file is known to be
// new, unless overwriting is asked for. A secret is never shown.
package setup
