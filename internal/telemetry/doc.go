// Package telemetry tells those who run the service how it is: figures in the
// form that Prometheus scrapes, whether the process lives, whether it is ready
// for work and why not, and the request that a log line belongs to.
//
// It only looks. What it measures behaves the same with and without it; where a
// figure cannot be had, the figure is left out of that scrape and all others are
// told. No label holds an address, a name or a reference: labels come from
// closed sets of the program.
package telemetry
