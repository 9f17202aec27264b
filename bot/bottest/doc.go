// Package bottest holds what the tests of the packages below bot share: a Store in a
// few maps that fails on demand. It is for tests alone.
package bottest
