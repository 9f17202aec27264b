package blockkit

var block = fields{"block_id": word(255)}

// pictured are the two ways to name an image.
var pictured = fields{
	"image_url":  formed(3000, absoluteURL),
	"slack_file": one(slackFile),
}

// blocks are the blocks of a message or view, after
// https://docs.slack.dev/reference/block-kit/blocks.
var blocks = family{
	"actions": {
		page:   "block-kit/blocks/actions-block",
		shared: []fields{block},
		fields: fields{"elements": list(1, 25, one(inActions)).must()},
	},
	"context": {
		page:   "block-kit/blocks/context-block",
		shared: []fields{block},
		fields: fields{"elements": list(1, 10, one(texts.with(elements.only("image")))).must()},
	},
	"context_actions": {
		page:   "block-kit/blocks/context-actions-block",
		on:     inMessage,
		shared: []fields{block},
		fields: fields{"elements": list(1, 5, one(elements.only("feedback_buttons", "icon_button"))).must()},
	},
	"divider": {
		page:   "block-kit/blocks/divider-block",
		shared: []fields{block},
	},
	"file": { // Slack shows it in messages with remote files; no app may send it
		page:   "block-kit/blocks/file-block",
		on:     nowhere,
		shared: []fields{block},
		fields: fields{"external_id": word(0).must(), "source": choice("remote").must()},
	},
	"header": {
		page:   "block-kit/blocks/header-block",
		shared: []fields{block},
		fields: fields{"text": plain(150).must()},
	},
	"image": {
		page:   "block-kit/blocks/image-block",
		shared: []fields{block, pictured},
		fields: fields{"alt_text": word(2000).must(), "title": plain(2000)},
		oneOf:  []string{"image_url", "slack_file"},
	},
	"input": {
		page:   "block-kit/blocks/input-block",
		shared: []fields{block},
		fields: fields{
			"label":           plain(2000).must(),
			"element":         one(inInput).must(),
			"dispatch_action": flag,
			"hint":            plain(2000),
			"optional":        flag,
		},
		rules: []rule{noDispatchOfFiles},
	},
	"markdown": {
		page:   "block-kit/blocks/markdown-block",
		on:     inMessage,
		shared: []fields{block},
		fields: fields{"text": word(12000).must()},
	},
	"rich_text": richText,
	"section": {
		page:   "block-kit/blocks/section-block",
		shared: []fields{block},
		fields: fields{
			"text":      text(3000),
			"fields":    list(1, 10, text(2000)),
			"accessory": one(inSection),
			"expand":    flag,
		},
		anyOf: []string{"text", "fields"},
	},
	"table": {
		page:   "block-kit/blocks/table-block",
		on:     inMessage,
		shared: []fields{block},
		fields: fields{
			"rows":            list(1, 100, list(1, 20, one(cells))).must(),
			"column_settings": list(1, 20, one(columnSettings)),
		},
	},
	"video": {
		page:   "block-kit/blocks/video-block",
		shared: []fields{block},
		fields: fields{
			"alt_text":          word(2000).must(),
			"title":             plain(199).must(),
			"title_url":         formed(3000, secureURL),
			"thumbnail_url":     formed(3000, absoluteURL).must(),
			"video_url":         formed(3000, secureURL).must(),
			"author_name":       word(49),
			"description":       plain(199),
			"provider_name":     word(0),
			"provider_icon_url": formed(3000, absoluteURL),
		},
	},
}

// cells are the cells of a table.
var cells = family{
	"raw_text": {
		page:   "block-kit/blocks/table-block",
		fields: fields{"text": word(0).must()},
	},
	"raw_number": {
		page:   "block-kit/blocks/table-block",
		fields: fields{"text": word(0).must(), "value": figure.must()},
	},
	"rich_text": richText,
}

var columnSettings = family{"": {
	page:   "block-kit/blocks/table-block",
	fields: fields{"align": choice("left", "center", "right"), "is_wrapped": flag},
}}
