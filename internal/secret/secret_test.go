package secret_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"verbale/internal/secret"
)

func TestASecretShowsAMaskEverywhere(t *testing.T) {
	const value = "letter-opener-1"
	holder := struct {
		Token secret.Value
		Ptr   *secret.Value
	}{Token: secret.New(value)}
	holder.Ptr = &holder.Token

	var shown bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d"} {
		fmt.Fprintf(&shown, verb+verb+"\n", holder, holder.Token)
	}
	slog.New(slog.NewTextHandler(&shown, nil)).Info("text", "secret", holder.Token, "holder", holder)
	slog.New(slog.NewJSONHandler(&shown, nil)).Info("json", "secret", holder.Token, "holder", holder)
	for name, marshal := range map[string]func(any) ([]byte, error){
		"json": json.Marshal, "yaml": func(v any) ([]byte, error) { return yaml.Marshal(v) },
	} {
		data, err := marshal(holder)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		shown.Write(data)
	}
	for _, form := range []string{value, fmt.Sprintf("%x", value), fmt.Sprintf("%X", value)} {
		if strings.Contains(shown.String(), form) {
			t.Errorf("the secret is shown as %s in\n%s", form, &shown)
		}
	}
	if n := strings.Count(shown.String(), "[secret]"); n < 20 {
		t.Errorf("the mask is shown %d times in\n%s", n, &shown)
	}
}
