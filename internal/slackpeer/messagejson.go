package slackpeer

import (
	"cmp"
	"slices"
	"sort"
	"strings"
)

// messageJSON is a message as Slack hands it out (docs.slack.dev/messaging).
func (p *Peer) messageJSON(m *Message) map[string]any {
	out := map[string]any{"type": "message", "user": m.User, "text": m.Text, "ts": m.TS, "team": TeamID}
	if m.User == BotUser {
		out["bot_id"], out["app_id"] = BotID, AppID
	}
	if m.ThreadTS != "" {
		out["thread_ts"] = m.ThreadTS
	}
	if len(m.Blocks) > 0 {
		out["blocks"] = m.Blocks
	}
	if m.Edited {
		out["edited"] = map[string]any{"user": m.User, "ts": m.TS}
	}
	if len(m.Files) > 0 {
		out["files"] = p.filesJSON(m.Files)
	}
	if len(m.Reactions) > 0 {
		out["reactions"] = reactionsJSON(m.Reactions)
	}
	p.addThread(out, m)
	return out
}

// addThread says of the first message of a thread how many replies it has.
func (p *Peer) addThread(out map[string]any, m *Message) {
	replies := p.thread(m.Channel, m.TS)
	if m.EphemeralTo != "" || len(replies) < 2 {
		return
	}
	out["thread_ts"], out["reply_count"], out["latest_reply"] = m.TS, len(replies)-1, replies[len(replies)-1].TS
}

func reactionsJSON(reactions map[string][]string) (list []map[string]any) {
	for name, users := range reactions {
		list = append(list, map[string]any{"name": name, "users": users, "count": len(users)})
	}
	sort.Slice(list, func(i, j int) bool { return list[i]["name"].(string) < list[j]["name"].(string) })
	return list
}

// compareTS compares timestamps, whose digits before the point may differ in number.
func compareTS(a, b string) int {
	whole := func(ts string) int { return len(strings.SplitN(ts, ".", 2)[0]) }
	return cmp.Or(cmp.Compare(whole(a), whole(b)), cmp.Compare(a, b))
}

// page cuts a list to the page that a call asks for by limit and cursor, and gives
// the cursor of the next (docs.slack.dev/apis/web-api/pagination). The cursor is the
// place in the list.
func page[T any](c *call, list []T, standard int) (part []T, next string, err error) {
	from := 0
	if cursor := c.str("cursor"); cursor != "" {
		if from = c.number("cursor", -1); from < 0 || from > len(list) {
			return nil, "", refuse("invalid_cursor")
		}
	}
	limit := c.number("limit", standard)
	if limit <= 0 {
		limit = standard
	}
	if rest := list[from:]; len(rest) > limit {
		return slices.Clone(rest[:limit]), itoa(from + limit), nil
	}
	return slices.Clone(list[from:]), "", nil
}

// paged is the answer of a list with its cursor.
func paged(name string, list any, next string) answer {
	return answer{name: list, "response_metadata": map[string]any{"next_cursor": next}}
}
