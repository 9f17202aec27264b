//go:build race

package eml_test

// lighter is by how much bulky mails are smaller under the race detector.
const lighter = 16
