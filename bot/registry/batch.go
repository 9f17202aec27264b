package registry

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"verbale/bot"
	"verbale/intake"
)

// HandleBatch handles the first of several mails in one commit, as if they had been handled
// one after the other in the given order: the data for each is loaded beforehand and updated
// with what the earlier ones change. The batch ends before a mail that depends on an earlier
// one in a way that cannot be foreseen.
//
// It returns the results of the mails handled, which may be none: after a conflict with
// another process, or if something is wrong with the next mail. That mail is then for Handle,
// which loads everything again and returns the error. An error of HandleBatch is temporary:
// no further mail can be handled now.
func (s *Service) HandleBatch(ctx context.Context, mails []bot.MailArrived) ([]bot.Committed, error) {
	arrivals, err := s.loadBatch(ctx, mails)
	if err != nil {
		return nil, err
	}
	changes := s.decideBatch(arrivals)
	if len(changes) < 2 {
		return nil, nil
	}
	done, err := s.Store.CommitAll(ctx, changes)
	for i := range done {
		s.report(bot.WithRequest(ctx, mails[i].Request), mails[i], done[i])
	}
	if s.Nudge != nil && len(done) > 0 {
		s.Nudge()
	}
	return done, s.endedBy(ctx, changes, err)
}

// endedBy returns the error of a batch commit if it is temporary. Conflicts with other
// processes are not errors; any other error will occur again in Handle.
func (s *Service) endedBy(ctx context.Context, changes []bot.Change, err error) error {
	if _, passes := bot.IsTemporary(err); passes {
		return fmt.Errorf("commit %d mails together: %w", len(changes), err)
	}
	if err != nil && !errors.Is(err, bot.ErrStale) && !errors.Is(err, bot.ErrRenumber) {
		s.Log.WarnContext(ctx, "mails are handled one by one: they could not be committed together", "mails", len(changes), "error", err)
	}
	return nil
}

// decideBatch returns the changes of mails, one after the other, up to the first that
// depends on an earlier one.
func (s *Service) decideBatch(arrivals []*arrival) (changes []bot.Change) {
	var earlier []handled
	for _, a := range arrivals {
		if s.dependsOn(a, earlier) {
			break
		}
		for _, e := range earlier {
			s.applyEarlier(a, e)
		}
		change := s.changeBy(a)
		for i := range change.Actions {
			change.Actions[i].Request = a.Request
		}
		changes, earlier = append(changes, change), append(earlier, handledAs(a, change))
	}
	return changes
}

// A handled mail is one that was decided and is not committed yet.
type handled struct {
	before *intake.Record // the record before the change; nil if it is new
	change bot.Change
}

func handledAs(a *arrival, change bot.Change) handled {
	if rec := change.Record; rec == nil || rec.Revision == 0 {
		return handled{change: change} // it changes no existing record
	}
	return handled{a.found, change}
}

// loadBatch loads the data for mails concurrently, and returns that of the mails before the
// first failure. It only returns an error if that of the first mail is temporary; an error of
// a later mail must not stop those before it.
func (s *Service) loadBatch(ctx context.Context, mails []bot.MailArrived) ([]*arrival, error) {
	arrivals, failures := make([]*arrival, len(mails)), make([]error, len(mails))
	var loading sync.WaitGroup
	for i, mail := range mails {
		loading.Go(func() {
			arrivals[i], failures[i] = s.loadOne(bot.WithRequest(ctx, mail.Request), mail)
		})
	}
	loading.Wait()
	failed := slices.Index(arrivals, nil)
	if failed < 0 {
		return arrivals, nil
	}
	if _, passes := bot.IsTemporary(failures[failed]); passes && failed == 0 {
		return nil, failures[failed]
	}
	return arrivals[:failed], nil
}

// loadOne loads the data for one of several mails; nil if that fails or panics.
func (s *Service) loadOne(ctx context.Context, mail bot.MailArrived) (*arrival, error) {
	defer func() {
		if recover() != nil {
			s.Log.ErrorContext(ctx, "panic while the data for one of several mails was loaded", "uid", mail.Place.UID, "stack", string(debug.Stack()))
		}
	}()
	a, err := s.load(ctx, mail)
	if err != nil {
		return nil, err
	}
	return a, nil
}

// dependsOn reports whether the data loaded for a mail may be outdated once earlier ones are
// committed, in more than foresee updates; also, whether it is the same mail as one of them,
// which gets no number.
func (s *Service) dependsOn(a *arrival, earlier []handled) bool {
	if len(earlier) > 0 && (a.instructs(s) || a.earlier.any()) {
		return true
	}
	thread, named := threadOf(a.Message), s.namedBy(a)
	if a.found != nil {
		named = append(named, a.found.Reference)
	}
	return slices.ContainsFunc(earlier, func(e handled) bool {
		c := e.change
		return sameMail(c.Arrival, a.Message) || slices.Contains(thread, c.Arrival.MessageID) ||
			c.Record != nil && slices.Contains(named, c.Record.Reference) ||
			a.citesLetterOf(e.before) || a.citesLetterOf(c.Record) ||
			slices.ContainsFunc(c.Actions, func(act bot.Action) bool { return act.Mail != nil && slices.Contains(thread, act.Mail.MessageID) })
	})
}

func sameMail(known *bot.Arrival, m *intake.Message) bool {
	return known.Fingerprint == m.Fingerprint || known.MessageID != "" && known.MessageID == m.MessageID
}

// applyEarlier updates the data loaded for a mail with what an earlier one changes.
func (s *Service) applyEarlier(a *arrival, e handled) {
	rec := e.change.Record
	if rec == nil {
		return
	}
	if next := intake.ReferenceAfter(rec.Reference); rec.Revision == 0 && sameYear(next, a.next) {
		a.next = next
	}
	a.open = recounted(a.open, e.before, rec)
	if q, asks := s.briefQueryOf(a); asks {
		a.country = listed(a.country, rec, q)
	}
	for i, q := range s.alikeQueries(a) {
		a.alike[i] = listed(a.alike[i], rec, q)
	}
}

func sameYear(reference, other string) bool {
	return reference[:strings.LastIndexByte(reference, '-')+1] == other[:strings.LastIndexByte(other, '-')+1]
}

// recounted updates the number of open records by owner after a record has changed; before is
// nil if it is new.
func recounted(open map[string]int, before, after *intake.Record) map[string]int {
	if open == nil {
		open = map[string]int{}
	}
	if before != nil && before.Owner != "" && before.Status.Open() {
		open[before.Owner]--
	}
	if after.Owner != "" && after.Status.Open() {
		open[after.Owner]++
	}
	return open
}

// listed updates a page of records, queried by country, division and time and sorted newest
// first, with a record that is new or has changed.
func listed(page []*intake.Record, rec *intake.Record, q bot.Query) []*intake.Record {
	page = slices.DeleteFunc(slices.Clone(page), func(r *intake.Record) bool { return r.Reference == rec.Reference })
	if rec.Request == nil || !slices.Contains(rec.Request.Countries, q.Country) || rec.ReceivedAt.Before(q.Since) ||
		q.Division != "" && (rec.Routing == nil || rec.Routing.Division != q.Division) {
		return page
	}
	at, _ := slices.BinarySearchFunc(page, rec, func(r, rec *intake.Record) int {
		return cmp.Or(cmp.Compare(rec.ReceivedAt.Unix(), r.ReceivedAt.Unix()), strings.Compare(rec.Reference, r.Reference))
	})
	page = slices.Insert(page, at, rec)
	return page[:min(len(page), q.Limit)]
}
