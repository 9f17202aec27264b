package bot_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"verbale/bot"
)

var errDown = errors.New("the other side is down")

func TestErrorsThatMayPass(t *testing.T) {
	tests := []struct {
		name      string
		err       error
		temporary bool
		after     time.Duration
	}{
		{"plain", errDown, false, 0},
		{"marked", bot.Temporary(errDown), true, 0},
		{"marked with a time", bot.TemporaryAfter(errDown, time.Minute), true, time.Minute},
		{"marked and wrapped", fmt.Errorf("send: %w", bot.TemporaryAfter(errDown, time.Second)), true, time.Second},
	}
	for _, tt := range tests {
		after, temporary := bot.IsTemporary(tt.err)
		if temporary != tt.temporary || after != tt.after || !errors.Is(tt.err, errDown) {
			t.Errorf("%s: temporary %t after %s", tt.name, temporary, after)
		}
	}
	if bot.Temporary(nil) != nil || bot.TemporaryAfter(nil, time.Second) != nil {
		t.Error("no error became one")
	}
}
