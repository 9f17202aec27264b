//go:build !race

package training_test

const underRace = false
