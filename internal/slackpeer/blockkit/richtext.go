package blockkit

const richTextPage = "block-kit/blocks/rich-text-block"

// richText is the block of structured text, all of whose parts stand on one page of
// the reference.
var richText = schema{
	page:   richTextPage,
	shared: []fields{block},
	fields: fields{"elements": list(0, 0, one(richParts)).must()},
}

var richParts = family{
	"rich_text_section": richSection,
	"rich_text_list": {
		page:   richTextPage,
		shared: []fields{bordered},
		fields: fields{
			"elements": list(0, 0, one(family{"rich_text_section": richSection})).must(),
			"style":    choice("bullet", "ordered").must(),
			"indent":   whole(0, 8),
			"offset":   whole(0, 0),
		},
	},
	"rich_text_preformatted": {
		page:   richTextPage,
		shared: []fields{bordered},
		fields: fields{"elements": list(0, 0, one(inlines.only("text", "link"))).must(), "language": word(0)},
	},
	"rich_text_quote": {
		page:   richTextPage,
		shared: []fields{bordered},
		fields: fields{"elements": list(0, 0, one(inlines)).must()},
	},
}

var (
	richSection = schema{
		page:   richTextPage,
		fields: fields{"elements": list(0, 0, one(inlines)).must()},
	}
	bordered = fields{"border": whole(0, 1)}
	styled   = fields{"style": one(family{"": {
		page: richTextPage,
		fields: fields{
			"bold": flag, "italic": flag, "strike": flag, "code": flag, "underline": flag,
			"highlight": flag, "client_highlight": flag, "unlink": flag,
		},
	}})}
)

// inlines are what stands in a line of rich text.
var inlines = family{
	"broadcast": inline(fields{"range": choice("here", "channel", "everyone").must()}),
	"channel":   inline(fields{"channel_id": word(0).must()}),
	"color":     inline(fields{"value": word(0).must()}),
	"date": inline(fields{
		"timestamp": whole(0, 0).must(),
		"format":    word(0).must(),
		"url":       formed(0, absoluteURL),
		"fallback":  word(0),
	}),
	"emoji":     inline(fields{"name": word(0).must(), "unicode": word(0), "url": formed(0, absoluteURL)}),
	"link":      inline(fields{"url": formed(0, absoluteURL).must(), "text": word(0), "unsafe": flag}),
	"team":      inline(fields{"team_id": word(0).must()}),
	"text":      inline(fields{"text": word(0).must()}),
	"user":      inline(fields{"user_id": word(0).must()}),
	"usergroup": inline(fields{"usergroup_id": word(0).must()}),
}

func inline(own fields) schema {
	return schema{page: richTextPage, shared: []fields{styled}, fields: own}
}
