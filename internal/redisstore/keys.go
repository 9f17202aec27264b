package redisstore

import (
	"fmt"
	"net/url"
	"strconv"

	"verbale/bot"
	"verbale/intake"
)

// keys names everything that an office keeps in Redis. All names share the
// hash tag {office} and so lie in one slot of a Cluster.
type keys struct{ office string }

func (k keys) of(name string) string { return "verbale:{" + k.office + "}:" + name }

// record: string. A header line (see recordHeader) and the packed document.
func (k keys) record(reference string) string { return k.of("record:" + reference) }

// letter: string. The packed text of the letter.
func (k keys) letter(reference string) string { return k.of("letter:" + reference) }

// history: list of packed entries, oldest first.
func (k keys) history(reference string) string { return k.of("history:" + reference) }

// actionsOf: list of the keys of a record's actions, oldest first.
func (k keys) actionsOf(reference string) string { return k.of("actions:" + reference) }

// index: sorted set, all scores 0, in lexicographic order. One member for each
// term of a record: "term/stamp", where the stamp is the second of receipt and
// the reference (see recordTerms).
func (k keys) index() string { return k.of("index") }

// vocabulary: sorted set of all words that name a list, all scores 0, in
// lexicographic order.
func (k keys) vocabulary() string { return k.of("vocabulary") }

// word: string. The entries of the records with the word, or with a number that
// begins so, oldest first (see entry and filedUnder). Some may be of records that have the word no more.
func (k keys) word(word string) string { return k.of("word:" + word) }

// indexForm: string. The form in which all records are in the indexes.
func (k keys) indexForm() string { return k.of("index_form") }

// openByOwner: hash. Owner to the number of open records.
func (k keys) openByOwner() string { return k.of("open_by_owner") }

// messages: hash. What became of each message received or sent, by its
// identity (see messageField): outcome, reference and mark of the fingerprint,
// separated by tabs. The outcome of mail that we send is "sent". Of a mail that was
// forgotten the field is a hash (see goneField).
func (k keys) messages() string { return k.of("messages") }

// folder: hash. UID to outcome, reference and "repeat" or "", separated by
// tabs, for one folder under one UIDVALIDITY. The hash of an earlier one stays.
func (k keys) folder(p intake.Place) string {
	return k.of("folder:" + folderName(p) + ":" + strconv.FormatUint(uint64(p.UIDValidity), 10))
}

// cursors: hash. Folder to the packed cursor.
func (k keys) cursors() string { return k.of("cursors") }

// numbers: hash. Year to the last number given.
func (k keys) numbers() string { return k.of("numbers") }

// wakes: sorted set of the references of records about which something is
// planned to be said, by when the record is looked at again.
func (k keys) wakes() string { return k.of("wakes") }

// totals: hash. How many messages had each outcome, repeats not counted.
func (k keys) totals() string { return k.of("totals") }

// setAside: hash. Identity of a message to the packed message set aside.
func (k keys) setAside() string { return k.of("set_aside") }

// setAsideIndex: sorted set, all scores 0: "second of receipt/identity".
func (k keys) setAsideIndex() string { return k.of("set_aside_index") }

// toConfirm: sorted set, all scores 0, of those members of setAsideIndex that ask to join
// a record. What is there and asks no more is passed over.
func (k keys) toConfirm() string { return k.of("to_confirm") }

// toConfirmForm: string. The form in which all messages set aside are in toConfirm.
func (k keys) toConfirmForm() string { return k.of("to_confirm_form") }

// asideLetter: string. The packed letter of a message set aside, by its field in
// setAside. Expires.
func (k keys) asideLetter(field string) string { return k.of("aside_letter:" + field) }

// once: string. Reference and revision, separated by a tab, that were committed
// under an order's name. Expires after a week.
func (k keys) once(order string) string { return k.of("once:" + order) }

// cards: hash. Room to revision, moment, conversation and name of the card of a
// record that stands there, separated by tabs.
func (k keys) cards(reference string) string { return k.of("cards:" + reference) }

// leaves: hash. Directory id to the packed absence of who said that they are away.
func (k keys) leaves() string { return k.of("leaves") }

// canary: string. The packed whereabouts of the latest canary letter.
func (k keys) canary() string { return k.of("canary") }

// actions: hash. Key of an action to a header line (see headState and the
// fields after it) and the packed rest.
func (k keys) actions() string { return k.of("actions") }

// due: sorted set of the keys of pending actions of a mouth that wait for
// nothing but their time; the score is when they are due, in Unix milliseconds,
// like all scores below. The set of mail has the name that it had when there
// was no other mouth: what lies in it from then is mail, and stays in its place.
func (k keys) due(m bot.Mouth) string {
	if m == bot.MouthMail {
		return k.of("due")
	}
	return k.of("due:" + string(m))
}

// lane: list of the keys of the actions of one lane that are not settled,
// earliest first.
func (k keys) lane(lane string) string { return k.of("lane:" + lane) }

// lined: sorted set of the keys of pending actions that wait for an earlier one
// of their lane, by when they are due.
func (k keys) lined() string { return k.of("lined") }

// leased: sorted set of the keys of claimed actions by the end of the lease.
func (k keys) leased() string { return k.of("leased") }

// parked: sorted set of the keys of parked actions by when they were parked.
func (k keys) parked() string { return k.of("parked") }

// group: sorted set of the keys of the unfinished actions of one rate group by
// when they were first due.
func (k keys) group(group string) string { return k.of("group:" + group) }

// rate: list of the moments at which automatic mail went to a rate group,
// newest first, no longer than the limit. Expires when it says nothing more.
func (k keys) rate(group string) string { return k.of("rate:" + group) }

// leases: hash. Name of a lease to its owner and its end, separated by a tab.
func (k keys) leases() string { return k.of("leases") }

// folderName names a folder of an account; neither part can be mistaken for
// the other, whatever characters they hold.
func folderName(p intake.Place) string {
	return url.PathEscape(p.Mailbox) + "/" + url.PathEscape(p.Folder)
}

// validOffice refuses names that would break the hash tag or be hard to read
// in a key.
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

// SomeKey is one of the keys of an office: all of them lie where it does.
func SomeKey(office string) string { return keys{office}.numbers() }
