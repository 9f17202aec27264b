// Package archtest holds the package map as a test: who may import whom, which
// packages are pure, who may know a client library, and which folders there are.
//
// The map is the table in map_test.go. A new package, or a new arrow between two,
// is a change to that table; without it the test fails.
//
// It also looks through the data files of reading: they are for people too.
package archtest
