package redisstore

import (
	"fmt"
	"net/url"
	"strconv"

	"verbale/bot"
	"verbale/intake"
)

// keys builds the names of all keys that an office has in Redis. They share the hash tag
// {office} and so lie in one slot of a Cluster.
type keys struct{ office string }

func (k keys) of(name string) string { return "verbale:{" + k.office + "}:" + name }

// record: string. A header line (see recordHeader) followed by the packed document.
func (k keys) record(reference string) string { return k.of("record:" + reference) }

// letter: string. The packed text of the letter.
func (k keys) letter(reference string) string { return k.of("letter:" + reference) }

// history: list of packed entries, oldest first.
func (k keys) history(reference string) string { return k.of("history:" + reference) }

// actionsOf: list of the keys of a record's actions, oldest first.
func (k keys) actionsOf(reference string) string { return k.of("actions:" + reference) }

// index: sorted set, all scores 0, so ordered lexicographically. One member "term/stamp" for
// each term of a record, where the stamp is the second of receipt and the reference (see
// recordTerms).
func (k keys) index() string { return k.of("index") }

// vocabulary: sorted set of all words that have a list, all scores 0, so ordered
// lexicographically.
func (k keys) vocabulary() string { return k.of("vocabulary") }

// word: string. The entries of the records that contain the word, or a number with these
// first digits, oldest first (see entry and filedUnder). Some may be of records that no
// longer contain it.
func (k keys) word(word string) string { return k.of("word:" + word) }

// indexForm: string. The version of the index format that all records have been written in.
func (k keys) indexForm() string { return k.of("index_form") }

// openByOwner: hash. Owner to the number of their open records.
func (k keys) openByOwner() string { return k.of("open_by_owner") }

// messages: hash. Identity of a message received or sent (see messageField) to its outcome,
// reference and the mark of its fingerprint, separated by tabs. The outcome of outgoing mail
// is "sent". If a mail was forgotten, its field is a hash (see goneField).
func (k keys) messages() string { return k.of("messages") }

// folder: hash. UID to outcome, reference and "repeat" or "", separated by tabs, for one
// folder under one UIDVALIDITY. The hash of an earlier UIDVALIDITY is kept.
func (k keys) folder(p intake.Place) string {
	return k.of("folder:" + folderName(p) + ":" + strconv.FormatUint(uint64(p.UIDValidity), 10))
}

// cursors: hash. Folder to the packed cursor.
func (k keys) cursors() string { return k.of("cursors") }

// numbers: hash. Year to the last number assigned.
func (k keys) numbers() string { return k.of("numbers") }

// wakes: sorted set of the references of records with a planned reminder, by when the record
// is looked at again.
func (k keys) wakes() string { return k.of("wakes") }

// totals: hash. Outcome to the number of messages with it; further copies of a message do not
// count.
func (k keys) totals() string { return k.of("totals") }

// setAside: hash. Identity of a message to the packed message set aside.
func (k keys) setAside() string { return k.of("set_aside") }

// setAsideIndex: sorted set, all scores 0: "second of receipt/identity".
func (k keys) setAsideIndex() string { return k.of("set_aside_index") }

// toConfirm: sorted set, all scores 0, of the members of setAsideIndex that ask to join a
// record. Members that no longer do are skipped.
func (k keys) toConfirm() string { return k.of("to_confirm") }

// toConfirmForm: string. The format version of toConfirm that all messages set aside have
// been written in.
func (k keys) toConfirmForm() string { return k.of("to_confirm_form") }

// asideLetter: string. The packed letter of a message set aside, by its field in
// setAside. Expires.
func (k keys) asideLetter(field string) string { return k.of("aside_letter:" + field) }

// once: string. Order ID to the reference and revision that were committed under it,
// separated by a tab. Expires after a week.
func (k keys) once(order string) string { return k.of("once:" + order) }

// cards: hash. Room to the revision, time, conversation and message time stamp of the
// record's card there, separated by tabs.
func (k keys) cards(reference string) string { return k.of("cards:" + reference) }

// leaves: hash. Directory ID of a post to its packed absence.
func (k keys) leaves() string { return k.of("leaves") }

// canary: string. The packed state of the latest canary letter.
func (k keys) canary() string { return k.of("canary") }

// actions: hash. Key of an action to a header line (see headState and the fields after it)
// and the packed rest.
func (k keys) actions() string { return k.of("actions") }

// due: sorted set of the keys of a mouth's pending actions that wait only for their due time;
// the score is that time in Unix milliseconds, like all scores below. The set for mail keeps
// the name from when there were no other mouths, since existing members are mail.
func (k keys) due(m bot.Mouth) string {
	if m == bot.MouthMail {
		return k.of("due")
	}
	return k.of("due:" + string(m))
}

// lane: list of the keys of the unsettled actions of one lane, earliest first.
func (k keys) lane(lane string) string { return k.of("lane:" + lane) }

// lined: sorted set of the keys of pending actions behind an earlier one in their lane, by
// due time.
func (k keys) lined() string { return k.of("lined") }

// leased: sorted set of the keys of claimed actions by the end of the lease.
func (k keys) leased() string { return k.of("leased") }

// parked: sorted set of the keys of parked actions by when they were parked.
func (k keys) parked() string { return k.of("parked") }

// group: sorted set of the keys of the unfinished actions of one rate group, by when they
// were first due.
func (k keys) group(group string) string { return k.of("group:" + group) }

// rate: list of the times at which automatic mail went to a rate group, newest first, at most
// as long as the limit. Expires with the rate window.
func (k keys) rate(group string) string { return k.of("rate:" + group) }

// leases: hash. Name of a lease to its owner and its expiry, separated by a tab.
func (k keys) leases() string { return k.of("leases") }

// folderName names a folder of an account; both parts are escaped, so the separator is
// unambiguous.
func folderName(p intake.Place) string {
	return url.PathEscape(p.Mailbox) + "/" + url.PathEscape(p.Folder)
}

// validOffice rejects names that would break the hash tag or be hard to read in a key.
func validOffice(office string) error {
	if office == "" {
		return fmt.Errorf("office has no name")
	}
	for _, r := range office {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_', r == '.':
		default:
			return fmt.Errorf("office %q: only letters, digits, '-', '_' and '.' are allowed", office)
		}
	}
	return nil
}

// SomeKey returns one key of an office; all others lie in the same slot of a Cluster.
func SomeKey(office string) string { return keys{office}.numbers() }
