package slackio_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/bot/desk"
	"verbale/bot/slackio"
	"verbale/internal/slackpeer"
)

// FuzzEnvelope sends any signed request to each of the three paths. It must be answered with
// status 200 and must not cause a panic.
func FuzzEnvelope(f *testing.F) {
	form := func(payload string) string { return url.Values{"payload": {payload}}.Encode() }
	seeds := map[string][]string{
		slackio.PathEvents: {
			`{"type":"url_verification","challenge":"c"}`,
			`{"type":"event_callback","event_id":"E1","event":{"type":"app_home_opened","user":"U0000ALICE","tab":"home"}}`,
			`{"type":"event_callback","event":{"type":"message","user":"U0000ALICE","text":"hello","channel":"D1","ts":"1.2"}}`,
		},
		slackio.PathCommands: {"command=%2Ftc&text=show+TC-2026-00042&user_id=U0000ALICE&channel_id=C0000DESK&trigger_id=1.2", "command=%2Ftc&text=\x00"},
		slackio.PathInteractions: {
			form(`{"type":"block_actions","user":{"id":"U0000ALICE"},"trigger_id":"1","channel":{"id":"C0000DESK"},"container":{"message_ts":"1.2"},"actions":[{"type":"button","action_id":"accept","block_id":"x","value":"TC-2026-00042","action_ts":"1.2"}]}`),
			form(`{"type":"view_submission","user":{"id":"U0000ALICE"},"view":{"id":"V1","callback_id":"reply","private_metadata":"{}","state":{"values":{"a":{"b":{"type":"plain_text_input","value":"x"}}}}}}`),
			form(`{"type":"block_suggestion","user":{"id":"U0000ALICE"},"action_id":"owner","block_id":"owner","value":"ra"}`),
			form(`{"type":"message_action","callback_id":"log","user":{"id":"U0000ALICE"},"trigger_id":"1","channel":{"id":"C0000DESK"},"message":{"ts":"1.2","text":"x"}}`),
		},
	}
	for path, bodies := range seeds {
		for _, body := range bodies {
			f.Add(path, body)
		}
	}
	h := open(f, slackpeer.Options{})
	h.desk = agreeable()
	ear := h.ear()
	handler := ear.Handler()
	f.Fuzz(func(t *testing.T, path, body string) {
		if _, served := seeds[path]; !served {
			return
		}
		at := strconv.FormatInt(time.Now().Unix(), 10)
		r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
		r.Header.Set("X-Slack-Request-Timestamp", at)
		r.Header.Set("X-Slack-Signature", slackpeer.Sign(slackpeer.SigningSecret, at, []byte(body)))
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		ear.Wait()
		if w.Code != http.StatusOK || strings.Contains(h.log.String(), "panicked") {
			t.Errorf("answered %d, log:\n%s", w.Code, h.log)
		}
	})
}

// agreeable returns a fakeDesk that answers everything.
func agreeable() *fakeDesk {
	done := said("done")
	answer := desk.Answer{Say: &done}
	return &fakeDesk{
		press:    func(context.Context, bot.Colleague, desk.Press) (desk.Answer, error) { return answer, nil },
		submit:   func(context.Context, desk.Form, desk.Values) (desk.Answer, error) { return answer, nil },
		change:   func(context.Context, desk.Form, desk.Values) (desk.Answer, error) { return answer, nil },
		options:  func(context.Context, string, string) ([]desk.Option, error) { return nil, nil },
		command:  func(context.Context, bot.Colleague, string) (desk.Answer, error) { return answer, nil },
		shortcut: func(string, *desk.Quoted) (desk.Answer, error) { return answer, nil },
	}
}
