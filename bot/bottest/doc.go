// Package bottest holds what the tests of the packages below bot share: an in-memory
// Store that fails on demand. It is for tests only.
package bottest
