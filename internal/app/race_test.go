//go:build race

package app_test

// bombMegabytes under the race detector, which makes unpacking twenty times
// slower; the limits themselves are tested in internal/doctext.
const bombMegabytes = 4
