package desk

// Names of presses. Those that open a form come first.
const (
	PressOpen       = "open"        // the whole record
	PressLetter     = "letter"      // its full text
	PressEvidence   = "evidence"    // the quotation behind each value
	PressHistory    = "history"     // the history
	PressChoose     = "choose"      // assign to an owner to be chosen
	PressCorrect    = "correct"     // fields of the request
	PressSplit      = "split"       // into parts
	PressMergeInto  = "merge_into"  // a record to be searched for
	PressReply      = "reply"       // to the requester
	PressAsk        = "ask"         // a question to the requester
	PressAskMissing = "ask_missing" // a question to the requester about missing elements
	PressAskDesk    = "ask_desk"    // an internal question to the desk
	PressNote       = "note"
	PressDecline    = "decline"
	PressHandOver   = "hand_over"
	PressClose      = "close"
	PressReopen     = "reopen"
	PressNotRequest = "not_a_request"
	PressWithdraw   = "withdraw"
	PressNew        = "new"  // a request that did not arrive by mail
	PressAway       = "away" // who is away, and who stands in

	PressFollowUp = "follow_up"     // planned and past reminders
	PressMove     = "move_reminder" // the planned reminder with the key in Value
	PressSnooze   = "snooze"        // until a day to be chosen
	PressRemindMe = "remind_me"
	PressResults  = "results"

	PressStop       = "stop_reminder" // the planned reminder with the key in Value
	PressMute       = "hush"          // turn off reminders for the step in Value
	PressUnmute     = "unhush"        // turn on reminders for the step in Value
	PressSnoozeDays = "rest"          // for the number of days in Value
	PressMayRemind  = "may_remind"    // the requester, of our question

	PressAssign          = "assign" // to the ID in Value
	PressAccept          = "accept"
	PressTakeUp          = "ask_again"          // the requester wrote again
	PressGotAnswer       = "requester_answered" // to our question, but not by mail
	PressMerge           = "merge"              // into the reference in Value
	PressDistinct        = "distinct"           // from the reference in Value
	PressSettle          = "settle"             // a doubt: "field=value" in Value
	PressConfidential    = "mark"               // confidential
	PressNotConfidential = "unmark"             // no longer confidential
	PressAside           = "aside"              // the full text of the message set aside in Value
	PressPromote         = "promote"            // the message set aside in Value
	PressJoin            = "join"               // the message set aside in Value
	PressDismiss         = "dismiss"            // the message set aside in Value
	PressBack            = "back"               // who was away: the post in Value

	PressMore        = "more"         // the chosen entry of the list of further actions: the press name in Value
	PressList        = "list"         // a page of a list
	PressShare       = "share"        // a page of a list, with the whole channel
	PressShareReport = "share_report" // for the period in Value, with the whole channel
	PressCommand     = "command"      // the command in Value
)

// Names of forms.
const (
	FormRecord     = "record"
	FormLetter     = "letter"
	FormEvidence   = "evidence"
	FormHistory    = "history"
	FormAssign     = "assign"
	FormHandOver   = "hand_over"
	FormCorrect    = "correct"
	FormSplit      = "split"
	FormMerge      = "merge"
	FormReply      = "reply"
	FormPreview    = "preview"
	FormNote       = "note"
	FormAskDesk    = "ask_desk"
	FormDecline    = "decline"
	FormClose      = "close_request"
	FormReopen     = "reopen"
	FormNotRequest = "not_a_request"
	FormWithdraw   = "withdraw"
	FormNew        = "new"
	FormAway       = "away"
	FormFollowUp   = "follow_up"
	FormMove       = "move_reminder"
	FormSnooze     = "snooze"
	FormRemind     = "remind"
	FormResults    = "results"
	FormDone       = "done" // says what was done
)
