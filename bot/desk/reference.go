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

// numberForm is a reference as people write it: the whole, without the prefix,
// or the bare number.
var numberForm = regexp.MustCompile(`^#?(?:([A-Za-z]+)[- ]?)?(?:(\d{4})-)?0*(\d{1,9})$`)

// ReadReference reads a reference as people write it: "TC-2026-00042", "2026-42",
// "tc-42", "#42". Without a year it is one of the year given; false where the text is
// none.
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

// FindReference is ReadReference for who asks for a record: without a year, a number that
// the year given has not is looked for in the year before. Where neither has it, it is
// that of the year given.
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
