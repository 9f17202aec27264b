//go:build !race

package app_test

// lighter is the factor by which large mails are reduced.
const lighter = 1

const underRace = false
