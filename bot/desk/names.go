package desk

// What a Press does. Presses that open a form stand first.
const (
	PressOpen       = "open"        // the record as a whole
	PressLetter     = "letter"      // its full text
	PressEvidence   = "evidence"    // the words behind each value
	PressHistory    = "history"     // who did what when
	PressChoose     = "choose"      // assign to whoever is chosen
	PressCorrect    = "correct"     // fields of the request
	PressSplit      = "split"       // into parts
	PressMergeInto  = "merge_into"  // a record that is looked for
	PressReply      = "reply"       // to the sender
	PressAsk        = "ask"         // the sender
	PressAskMissing = "ask_missing" // the sender, for what the request lacks
	PressAskDesk    = "ask_desk"    // a question within the house
	PressNote       = "note"
	PressDecline    = "decline"
	PressHandOver   = "hand_over"
	PressClose      = "close"
	PressReopen     = "reopen"
	PressNotRequest = "not_a_request"
	PressWithdraw   = "withdraw"
	PressNew        = "new"  // a request that did not come by mail
	PressAway       = "away" // who is away, and who stands in

	PressFollowUp = "follow_up"     // what is planned, what was said
	PressMove     = "move_reminder" // the planned one of the key in Value
	PressSnooze   = "snooze"        // until a day that is asked for
	PressRemindMe = "remind_me"
	PressResults  = "results"

	PressStop      = "stop_reminder" // the planned one of the key in Value
	PressHush      = "hush"          // the step in Value
	PressUnhush    = "unhush"        // the step in Value
	PressRest      = "rest"          // for so many days as Value says
	PressMayRemind = "may_remind"    // the requester, of our question

	PressAssign    = "assign" // to the id in Value
	PressAccept    = "accept"
	PressTakeUp    = "ask_again"          // the requester came back
	PressGotAnswer = "requester_answered" // to our question, otherwise than by mail
	PressMerge     = "merge"              // into the reference in Value
	PressDistinct  = "distinct"           // from the reference in Value
	PressSettle    = "settle"             // a doubt: "field=value" in Value
	PressMark      = "mark"               // confidential
	PressUnmark    = "unmark"             // confidential no more
	PressPromote   = "promote"            // the message set aside in Value
	PressJoin      = "join"               // the message set aside in Value
	PressDismiss   = "dismiss"            // the message set aside in Value
	PressBack      = "back"               // who was away, with the post in Value

	PressMore        = "more"         // what was chosen from a list of further things: the name of a press in Value
	PressList        = "list"         // a page of a list
	PressShare       = "share"        // a page of a list with the whole channel
	PressShareReport = "share_report" // of the period in Value, with the whole channel
	PressCommand     = "command"      // the words in Value
)

// Forms.
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
