// Package blockkit knows Slack's Block Kit: it says what Slack would refuse in the
// blocks of a message or in a view, draws them as plain text for golden files, and
// finds in them whatever is live: mentions, commands and links.
//
// The rules are tables, one entry for each block, element and object, after Slack's
// own reference: https://docs.slack.dev/reference/block-kit (each entry names its
// page there), https://docs.slack.dev/reference/views/modal-views and
// https://docs.slack.dev/reference/views/home-tab-views. Where that reference is
// silent but Slack is known to refuse (an unknown field, an empty string, an action
// id twice in one block), so does this package, in Slack's words. Where it cannot be
// known what Slack does, the package is the stricter of the two. Blocks and elements
// that are not in the tables are refused as unsupported: among those Slack has,
// alert, card, carousel, container, data_table, plan and task_card.
//
// Reading is apart from drawing: [ParseMessage], [ParseView] and [Text.Spans] give a
// model of what a person would see, which the pictures draw as text and another
// renderer may draw otherwise. They read whatever they are given: what is malformed
// is left out, never a panic. It is for the peer, for tests and for exhibits.
package blockkit
