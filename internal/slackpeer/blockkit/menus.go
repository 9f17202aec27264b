package blockkit

import "slices"

// menus are the select menus: one of each kind to choose one item, one to choose
// several.
var menus = family{
	"static_select": {
		page:   selectPage,
		shared: slices.Concat(menu, []fields{listed}),
		fields: fields{"initial_option": one(option)},
		oneOf:  []string{"options", "option_groups"},
		rules:  []rule{valuesDiffer, initialAmongOptions},
	},
	"multi_static_select": {
		page:   multiSelectPage,
		shared: slices.Concat(multiMenu, []fields{listed}),
		fields: fields{"initial_options": list(1, 100, one(option))},
		oneOf:  []string{"options", "option_groups"},
		rules:  []rule{valuesDiffer, initialAmongOptions, initialWithinMost},
	},
	"external_select": {
		page:   selectPage,
		shared: menu,
		fields: fields{"initial_option": one(option), "min_query_length": whole(0, 0)},
	},
	"multi_external_select": {
		page:   multiSelectPage,
		shared: multiMenu,
		fields: fields{"initial_options": list(1, 100, one(option)), "min_query_length": whole(0, 0)},
		rules:  []rule{initialWithinMost},
	},
	"users_select": {
		page:   selectPage,
		shared: menu,
		fields: fields{"initial_user": word(0)},
	},
	"multi_users_select": {
		page:   multiSelectPage,
		shared: multiMenu,
		fields: fields{"initial_users": ids},
		rules:  []rule{initialWithinMost},
	},
	"conversations_select": {
		page:   selectPage,
		shared: slices.Concat(menu, []fields{conversational, answering}),
		fields: fields{"initial_conversation": word(0)},
	},
	"multi_conversations_select": {
		page:   multiSelectPage,
		shared: slices.Concat(multiMenu, []fields{conversational}),
		fields: fields{"initial_conversations": ids},
		rules:  []rule{initialWithinMost},
	},
	"channels_select": {
		page:   selectPage,
		shared: slices.Concat(menu, []fields{answering}),
		fields: fields{"initial_channel": word(0)},
	},
	"multi_channels_select": {
		page:   multiSelectPage,
		shared: multiMenu,
		fields: fields{"initial_channels": ids},
		rules:  []rule{initialWithinMost},
	},
}
