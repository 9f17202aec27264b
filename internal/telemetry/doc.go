// Package telemetry tells operators how the service is: figures for Prometheus, whether
// the process lives, whether it is ready for work and why not, and to which request a log
// line belongs.
//
// It only observes: what it measures behaves the same without it. A figure that cannot be
// read is left out of that scrape. No label holds an address, a name or a reference; all
// values come from fixed sets of the program.
package telemetry
