package slackio

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"golang.org/x/sync/errgroup"

	"verbale/bot"
	"verbale/bot/desk"
)

// MouthOptions configure a Mouth.
type MouthOptions struct {
	Workspace *Workspace
	Rooms     *Rooms
	Desk      Desk
	Cards     Cards
	Office    string // ID of the office: several may share a workspace
	// Every is the minimum time between two messages to a conversation, and between two
	// updates; 0 means what Slack allows.
	Every time.Duration
	Now   func() time.Time
	Log   *slog.Logger
}

// A Mouth performs actions in Slack: bot.ActionCard, bot.ActionSummary, bot.ActionPost,
// bot.ActionErase and bot.ActionRedraw. It is idempotent: performing an action again finds the
// message posted before.
type Mouth struct {
	MouthOptions
	pace              *pacer
	posting, updating rate
	looks             chan struct{} // held by whoever searches through a conversation
}

// NewMouth makes a Mouth.
func NewMouth(o MouthOptions) *Mouth {
	m := &Mouth{MouthOptions: o, pace: newPacer(o.Now), posting: postingRate, updating: updatingRate, looks: make(chan struct{}, 1)}
	if o.Every > 0 {
		m.posting.every, m.updating.every = o.Every, o.Every
	}
	return m
}

// Perform performs an action and returns the place of its message as "conversation/timestamp".
// A bot.NothingToDo means that there was nothing left to do. An error marked with bot.Temporary
// may pass; any other, an *Error, says how to fix it.
func (m *Mouth) Perform(ctx context.Context, a bot.Action) (string, error) {
	var place bot.CardPlace
	var err error
	switch a.Kind {
	case bot.ActionCard:
		place, err = m.card(ctx, a)
	case bot.ActionSummary:
		place, err = m.summary(ctx, a)
	case bot.ActionPost:
		place, err = m.post(ctx, a)
	case bot.ActionErase:
		place, err = m.erase(ctx, a)
	case bot.ActionRedraw:
		place, err = m.drawAnew(ctx, a)
	default:
		err = fmt.Errorf("perform %s: actions of kind %s are not performed in Slack", a.Key, a.Kind)
	}
	if errors.Is(err, bot.ErrNotFound) {
		err = bot.NothingToDo{Reason: "the record is not kept any more"}
	}
	if says(err, "channel_not_found", "is_archived", "is_inactive") { // the channel may have been created anew
		m.Rooms.forget(roomOf(a))
	}
	if err != nil {
		return "", err
	}
	return place.Channel + "/" + place.TS, nil
}

// card draws a record's card in a room from the current state of the record. An existing card
// is updated in place.
func (m *Mouth) card(ctx context.Context, a bot.Action) (bot.CardPlace, error) {
	if err := m.note(ctx, a, a.Reference); err != nil {
		return bot.CardPlace{}, err
	}
	places, err := m.Cards.Cards(ctx, a.Reference)
	if err != nil {
		return bot.CardPlace{}, fmt.Errorf("find the cards of %s: %w", a.Reference, err)
	}
	old := places[roomOf(a)]
	channel, err := m.Rooms.Conversation(ctx, roomOf(a))
	if err != nil {
		return bot.CardPlace{}, err
	}
	if old.Channel == channel && old.Revision >= a.Revision {
		return bot.CardPlace{}, bot.NothingToDo{Reason: fmt.Sprintf("the card shows revision %d already", old.Revision)}
	}
	if old.Channel != channel { // the office has moved to another channel, or the card was never drawn
		old = bot.CardPlace{}
	}
	if old.TS == "" && (a.Attempts > 0 || a.Revision > 1) {
		if old, err = m.find(ctx, channel, "", m.cardTag(a)); err != nil {
			return bot.CardPlace{}, err
		}
	}
	return m.draw(ctx, a, channel, old)
}

// draw updates or posts the card, and stores its place.
func (m *Mouth) draw(ctx context.Context, a bot.Action, channel string, old bot.CardPlace) (bot.CardPlace, error) {
	// The record is loaded first, so that the card is at least as new as the revision stored.
	rec, err := m.Cards.Load(ctx, a.Reference)
	if err != nil {
		return bot.CardPlace{}, fmt.Errorf("load %s for its card: %w", a.Reference, err)
	}
	page, err := m.Desk.Card(ctx, a.Reference, roomOf(a))
	if err != nil {
		return bot.CardPlace{}, fmt.Errorf("make the card of %s: %w", a.Reference, err)
	}
	place, err := m.put(ctx, outgoing{channel: channel, page: page, tag: m.cardTag(a)}, old.TS)
	if err != nil {
		return bot.CardPlace{}, err
	}
	place.Revision, place.DrawnAt = rec.Revision, m.Now()
	if err := m.Cards.SetCard(ctx, a.Reference, roomOf(a), place); err != nil {
		return bot.CardPlace{}, fmt.Errorf("store the place of the card of %s: %w", a.Reference, err)
	}
	return place, nil
}

// put updates a message, or posts it anew if it no longer exists.
func (m *Mouth) put(ctx context.Context, l outgoing, ts string) (bot.CardPlace, error) {
	if ts != "" {
		err := m.redraw(ctx, l, ts)
		if !says(err, "message_not_found", "cant_update_message", "edit_window_closed") {
			return bot.CardPlace{Channel: l.channel, TS: ts}, err
		}
		m.Log.Warn("a card no longer exists and is posted again", "reference", l.tag.Payload["reference"], "channel", l.channel)
	}
	return m.send(ctx, l)
}

// note stores what is due on records in the agenda. This is a reliable place to do so: every
// change of a record enqueues an update of its card at the desk, in order and without loss.
// Home tabs thereby agree with the cards.
func (m *Mouth) note(ctx context.Context, a bot.Action, references ...string) error {
	if roomOf(a) != bot.RoomDesk {
		return nil
	}
	notes, ctx := errgroup.WithContext(ctx)
	notes.SetLimit(notesAtOnce)
	for _, reference := range references {
		notes.Go(func() error { return m.noteOne(ctx, reference) })
	}
	return notes.Wait()
}

// notesAtOnce is how many records are noted concurrently: each waits for the store to write to
// disk, and a summary stands for hundreds of records.
const notesAtOnce = 16

func (m *Mouth) noteOne(ctx context.Context, reference string) error {
	rec, err := m.Cards.Load(ctx, reference)
	switch {
	case errors.Is(err, bot.ErrNotFound):
		err = m.Cards.SetDue(ctx, reference, nil)
	case err == nil:
		err = m.Cards.SetDue(ctx, reference, bot.Appointments(rec))
	}
	if err != nil {
		return fmt.Errorf("note what is due on %s: %w", reference, err)
	}
	return nil
}

// summary posts one message that stands for many cards.
func (m *Mouth) summary(ctx context.Context, a bot.Action) (bot.CardPlace, error) {
	if err := m.note(ctx, a, a.Records...); err != nil {
		return bot.CardPlace{}, err
	}
	page, err := m.Desk.Summary(ctx, a)
	if err != nil {
		return bot.CardPlace{}, fmt.Errorf("make a summary of %d records: %w", len(a.Records), err)
	}
	return m.say(ctx, a, page, "")
}

// post posts a message in the thread of a record's card. A message about no record is posted
// to the channel itself; so is one that asks for an answer, if there is no card yet.
func (m *Mouth) post(ctx context.Context, a bot.Action) (bot.CardPlace, error) {
	page, err := m.Desk.Post(ctx, a)
	if err != nil {
		return bot.CardPlace{}, fmt.Errorf("make the post %s: %w", a.Key, err)
	}
	if a.Reference == "" {
		return m.say(ctx, a, page, "")
	}
	below := m.standing
	if asks(a.Post) {
		below = m.drawn
	}
	card, err := below(ctx, a)
	if err != nil {
		return bot.CardPlace{}, err
	}
	return m.say(ctx, a, page, card.TS)
}

// standing returns the card in whose thread an action posts. If it is missing, it is drawn
// first.
func (m *Mouth) standing(ctx context.Context, a bot.Action) (bot.CardPlace, error) {
	card, err := m.drawn(ctx, a)
	if err != nil || card.TS != "" {
		return card, err
	}
	old, err := m.find(ctx, card.Channel, "", m.cardTag(a))
	if err != nil {
		return bot.CardPlace{}, err
	}
	return m.draw(ctx, a, card.Channel, old)
}

// drawn returns the card in whose thread an action posts, without a timestamp if the card is
// not drawn.
func (m *Mouth) drawn(ctx context.Context, a bot.Action) (bot.CardPlace, error) {
	places, err := m.Cards.Cards(ctx, a.Reference)
	if err != nil {
		return bot.CardPlace{}, fmt.Errorf("find the cards of %s: %w", a.Reference, err)
	}
	channel, err := m.Rooms.Conversation(ctx, roomOf(a))
	if err != nil {
		return bot.CardPlace{}, err
	}
	if place := places[roomOf(a)]; place.Channel == channel {
		return place, nil
	}
	return bot.CardPlace{Channel: channel}, nil
}

// say posts a message with the key of its action, unless an earlier attempt already did.
func (m *Mouth) say(ctx context.Context, a bot.Action, page desk.Page, thread string) (bot.CardPlace, error) {
	channel, err := m.Rooms.Conversation(ctx, roomOf(a))
	if err != nil {
		return bot.CardPlace{}, err
	}
	l := outgoing{channel: channel, thread: thread, wide: asks(a.Post), page: page, tag: m.keyTag(a)}
	if a.Attempts > 0 {
		if l.wide {
			thread = "" // it was also sent to the channel and is found there
		}
		place, err := m.find(ctx, channel, thread, l.tag)
		if err != nil || place.TS != "" {
			return place, err
		}
	}
	return m.send(ctx, l)
}

// asks reports whether a post asks for an answer about a message set aside. It is also sent to
// the channel, since in the thread of the card alone it would be missed.
func asks(p *bot.Post) bool { return p != nil && p.Identity != "" }

// roomOf is the room of an action, by default the desk's.
func roomOf(a bot.Action) string { return firstOf(a.Room, bot.RoomDesk) }

// errUnmarked means that Slack accepted a message and returned no timestamp.
var errUnmarked = errors.New("no timestamp in the response of Slack")
