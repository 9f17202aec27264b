package slackio

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"

	"github.com/slack-go/slack"

	"verbale/bot"
)

// An Error is an error response of Slack, with what an operator can do about it.
type Error struct {
	Doing string // what was attempted
	Code  string // Slack's error code, such as not_in_channel
	Mend  string // how to fix it; "" if there is no advice
}

func (e *Error) Error() string {
	text := e.Doing + ": Slack answers " + e.Code
	if e.Mend != "" {
		text += "; " + e.Mend
	}
	return text
}

// mends say how to fix an error, by Slack's error code (docs.slack.dev/reference/methods, the
// errors of each method).
var mends = map[string]string{
	"not_in_channel":                      "invite the app to the channel: type /invite and the app's name there",
	"channel_not_found":                   "check the channel of the desk in the configuration, and invite the app to it if it is private",
	"is_archived":                         "the channel is archived: unarchive it, or name another one in the configuration",
	"is_inactive":                         "the channel is archived: unarchive it, or name another one in the configuration",
	"restricted_action":                   "the workspace restricts who may post there: allow the app in the channel's settings",
	"restricted_action_read_only_channel": "the channel is read only: allow the app to post in the channel's settings",
	"invalid_auth":                        "the bot token is not valid: install the app again and put its new token into the file of slack.bot_token_file",
	"not_authed":                          "no bot token was given: set slack.bot_token_file",
	"account_inactive":                    "the app's account is inactive: install the app again and put its new token into the file of slack.bot_token_file",
	"token_revoked":                       "the bot token was revoked: install the app again and put its new token into the file of slack.bot_token_file",
	"token_expired":                       "the bot token has expired: turn token rotation off and install the app again",
	"not_allowed_token_type":              "a token stands in the place of the other: the bot token begins with xoxb-, the app token with xapp-",
	"missing_scope":                       "add the scope to the app (verbale manifest has them all) and install the app again",
	"user_not_found":                      "the directory names a Slack user who does not exist: correct the id",
	"user_disabled":                       "the directory names a Slack user whose account is closed: name another one",
	"cannot_dm_bot":                       "the directory names a bot where a person should stand: correct the id",
	"no_such_subteam":                     "the directory names a user group that does not exist: correct the id",
}

// passing are the codes of temporary errors (docs.slack.dev/reference/methods/auth.test lists
// those common to all methods).
var passing = map[string]bool{
	"internal_error": true, "fatal_error": true, "service_unavailable": true, "request_timeout": true, "ratelimited": true,
	"rate_limited": true, "message_limit_exceeded": true, "team_added_to_org": true,
}

// halfway are the codes of errors that may occur after a call was partly carried out.
var halfway = []string{"internal_error", "fatal_error", "service_unavailable", "request_timeout"}

// leavesOpen reports whether a failed call may have been carried out: the request was sent,
// and the response does not say that it was refused.
func leavesOpen(err error) bool {
	if err == nil {
		return false
	}
	if _, limited := errors.AsType[*slack.RateLimitedError](err); limited {
		return false
	}
	if refused, ok := errors.AsType[slack.SlackErrorResponse](err); ok {
		return slices.Contains(halfway, refused.Err)
	}
	if status, ok := errors.AsType[slack.StatusCodeError](err); ok {
		return status.Code >= http.StatusInternalServerError
	}
	line, ok := errors.AsType[*net.OpError](err)
	return !ok || line.Op != "dial"
}

// judged wraps an error of the client with what was attempted, and marks temporary errors. It
// leaves out URLs of the Web API, some of which are secrets.
func judged(doing string, err error) error {
	if err == nil {
		return nil
	}
	if limited, ok := errors.AsType[*slack.RateLimitedError](err); ok {
		return bot.TemporaryAfter(fmt.Errorf("%s: Slack asks to wait", doing), limited.RetryAfter)
	}
	if refused, ok := errors.AsType[slack.SlackErrorResponse](err); ok {
		return refusal(doing, refused)
	}
	if status, ok := errors.AsType[slack.StatusCodeError](err); ok {
		failure := fmt.Errorf("%s: Slack answers with status %d", doing, status.Code)
		if status.Code >= http.StatusInternalServerError || status.Code == http.StatusTooManyRequests {
			return bot.Temporary(failure)
		}
		return failure
	}
	if line, ok := errors.AsType[*url.Error](err); ok {
		return bot.Temporary(fmt.Errorf("%s: %w", doing, line.Err))
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return bot.Temporary(fmt.Errorf("%s: %w", doing, err))
	}
	return bot.Temporary(fmt.Errorf("%s: the answer of Slack cannot be read", doing))
}

func refusal(doing string, r slack.SlackErrorResponse) error {
	mend := mends[r.Err]
	if r.Needed != "" {
		mend += " (missing: " + r.Needed + ")"
	}
	failure := &Error{Doing: doing, Code: r.Err, Mend: mend}
	if passing[r.Err] {
		return bot.Temporary(failure)
	}
	return failure
}

// aboutAppToken makes a refusal advise on the app-level token, since that one was used.
func aboutAppToken(err error) error {
	if refused, ok := errors.AsType[*Error](err); ok {
		refused.Mend = "make an app token with the scope connections:write (Basic Information, App-Level Tokens), put it into the file of slack.app_token_file, and see that Socket Mode is on"
	}
	return err
}

// says reports whether Slack responded with one of the error codes.
func says(err error, codes ...string) bool {
	refused, ok := errors.AsType[*Error](err)
	if !ok {
		return false
	}
	for _, code := range codes {
		if refused.Code == code {
			return true
		}
	}
	return false
}
