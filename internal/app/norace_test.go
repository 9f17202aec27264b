//go:build !race

package app_test

// bombMegabytes is how far a bomb grows: far beyond every limit.
const bombMegabytes = 512

const underRace = false
