package desk

import (
	"slices"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

// Buttons of a card in the desk's channel, by the status of the record, the expected step
// first. Everything else that fits is in the list after them.
var besideAtDesk = map[intake.Status][]string{
	intake.StatusNeedsReading: {PressChoose, PressNotRequest},
	intake.StatusNeedsTriage:  {PressAssign, PressChoose, PressAskMissing, PressNotRequest},
	intake.StatusAssigned:     {PressHandOver, PressAsk, PressAskMissing},
	intake.StatusAccepted:     {PressReply, PressAsk, PressAskMissing},
	intake.StatusWaiting:      {PressGotAnswer, PressReply},
	intake.StatusAnswered:     {PressClose, PressTakeUp},
	intake.StatusClosed:       {PressReopen, PressResults},
}

// The same for the direct message to the assignee.
var besideAtOwner = map[intake.Status][]string{
	intake.StatusAssigned: {PressAccept, PressDecline, PressHandOver, PressAskDesk, PressReply, PressAsk, PressAskMissing},
	intake.StatusAccepted: {PressReply, PressAsk, PressAskMissing, PressAskDesk},
	intake.StatusWaiting:  {PressGotAnswer, PressReply, PressAskDesk},
	intake.StatusAnswered: {PressClose, PressTakeUp},
	intake.StatusClosed:   {PressResults},
}

// further are all other actions, in the order of the list.
var further = []string{
	PressOpen, PressLetter, PressEvidence, PressHistory, PressFollowUp, PressCorrect, PressReply, PressAsk, PressNote, PressRemindMe,
	PressSnooze, PressMayRemind, PressResults, PressHandOver, PressSplit, PressMergeInto, PressConfidential, PressNotConfidential, PressClose, PressWithdraw, PressNotRequest, PressReopen,
}

// furtherAtOwner are those in the assignee's direct message.
var furtherAtOwner = []string{
	PressOpen, PressLetter, PressEvidence, PressHistory, PressFollowUp, PressCorrect, PressNote, PressRemindMe, PressSnooze,
	PressMayRemind, PressResults, PressClose, PressWithdraw,
}

// furtherAtOthers are those in a direct message to a previous assignee.
var furtherAtOthers = []string{PressOpen, PressLetter, PressEvidence, PressHistory, PressFollowUp, PressNote, PressRemindMe}

// expected are the first steps that are highlighted. For other first steps, no action of the
// reader is expected.
var expected = []string{PressAssign, PressAccept, PressReply, PressClose, PressReopen, PressResults}

// beside are the buttons of a record's card in a room.
func beside(rec *intake.Record, room string) []string {
	names := besideAtDesk[rec.Status]
	if room != bot.RoomDesk {
		names = besideAtOwner[rec.Status]
		if rec.Owner != room {
			names = nil // it is assigned to somebody else now
		}
	}
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		asked := name == PressTakeUp && !rec.FollowUp.AskedAgain.IsZero() // a question has the button
		return !fits(name, rec) || asked || name == PressAssign && proposal(rec) == ""
	})
}

// proposal is the assignee proposed by the routing; "" if that is the desk.
func proposal(rec *intake.Record) string {
	if rec.Routing == nil || rec.Routing.Assignee == intake.ToDesk {
		return ""
	}
	return rec.Routing.Assignee
}

// buttons are the buttons of a card and the list of further actions, restricted to those the
// reader may use.
func (w pageWriter) buttons(rec *intake.Record, room string, may func(press string) bool) []Block {
	var row Buttons
	names := beside(rec, room)
	for i, name := range names {
		if !may(name) {
			continue
		}
		style := StylePlain
		if i == 0 && slices.Contains(expected, name) && rec.FollowUp.AskedAgain.IsZero() {
			style = StylePrimary
		}
		row.Buttons = append(row.Buttons, w.button(name, rec, style))
	}
	list := further
	switch {
	case room != bot.RoomDesk && rec.Owner == room:
		list = furtherAtOwner
	case room != bot.RoomDesk:
		list = furtherAtOthers
	}
	more := w.more(rec, slices.DeleteFunc(slices.Clone(list), func(name string) bool {
		return slices.Contains(names, name) || !fits(name, rec) || !may(name)
	}))
	var blocks []Block
	if len(row.Buttons) > 0 {
		blocks = append(blocks, row)
	}
	if len(more.Options) > 0 {
		blocks = append(blocks, more)
	}
	return blocks
}

func (w pageWriter) more(rec *intake.Record, names []string) Choose {
	more := Choose{Press: press(PressMore, rec), Label: w.say("button.more")}
	for _, name := range names {
		more.Options = append(more.Options, Option{Value: name, Label: w.say("button." + name)})
	}
	return more
}

// button is the button for a press about a record.
func (w pageWriter) button(name string, rec *intake.Record, style Style) Button {
	b := Button{Label: w.say("button." + name), Press: press(name, rec), Style: style}
	if name == PressChoose && proposal(rec) == "" {
		b.Label = w.say("button.choose_first")
	}
	if name == PressAssign {
		b.Label = w.say("button.assign_to", phrases.Values{"owner": w.holder(proposal(rec))})
		b.Press.Value = proposal(rec)
	}
	return b
}
