package redisstore

import (
	"time"

	"verbale/intake"
)

// recordVersion is the version of storedRecord that this program writes.
const recordVersion = 1

// A storedRecord is the document of a record. The reference is in the key, the revision in
// the header line.
type storedRecord struct {
	V          int              `json:"v"`
	Status     intake.Status    `json:"status"`
	Outcome    intake.Outcome   `json:"outcome,omitempty"`
	Before     intake.Status    `json:"before,omitempty"`
	Owner      string           `json:"owner,omitempty"`
	Kind       intake.Kind      `json:"kind,omitempty"`
	KindReason string           `json:"kind_reason,omitempty"`
	KindRemark *storedRemark    `json:"kind_remark,omitempty"`
	Language   string           `json:"language,omitempty"`
	Request    *storedRequest   `json:"request,omitempty"`
	Evidence   []storedEvidence `json:"evidence,omitzero"`
	Doubts     []storedDoubt    `json:"doubts,omitzero"`
	Routing    *storedRouting   `json:"routing,omitempty"`
	Plan       []storedStep     `json:"plan,omitzero"`
	Origin     storedOrigin     `json:"origin"`

	ReceivedAt time.Time `json:"received_at,omitzero"`
	UpdatedAt  time.Time `json:"updated_at,omitzero"`
	AssignedAt time.Time `json:"assigned_at,omitzero"`
	AnsweredAt time.Time `json:"answered_at,omitzero"`
	ClosedAt   time.Time `json:"closed_at,omitzero"`
	Backfilled bool      `json:"backfilled,omitempty"`

	Parent         string            `json:"parent,omitempty"`
	Children       []string          `json:"children,omitzero"`
	MergedInto     string            `json:"merged_into,omitempty"`
	Confidential   bool              `json:"confidential,omitempty"`
	Entered        bool              `json:"entered,omitempty"`
	Corrected      []intake.Field    `json:"corrected,omitzero"`
	DeclinedBy     []string          `json:"declined_by,omitzero"`
	Similar        []storedLikeness  `json:"similar,omitzero"`
	Distinct       []string          `json:"distinct,omitzero"`
	Rooms          []string          `json:"rooms,omitzero"`
	FollowUp       *storedFollowUp   `json:"follow_up,omitempty"`
	Results        *storedResults    `json:"results,omitempty"`
	OwnerTold      time.Time         `json:"owner_told,omitzero"`
	Unreachable    []string          `json:"unreachable,omitzero"`
	Correspondents []string          `json:"correspondents,omitzero"`
	Tokens         map[string]string `json:"tokens,omitzero"`
	Forgotten      time.Time         `json:"forgotten,omitzero"`
}

func packRecord(r *intake.Record) ([]byte, error) { return pack(storeRecord(r)) }

func storeRecord(r *intake.Record) storedRecord {
	kindReason, kindRemark := storeRemark(r.KindReason)
	return storedRecord{
		V: recordVersion, Status: r.Status, Outcome: r.Outcome, Before: r.Before, Owner: r.Owner,
		Kind: r.Kind, KindReason: kindReason, KindRemark: kindRemark, Language: r.Language,
		Request: storeRequest(r.Request), Evidence: each(r.Evidence, storeEvidence),
		Doubts: each(r.Doubts, storeDoubt), Routing: storeRouting(r.Routing),
		Plan: each(r.Plan, storeStep), Origin: storeOrigin(r.Origin),
		ReceivedAt: r.ReceivedAt, UpdatedAt: r.UpdatedAt, AssignedAt: r.AssignedAt,
		AnsweredAt: r.AnsweredAt, ClosedAt: r.ClosedAt, Backfilled: r.Backfilled,
		Parent: r.Parent, Children: r.Children, MergedInto: r.MergedInto,
		Confidential: r.Confidential, Entered: r.Entered, Corrected: r.Corrected, DeclinedBy: r.DeclinedBy,
		Similar: each(r.Similar, storeLikeness), Distinct: r.Distinct, Rooms: r.Rooms,
		FollowUp: storeFollowUp(r.FollowUp), Results: (*storedResults)(r.Results),
		OwnerTold: r.OwnerTold, Unreachable: r.Unreachable, Correspondents: r.Correspondents, Tokens: r.Tokens, Forgotten: r.Forgotten,
	}
}

func unpackRecord(reference string, revision int64, packed []byte) (*intake.Record, error) {
	var s storedRecord
	if err := unpack(packed, &s); err != nil {
		return nil, err
	}
	if err := checkVersion(s.V, recordVersion); err != nil {
		return nil, err
	}
	return s.load(reference, revision), nil
}

func (s storedRecord) load(reference string, revision int64) *intake.Record {
	return &intake.Record{
		Reference: reference, Revision: revision,
		Status: s.Status, Outcome: s.Outcome, Before: s.Before, Owner: s.Owner,
		Kind: s.Kind, KindReason: loadRemark(s.KindReason, s.KindRemark), Language: s.Language,
		Request: s.Request.load(), Evidence: each(s.Evidence, storedEvidence.load),
		Doubts: each(s.Doubts, storedDoubt.load), Routing: s.Routing.load(),
		Plan: each(s.Plan, storedStep.load), Origin: s.Origin.load(),
		ReceivedAt: s.ReceivedAt, UpdatedAt: s.UpdatedAt, AssignedAt: s.AssignedAt,
		AnsweredAt: s.AnsweredAt, ClosedAt: s.ClosedAt, Backfilled: s.Backfilled,
		Parent: s.Parent, Children: s.Children, MergedInto: s.MergedInto,
		Confidential: s.Confidential, Entered: s.Entered, Corrected: s.Corrected, DeclinedBy: s.DeclinedBy,
		Similar: each(s.Similar, storedLikeness.load), Distinct: s.Distinct, Rooms: s.Rooms,
		FollowUp: s.FollowUp.load(), Results: (*intake.Results)(s.Results),
		OwnerTold: s.OwnerTold, Unreachable: s.Unreachable, Correspondents: s.Correspondents, Tokens: s.Tokens, Forgotten: s.Forgotten,
	}
}
