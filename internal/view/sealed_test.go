package view

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/intake"
)

func TestASealedPageHasNoWordOfTheLetter(t *testing.T) {
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	const secret = "Zabolotny"
	page := Page{
		Record: &intake.Record{
			Reference: "TC-2026-00042", Status: intake.StatusAssigned, Owner: "environment", Kind: intake.KindRequest, KindReason: intake.Plain(secret),
			Request: &intake.Request{
				Countries: []string{"KG"}, Themes: []string{"water"}, Institution: secret, Summary: secret, OfficialRef: secret,
				Requester: intake.Requester{Name: secret, Title: secret, Email: secret},
			},
			Evidence: []intake.Evidence{{Field: intake.FieldCountries, Quote: secret}},
			Doubts:   []intake.Doubt{{Field: intake.FieldThemes, Reason: intake.Plain(secret)}},
			Routing:  &intake.Routing{Division: "environment", Reasons: []intake.Remark{intake.Plain(secret)}, RunnerUp: intake.RunnerUp{WhyNot: intake.Remark{ID: "alike.number", Args: map[string]string{"number": secret}}}},
			Origin:   intake.Origin{Subject: secret, From: intake.Address{Name: secret, Address: secret}, MessageID: secret, Attachments: []string{secret}},
			Results:  &intake.Results{Outputs: secret, NextStep: secret, PeopleTrained: 12}, Correspondents: []string{secret},
			ReceivedAt: at, Confidential: true,
		},
		History: []intake.HistoryEntry{{At: at, Actor: secret, What: bot.WhatNote, Reason: secret, Detail: secret}},
		Actions: []bot.Action{{
			Key: "acknowledge:TC-2026-00042", Kind: bot.ActionAcknowledge, State: bot.ActionDone, LastError: secret, Result: secret,
			Mail: &bot.Mail{To: []intake.Address{{Address: secret}}, Subject: secret, Text: secret},
		}},
		Letter: &bot.Letter{Parts: []bot.LetterPart{{Source: "body", Text: intake.Text{Content: secret}}}},
	}
	raw, err := json.Marshal(page.Sealed().JSON(nil))
	if err != nil {
		t.Fatal(err)
	}
	line := string(raw)
	if strings.Contains(line, secret) {
		t.Errorf("a sealed page tells:\n%s", line)
	}
	for _, kept := range []string{"TC-2026-00042", "KG", "water", "assigned", "environment", "acknowledge:TC-2026-00042", bot.WhatNote} {
		if !strings.Contains(line, kept) {
			t.Errorf("a sealed page does not tell %s", kept)
		}
	}
	if page.Record.Request.Summary != secret {
		t.Error("sealing a page changed its record")
	}
}
