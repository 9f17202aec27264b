//go:build !race

package app_test

// lighter is by how much bulky mails are smaller than they could be.
const lighter = 1

const underRace = false
