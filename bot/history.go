package bot

// History entries about mail, besides the steps of the lifecycle.
const (
	WhatMailIn          = "mail_in"      // the requester wrote again
	WhatMailOut         = "mail_out"     // a colleague wrote to the requester
	WhatNote            = "note"         // a colleague wrote to the desk
	WhatBounce          = "bounce"       // a mail of ours bounced
	WhatUnreachable     = "unreachable"  // mail of ours to an external address bounced; no automatic mail goes there any more
	WhatAway            = "away"         // the requester is away until a date
	WhatStatusAsked     = "status_asked" // the requester asked where the request stands
	WhatNotAcknowledged = "not_acknowledged"
	WhatOwnerNotTold    = "owner_not_told" // about incoming mail
	WhatForged          = "forged"         // a mail with a colleague's address whose sender is not verified
)

// What the requester's further mail is about, as entered in the history.
const (
	WhatChaser   = "chaser"     // it asks for the state of the request
	WhatWithdraw = "withdraws"  // it seems to withdraw the request
	WhatNewDates = "new_dates"  // it proposes other dates
	WhatNewAsk   = "new_ask"    // it asks for something else as well
	WhatAskAgain = "asks_again" // it came after our answer
)

// History entries about orders, besides the steps of the lifecycle and notes.
const (
	WhatCorrected    = "corrected"
	WhatSettled      = "settled"  // a doubt
	WhatPromoted     = "promoted" // from the messages set aside
	WhatJoined       = "joined"   // a message set aside was added
	WhatDistinct     = "distinct" // not the same as a similar record
	WhatSplit        = "split"
	WhatConfidential = "confidential"
	WhatOpen         = "not_confidential"
	WhatViewed       = "viewed" // a confidential record
	WhatWithheld     = "withheld"
	WhatAbsorbed     = "absorbed" // another record was merged into this one
	WhatParked       = "parked"
	WhatSnoozed      = "snoozed"
	WhatMuted        = "hushed" // reminders of a step were turned off
	WhatUnmuted      = "unhushed"
	WhatPostponed    = "postponed"
	WhatRemindMe     = "remind_me"
	WhatMayRemind    = "may_remind" // the requester may be reminded of our question
	WhatResults      = "results"
)

// WhatForgotten is the history entry about who had personal data erased, and why.
const WhatForgotten = "forgotten"

// Why a reminder was stopped: the colleague named in By turned it off or moved it.
const (
	ReasonStopped = "stopped"
	ReasonMoved   = "moved"
)

// Why a reminder was not sent, if not explained in a sentence of its own: a status, or one of
// these.
const (
	ReasonSaidAgain  = "said_again"  // a later reminder says the same
	ReasonOtherTime  = "other_time"  // its step is due at another time
	ReasonMuted      = "hushed"      // reminders of its step are turned off
	ReasonNotAgreed  = "not_agreed"  // nobody agreed to remind the requester; the owner was asked
	ReasonSendingOff = "sending_off" // sending is off
	ReasonNoWay      = "no_way"      // the directory does not say how to reach the recipient
)
