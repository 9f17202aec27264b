// Package app assembles the program: it loads an office's data, opens its store, starts and
// stops the mail and Slack clients, and implements each subcommand. It is the only package
// that knows all others.
//
// Everything it starts ends when the given context ends. The first part that fails permanently
// stops the others, and its error is returned. It can run several times in one process.
package app
