// Package app puts the parts together: it loads an office's data, opens its
// store, starts and stops the ears and mouths, and does the work of each
// subcommand. It is the only package that knows all others.
//
// Everything it starts ends when the given context ends; the first part that
// fails for good stops the rest, and its error is returned. It can run several
// times in one process.
package app
