package bot

// What a history says of mail, besides the steps of the lifecycle.
const (
	WhatMailIn          = "mail_in"      // the requester wrote again
	WhatMailOut         = "mail_out"     // a colleague wrote to the requester
	WhatNote            = "note"         // a colleague wrote to the desk
	WhatBounce          = "bounce"       // a mail of ours came back
	WhatUnreachable     = "unreachable"  // mail of ours to an address outside came back, and nothing automatic goes there any more
	WhatAway            = "away"         // until when the requester is away
	WhatStatusAsked     = "status_asked" // the requester asked where the request stands
	WhatNotAcknowledged = "not_acknowledged"
	WhatOwnerNotTold    = "owner_not_told" // of mail that came in
	WhatForged          = "forged"         // a mail under a colleague's address that is not surely theirs
)

// What a history says of what the requester's further mail is about.
const (
	WhatChaser   = "chaser"    // it asks what became of the request
	WhatWithdraw = "withdraws" // it seems to take the request back
	WhatNewDates = "new_dates" // it proposes other days
	WhatNewAsk   = "new_ask"   // it asks for something else as well
)

// What a history says of orders, besides the steps of the lifecycle and notes.
const (
	WhatCorrected    = "corrected"
	WhatSettled      = "settled"  // a doubt
	WhatPromoted     = "promoted" // from the messages set aside
	WhatJoined       = "joined"   // a message that had been set aside
	WhatDistinct     = "distinct" // from a record that looked like it
	WhatSplit        = "split"
	WhatConfidential = "confidential"
	WhatOpen         = "not_confidential"
	WhatViewed       = "viewed" // a confidential record
	WhatWithheld     = "withheld"
	WhatAbsorbed     = "absorbed" // another record was merged into this one
	WhatParked       = "parked"
	WhatSnoozed      = "snoozed"
	WhatHushed       = "hushed" // a step about which nothing is said any more
	WhatTakenUp      = "unhushed"
	WhatPostponed    = "postponed"
	WhatRemindMe     = "remind_me"
	WhatMayRemind    = "may_remind" // the requester, of our question
	WhatResults      = "results"
)

// WhatForgotten says in a history who let personal words be forgotten, and why.
const WhatForgotten = "forgotten"

// Why a reminder was stopped: its By did not want it, or wants it at another time.
const (
	ReasonStopped = "stopped"
	ReasonMoved   = "moved"
)

// Why a reminder was not said, where that is no sentence of its own: a status, or one of
// these.
const (
	ReasonSaidAgain  = "said_again"  // a later one says the same
	ReasonOtherTime  = "other_time"  // its step is due at another time
	ReasonHushed     = "hushed"      // nothing is said about its step
	ReasonNotAgreed  = "not_agreed"  // nobody agreed to remind the requester; the owner was asked
	ReasonSendingOff = "sending_off" // nothing goes out
	ReasonNoWay      = "no_way"      // the directory does not say how to reach the recipient
)
