package blockkit

import (
	"fmt"
	"strconv"
)

// The codes of faults, which Slack answers as "error". See
// https://docs.slack.dev/reference/methods/chat.postMessage and
// https://docs.slack.dev/reference/methods/views.open.
const (
	CodeBlocks       = "invalid_blocks"        // the blocks of a message break a rule
	CodeBlocksFormat = "invalid_blocks_format" // the blocks of a message are no JSON array
	CodeBlocksLong   = "msg_blocks_too_long"   // the markdown blocks of a message are too long together
	CodeTextLong     = "msg_too_long"          // the text of a message is too long
	CodeNoText       = "no_text"               // a message has neither text nor blocks
	CodeView         = "invalid_arguments"     // a view breaks a rule
	CodeViewLarge    = "view_too_large"        // a view is too large as a whole
)

// A Fault is one thing for which Slack would refuse a message or a view.
type Fault struct {
	Path    string // where it stands, as a JSON pointer (RFC 6901) that begins with /blocks, /text or /view
	Code    string // what Slack answers as "error"
	Message string // what Slack says of it
	Page    string // of Slack's reference, where the rule stands
}

// reference is where Slack's pages stand.
const reference = "https://docs.slack.dev/reference/"

// String is the fault as Slack words it in response_metadata.messages.
func (f Fault) String() string {
	return fmt.Sprintf("[ERROR] %s [json-pointer:%s]", f.Message, f.Path)
}

func below(at, name string) string { return at + "/" + name }

func item(at string, i int) string { return at + "/" + strconv.Itoa(i) }
