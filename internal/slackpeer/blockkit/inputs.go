package blockkit

// pickers choose dates and times.
var pickers = family{
	"datepicker": {
		page:   "block-kit/block-elements/date-picker-element",
		shared: []fields{actionable, confirmable, focusable, prompting},
		fields: fields{"initial_date": formed(0, calendarDate)},
	},
	"datetimepicker": {
		page:   "block-kit/block-elements/datetime-picker-element",
		on:     inMessage | inModal,
		shared: []fields{actionable, confirmable, focusable},
		fields: fields{"initial_date_time": whole(1_000_000_000, 9_999_999_999)}, // ten digits
	},
	"timepicker": {
		page:   "block-kit/block-elements/time-picker-element",
		shared: []fields{actionable, confirmable, focusable, prompting},
		fields: fields{"initial_time": formed(0, timeOfDay), "timezone": word(0)},
	},
}

// inputs are what is typed or handed in; they stand in input blocks alone.
var inputs = family{
	"plain_text_input": {
		page:   "block-kit/block-elements/plain-text-input-element",
		shared: typed,
		fields: fields{
			"initial_value": word(0),
			"multiline":     flag,
			"min_length":    whole(0, 3000),
			"max_length":    whole(1, 3000),
		},
		rules: []rule{initialWithinLengths},
	},
	"rich_text_input": {
		page:   "block-kit/block-elements/rich-text-input-element",
		on:     inModal | inHome,
		shared: typed,
		fields: fields{
			"initial_value": one(family{"rich_text": richText}),
			"min_lines":     whole(1, 100),
			"max_lines":     whole(1, 100),
		},
	},
	"email_text_input": {
		page:   "block-kit/block-elements/email-input-element",
		on:     inModal,
		shared: typed,
		fields: fields{"initial_value": word(0)},
	},
	"url_text_input": {
		page:   "block-kit/block-elements/url-input-element",
		on:     inModal,
		shared: typed,
		fields: fields{"initial_value": word(0)},
	},
	"number_input": {
		page:   "block-kit/block-elements/number-input-element",
		on:     inModal,
		shared: typed,
		fields: fields{
			"is_decimal_allowed": flag.must(),
			"initial_value":      formed(0, decimal),
			"min_value":          formed(0, decimal),
			"max_value":          formed(0, decimal),
		},
		rules: []rule{initialWithinValues},
	},
	"file_input": {
		page:   "block-kit/block-elements/file-input-element",
		on:     inModal,
		shared: []fields{actionable},
		fields: fields{"filetypes": list(1, 0, word(0)), "max_files": whole(1, 10)},
	},
}
