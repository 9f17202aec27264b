package config_test

import (
	"testing"

	"verbale/internal/config"
)

func TestVariablesAreNamedAfterTheKey(t *testing.T) {
	if got := config.Variable("mailbox[0].oauth2.client_secret_file"); got != "VERBALE_MAILBOX_0_OAUTH2_CLIENT_SECRET" {
		t.Error(got)
	}
}
