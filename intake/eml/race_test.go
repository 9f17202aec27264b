//go:build race

package eml_test

// lighter is the factor by which large mails are smaller under the race detector.
const lighter = 16
