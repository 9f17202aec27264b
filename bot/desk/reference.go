package desk

import (
	"context"
	"errors"
	"regexp"
	"strconv"
	"strings"

	"verbale/bot"
	"verbale/intake"
)

// numberForm matches a reference as people write it: complete, without the prefix, or just the
// number.
var numberForm = regexp.MustCompile(`^#?(?:([A-Za-z]+)[- ]?)?(?:(\d{4})-)?0*(\d{1,9})$`)

// ReadReference parses a reference as people write it: "TC-2026-00042", "2026-42", "tc-42",
// "#42". The default is the given year. ok is false if the text is not a reference.
func ReadReference(text, prefix string, year int) (reference string, ok bool) {
	m := numberForm.FindStringSubmatch(strings.Trim(text, ".,:;[]()"))
	if m == nil || m[1] != "" && !strings.EqualFold(m[1], prefix) {
		return "", false
	}
	number, err := strconv.Atoi(m[3])
	if err != nil || number == 0 {
		return "", false
	}
	if m[2] != "" {
		year, _ = strconv.Atoi(m[2]) // four digits
	}
	return intake.FormatReference(prefix, year, number), true
}

// FindReference is ReadReference for looking up a record: if no year is written and the number
// does not exist in the given year, the year before is tried. If neither exists, the result
// has the given year.
func FindReference(ctx context.Context, s bot.Store, text, prefix string, year int) (reference string, ok bool) {
	if reference, ok = ReadReference(text, prefix, year); !ok {
		return "", false
	}
	before, _ := ReadReference(text, prefix, year-1)
	if before == reference {
		return reference, true
	}
	if _, err := s.Load(ctx, reference); !errors.Is(err, bot.ErrNotFound) {
		return reference, true
	}
	if _, err := s.Load(ctx, before); err == nil {
		return before, true
	}
	return reference, true
}
