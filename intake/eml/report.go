package eml

import (
	"slices"
	"strings"

	"verbale/intake"
)

// deliveryStatus parses message/delivery-status (RFC 3464, section 2.1): groups of fields,
// first about the message, then one for each recipient.
func (p *parser) deliveryStatus(e entity) {
	body := p.decoded(e)
	report := p.delivery()
	for len(body) > 0 {
		group, rest, _ := splitHeader(body, p.o.Limits.HeaderBytes)
		if len(rest) >= len(body) {
			_, rest = cutLine(body) // a line that is not a field
		}
		body = rest
		addRecipient(report, group)
	}
}

func (p *parser) delivery() *intake.DeliveryReport {
	if p.m.Signs.Delivery == nil {
		p.m.Signs.Delivery = &intake.DeliveryReport{}
	}
	return p.m.Signs.Delivery
}

// gravest lists the actions of RFC 3464, section 2.3.3, the worst first. If they differ
// between recipients, the report has the worst.
var gravest = []string{"failed", "delayed", "expanded", "relayed", "delivered"}

func addRecipient(report *intake.DeliveryReport, group header) {
	action := token(group.get("action"))
	if action == "" {
		return
	}
	recipient := group.get("final-recipient")
	if recipient == "" {
		recipient = group.get("original-recipient")
	}
	if _, address, ok := strings.Cut(recipient, ";"); ok {
		recipient = address
	}
	if recipient = cleanRecipient(recipient); recipient != "" && len(report.Recipients) < mostRecipients && !slices.Contains(report.Recipients, recipient) {
		report.Recipients = append(report.Recipients, recipient)
	}
	if report.Action == "" || graver(action, report.Action) {
		report.Action = action
		report.Status, _, _ = strings.Cut(token(group.get("status")), " ")
	}
}

// graver reports whether an action is worse than another. An unknown action, which RFC 3464
// does not allow, is less grave than all known ones.
func graver(action, than string) bool {
	rank, other := slices.Index(gravest, action), slices.Index(gravest, than)
	return rank >= 0 && (other < 0 || rank < other)
}

// returnedOriginal records which mail a report is about.
func (p *parser) returnedOriginal(h header) {
	if ids := messageIDs(h.get("message-id")); len(ids) > 0 && p.m.Signs.Delivery != nil {
		p.m.Signs.Delivery.OriginalID = ids[0]
	}
}
