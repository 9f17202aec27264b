//go:build !race

package eml_test

const lighter = 1
