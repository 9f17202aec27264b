package slackpeer

import (
	"encoding/json"

	"verbale/internal/slackpeer/blockkit"
)

// checkMessage refuses blocks that Slack refuses in a message: invalid_blocks and
// its kin, with what is wrong and where
// (docs.slack.dev/reference/methods/chat.postMessage).
func checkMessage(blocks json.RawMessage, text string) error {
	if len(blocks) == 0 {
		return nil
	}
	return faulty(blockkit.CheckMessage(blocks, text))
}

// checkView refuses a view that Slack refuses
// (docs.slack.dev/reference/methods/views.open).
func checkView(view json.RawMessage) error { return faulty(blockkit.CheckView(view)) }

// faulty makes one refusal of all faults, with the code of the first.
func faulty(faults []blockkit.Fault) error {
	if len(faults) == 0 {
		return nil
	}
	var messages []string
	for _, f := range faults {
		messages = append(messages, f.String())
	}
	return refuse(faults[0].Code, messages...)
}
