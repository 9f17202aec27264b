package redisstore

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"verbale/bot"
	"verbale/intake"
)

// Index terms. Each is followed by "/" and a stamp.
const (
	termAll      = "all"
	termOpen     = "open"
	termAsks     = "asks"
	termStatus   = "status:"
	termOwner    = "owner:"
	termOpenOf   = "open:" // owner
	termCountry  = "country:"
	termDivision = "division:"
)

// term joins the kind and the value of a term, escaping the value.
func term(kind, value string) string { return kind + url.PathEscape(value) }

// recordTerms returns the terms under which a record is indexed.
func recordTerms(r *intake.Record) []string {
	terms := []string{termAll, term(termStatus, string(r.Status))}
	if isOpen(r) {
		terms = append(terms, termOpen)
	}
	if asks(r) {
		terms = append(terms, termAsks)
	}
	if r.Owner != "" {
		terms = append(terms, term(termOwner, r.Owner))
	}
	if r.Owner != "" && isOpen(r) {
		terms = append(terms, term(termOpenOf, r.Owner))
	}
	if r.Routing != nil && r.Routing.Division != "" {
		terms = append(terms, term(termDivision, r.Routing.Division))
	}
	if r.Request != nil {
		for _, country := range r.Request.Countries {
			terms = append(terms, term(termCountry, country))
		}
	}
	slices.Sort(terms)
	return slices.Compact(terms)
}

// queryTerms returns the terms that every record matching the query has.
func queryTerms(q bot.Query) []string {
	ofOwner := termOwner
	if q.Open || q.Asks || q.Status != "" && q.Status != intake.StatusClosed {
		ofOwner = termOpenOf
	}
	var terms []string
	for _, t := range []struct{ kind, value string }{
		{termCountry, q.Country}, {ofOwner, q.Owner}, {termDivision, q.Division}, {termStatus, string(q.Status)},
	} {
		if t.value != "" {
			terms = append(terms, term(t.kind, t.value))
		}
	}
	if q.Open && q.Owner == "" {
		terms = append(terms, termOpen)
	}
	if q.Asks {
		terms = append(terms, termAsks)
	}
	return terms
}

func isOpen(r *intake.Record) bool { return r.Status != intake.StatusClosed }

// asks reports whether an open record has a doubt, or a similarity to another record, for the
// desk to decide.
func asks(r *intake.Record) bool {
	alike := func(l intake.Likeness) bool { return !slices.Contains(r.Distinct, l.Reference) }
	return isOpen(r) && (len(r.Doubts) > 0 || slices.ContainsFunc(r.Similar, alike))
}

// openOwner returns the owner whose count of open records includes this one; "" if it is
// closed.
func openOwner(r *intake.Record) string {
	if isOpen(r) {
		return oneLine(r.Owner)
	}
	return ""
}

// second formats a time in seconds so that lexicographic order is chronological. Times before
// 1970 count as 1970.
func second(t time.Time) string { return fmt.Sprintf("%011d", max(t.Unix(), 0)) }

// stamp is the position of a record in the indexes; newer records sort later.
func stamp(r *intake.Record) string { return second(r.ReceivedAt) + "/" + r.Reference }

// referenceOf returns the reference in a stamp.
func referenceOf(stamp string) string { return stamp[strings.LastIndexByte(stamp, '/')+1:] }

// Format versions of a record's header line, its first field. Version 1 had no word mark, and
// its records could not be found by words.
const (
	recordHeaderForm      = "2"
	recordHeaderFormOfOld = "1"
)

// recordHeader builds the line before a packed record: format version, revision, open owner,
// stamp, word mark, terms. Scripts use it to remove the old entries from the index.
func recordHeader(r *intake.Record, revision int64, terms []string, mark string) string {
	head := []string{recordHeaderForm, strconv.FormatInt(revision, 10), openOwner(r), stamp(r), mark}
	return strings.Join(append(head, terms...), "\t") + "\n"
}

// splitRecord splits a stored record into its revision and the packed document.
func splitRecord(value string) (revision int64, packed string, err error) {
	line, packed, found := strings.Cut(value, "\n")
	head := strings.SplitN(line, "\t", 3)
	if !found || len(head) < 3 {
		return 0, "", fmt.Errorf("malformed header line")
	}
	if head[0] != recordHeaderForm && head[0] != recordHeaderFormOfOld {
		return 0, "", fmt.Errorf("header format %q: %w", head[0], errNewerForm)
	}
	if revision, err = strconv.ParseInt(head[1], 10, 64); err != nil {
		return 0, "", fmt.Errorf("revision %q is not a number", head[1])
	}
	return revision, packed, nil
}
