package desk_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"verbale/bot"
	"verbale/bot/desk"
	"verbale/intake"
	"verbale/internal/phrases"
)

// said reports whether the catalogue has a text for a key.
func said(key string) bool { return phrases.Default().Text(phrases.English, key, nil) != key }

// TestEveryIDHasItsWords checks the keys that are built from IDs.
func TestEveryIDHasItsWords(t *testing.T) {
	want := map[string][]string{
		"kind.": texts(intake.Kinds()), "service.": texts(intake.Services()), "field.": append(texts(intake.Fields()), "kind", "reference", "language"),
		"question.": append(texts(intake.Fields()), "kind", "reference", "language"),
		"next.":     {"triage", "accept", "answer", "outcome", "results", "requester", "own"},
		"to.":       {intake.ToRequester, intake.ToChief, intake.ToDeskLead}, "reminder.": {"sent", "pending", "claimed", "done", "parked", "withheld", "skipped", "stopped", "moved"},
		"missing.": texts((&intake.Record{}).Missing()),
		"scope.":   {"national", "multi_country", "sub_regional"}, "carried_by.": {"division", "adviser", "both"},
		"outcome.": {"delivered", "agreed", "declined", "withdrawn", "duplicate", "transferred", "not_a_request"},
		"action.":  texts(slices.Concat(bot.MouthMail.Kinds(), bot.MouthSlack.Kinds(), bot.MouthInternal.Kinds())),
		"then.":    {"answer", "ask", "interim"}, "purpose.": {"answer", "interim"}, "source.": {"subject", "body"}, "official.": {"true", "false"},
		"lead.": {"snooze", "remind", "results", "note", "ask_desk", "decline", "not_a_request", "reopen", "withdraw"},
	}
	for press := range presses {
		switch press {
		case desk.PressAssign, desk.PressSettle, desk.PressSnoozeDays:
		default:
			want["button."] = append(want["button."], press)
		}
	}
	for id := range examples(t) {
		want["help."] = append(want["help."], id)
	}
	for group, ids := range want {
		for _, id := range ids {
			if !said(group + id) {
				t.Errorf("nothing is said for %s%s", group, id)
			}
		}
	}
}

func texts[T ~string](ids []T) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = string(id)
	}
	return out
}

// whats matches the kinds of history entries, and verbs.
var whats = regexp.MustCompile(`\bWhat[A-Z]\w* += "([a-z_]+)"|history[A-Z]\w* += "([a-z_]+)"|Verb[A-Z]\w* +Verb += "([a-z_]+)"`)

// refusals matches the phrase keys of refusals.
var refusals = regexp.MustCompile(`"(refused\.[a-z_]+)"`)

// TestWhatHappensAndWhatIsRefusedHasItsWords searches the source for keys and checks that each
// has a text.
func TestWhatHappensAndWhatIsRefusedHasItsWords(t *testing.T) {
	found := 0
	for _, folder := range []string{"..", "../../intake", "../../internal/redisstore", "."} {
		files, err := fs.Glob(os.DirFS(folder), "*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			source, err := os.ReadFile(folder + "/" + file)
			if err != nil || strings.HasSuffix(file, "_test.go") {
				continue
			}
			for _, m := range whats.FindAllStringSubmatch(string(source), -1) {
				found++
				if key := "post." + m[1] + m[2] + m[3]; !said(key) {
					t.Errorf("nothing is said for %s", key)
				}
			}
			for _, m := range refusals.FindAllStringSubmatch(string(source), -1) {
				found++
				if !said(m[1]) {
					t.Errorf("nothing is said for %s", m[1])
				}
			}
		}
	}
	if found < 60 {
		t.Errorf("only %d keys were found", found)
	}
}

// TestTitlesFitWindows: Slack limits titles and the labels of submit and close to 24 characters.
func TestTitlesFitWindows(t *testing.T) {
	for _, name := range []string{
		"record", "letter", "evidence", "history", "assign", "hand_over", "correct", "split", "merge", "reply", "ask", "preview", "note", "ask_desk",
		"decline", "close_request", "reopen", "not_a_request", "withdraw", "new", "away", "done", "cancel", "close",
		"follow_up", "move_reminder", "snooze", "remind", "results",
	} {
		for _, key := range []string{"form." + name, "submit." + name} {
			for _, lang := range phrases.Languages {
				if text := phrases.Default().Text(lang, key, nil); text != key && utf8.RuneCountInString(text) > 24 {
					t.Errorf("%s %s has %d characters: %q", lang, key, utf8.RuneCountInString(text), text)
				}
			}
		}
	}
}

func TestExplain(t *testing.T) {
	h := open(t)
	refuse := func(phrase string, values map[string]any) error { return &bot.Refusal{Phrase: phrase, Values: values} }
	for _, test := range []struct {
		err  error
		lang string
		want string
	}{
		{refuse("refused.already", map[string]any{"reference": "TC-2026-00042", "status": "accepted", "actor": holder.ID, "at": noon}), "fr",
			"Déjà fait par Omar Adviser : TC-2026-00042, état depuis le 25 novembre 2026, 12:00 : acceptée. Rien n’a été modifié."},
		{refuse("refused.not_yours", map[string]any{"reference": "TC-2026-00042", "owner": "ra-energy"}), "en",
			"TC-2026-00042 is with Regional Adviser, Sustainable energy. Only they and the desk can do this; you can add a note."},
		{refuse("refused.not_yours", map[string]any{"reference": "TC-2026-00042", "owner": "desk"}), "ru",
			"Исполнитель запроса TC-2026-00042 — координаторы. Это могут сделать только исполнитель и координаторы; Вы можете добавить заметку."},
		{refuse("refused.lacks", map[string]any{"lack": string(intake.LackReason)}), "en", "This needs a reason. Nothing was changed."},
		{&bot.Refusal{Phrase: "refused.value", Field: intake.FieldThemes, Values: map[string]any{"field": "themes", "value": "astrology"}}, "en", "“astrology” is no value for: Theme."},
		{fmt.Errorf("wrapped: %w", refuse("refused.role", nil)), "en", "Your role does not include this. The desk can do it for you."},
		{bot.Temporary(errors.New("dial tcp 10.0.0.1:6379: connection refused")), "en", "This did not work just now, and nothing was changed. Please try again in a minute."},
		{errors.New("WRONGTYPE Operation against a key"), "fr", "L’opération n’a pu aboutir et rien n’a été modifié. La personne chargée du service en trouvera la cause dans le journal."},
	} {
		if got := h.Explain(test.err, test.lang); got != test.want {
			t.Errorf("%v: %q, want %q", test.err, got, test.want)
		}
	}
}

func TestOptions(t *testing.T) {
	h := busy(t)
	form := func(name string) desk.Form {
		return desk.Form{Name: name, Press: about(desk.PressMergeInto, "TC-2026-00042")}
	}
	for _, test := range []struct {
		form, input, typed, lang string
		first                    string // value of the first option, or ""
	}{
		{desk.FormAssign, "owner", "statis", "en", "ra-statistics"},
		{desk.FormAssign, "owner", "Устойчивая", "fr", "ra-energy"},
		{desk.FormAssign, "owner", "nobody", "en", ""},
		{desk.FormSplit, "owner_3", "transport", "en", "ra-transport"},
		{desk.FormSplit, "themes_2", "road saf", "en", "road-safety"},
		{desk.FormAway, "stand_in", "trade", "en", "ra-trade"},
		{desk.FormAway, "stand_in", "Sustainable Transport Division", "en", ""}, // only posts can stand in
		{desk.FormCorrect, "countries", "kirgh", "en", "KG"},
		{desk.FormCorrect, "countries", "узб", "ru", "UZ"},
		{desk.FormCorrect, "instruments", "transboundary watercourses", "en", "water-convention"},
		{desk.FormCorrect, "partners", "UNDP", "en", "undp"},
		{desk.FormMerge, "into", "43", "en", "TC-2026-00043"},
		{desk.FormMerge, "into", "", "en", "TC-2026-00046"},
		{desk.FormMerge, "into", "TC-2026-00042", "en", ""}, // not into itself
	} {
		options, err := h.Options(ctx, in(test.lang, triage), form(test.form), test.input, test.typed)
		if err != nil {
			t.Errorf("%s %q: %v", test.input, test.typed, err)
			continue
		}
		first := ""
		if len(options) > 0 {
			first = options[0].Value
		}
		if first != test.first {
			t.Errorf("%s %q finds %v, want %q first", test.input, test.typed, options, test.first)
		}
	}
	if _, err := h.Options(ctx, nobody, form(desk.FormAssign), "owner", "x"); refusedAs(err) != "refused.stranger" {
		t.Errorf("who has no role is answered %v", err)
	}
}

func TestWhatIsNotOursIsAnError(t *testing.T) {
	h := busy(t)
	if _, err := h.press(triage, about("no such press", "TC-2026-00042")); err == nil {
		t.Error("a press that does nothing is none")
	}
	if _, err := h.Submit(ctx, triage, "x", desk.Form{Name: "record"}, nil); err == nil {
		t.Error("a form that only shows was sent")
	}
	if _, err := h.Submit(ctx, triage, "x", desk.Form{Name: desk.FormPreview, State: map[string]string{"draft": "$$"}}, nil); err == nil {
		t.Error("a draft that is none was sent")
	}
	if _, err := h.Change(ctx, triage, desk.Form{Name: desk.FormNote}, nil); err == nil {
		t.Error("a form changed that does not")
	}
	if _, err := h.press(triage, desk.Press{Name: desk.PressList, Value: "{"}); err == nil {
		t.Error("a list that is none was shown")
	}
	if _, err := h.Shortcut(ctx, triage, "x", "other", nil); err == nil {
		t.Error("a shortcut that is none did something")
	}
}
