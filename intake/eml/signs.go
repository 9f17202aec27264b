package eml

import (
	"strings"

	"verbale/intake"
)

// signsOf reads the signs of automatic mail from the header.
func signsOf(h header, loopHeader string) intake.MachineSigns {
	signs := intake.MachineSigns{
		AutoSubmitted: token(h.get("auto-submitted")),
		Precedence:    token(h.get("precedence")),
		ListID:        strings.ToValidUTF8(h.get("list-id"), "\uFFFD"),
		Unsubscribe:   h.has("list-unsubscribe"),
		NullReturn:    h.has("return-path") && strings.Trim(h.get("return-path"), " <>") == "",
		LoopMark:      h.has(strings.ToLower(loopHeader)),
		SpamFlag:      yes(h.get("x-spam-flag")) || yes(h.get("x-spam-status")),
	}
	signs.AutoReply = autoReplies(h, signs.Precedence)
	for _, value := range h.all("authentication-results") {
		signs.AuthenticationResults = append(signs.AuthenticationResults, strings.ToValidUTF8(value, "\uFFFD"))
	}
	if failed := h.get("x-failed-recipients"); failed != "" { // Exim, without a report
		signs.Delivery = &intake.DeliveryReport{Action: "failed", Recipients: splitRecipients(failed)}
	}
	return signs
}

func autoReplies(h header, precedence string) bool {
	if token(h.get("x-autoreply")) != "" && token(h.get("x-autoreply")) != "no" || h.has("x-autorespond") || h.has("x-autoresponse") {
		return true
	}
	if precedence == "auto_reply" || precedence == "auto-reply" {
		return true
	}
	return h.has("x-auto-response-suppress") && h.has("in-reply-to")
}

// token returns the first word of a structured value, in lower case.
func token(value string) string {
	value, _, _ = strings.Cut(stripComment(value), ";")
	return strings.ToLower(strings.TrimSpace(strings.ToValidUTF8(value, "")))
}

func yes(value string) bool { return strings.HasPrefix(strings.ToLower(value), "yes") }

func splitRecipients(value string) []string {
	var recipients []string
	for _, r := range strings.Split(value, ",") {
		if r = cleanRecipient(r); r != "" && len(recipients) < mostRecipients {
			recipients = append(recipients, r)
		}
	}
	return recipients
}

// mostRecipients is the maximum number of recipients of a delivery report.
const mostRecipients = 1000

func cleanRecipient(s string) string {
	return strings.Trim(strings.ToValidUTF8(s, "?"), " \t<>\"")
}
