package page

import (
	"cmp"
	"encoding/json"
	"errors"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"verbale/internal/slackpeer"
	"verbale/internal/slackpeer/blockkit"
)

// The rooms of the workspace that the page shows.
const (
	roomChannel = "channel"
	roomDirect  = "direct"
	roomHome    = "home"
)

// A slackRoom is what somebody sees of the workspace.
type slackRoom struct {
	Face     Face
	Room     string
	Channel  string // where a command is typed
	Messages []shownMessage
	Home     template.HTML
	View     string // id of the home tab
	Direct   int    // direct messages there are
	Outside  bool   // this one is not in the channel
}

// A shownMessage is a message with its thread.
type shownMessage struct {
	Channel, TS, Who, Initials string
	App, Edited, Private       bool
	At                         time.Time
	Body                       template.HTML
	Thread                     []shownMessage
}

// face finds who looks: "as", or else the first.
func (p *Page) face(id string) (Face, error) {
	if i := slices.IndexFunc(p.Faces, func(f Face) bool { return f.ID == id }); i >= 0 {
		return p.Faces[i], nil
	}
	if id != "" || len(p.Faces) == 0 {
		return Face{}, errors.New("there is nobody of this name in the workspace")
	}
	return p.Faces[0], nil
}

// showSlack shows a "room" as somebody sees it.
func (p *Page) showSlack(r *http.Request) (any, error) {
	face, err := p.face(r.FormValue("as"))
	if err != nil {
		return nil, err
	}
	direct := p.Slack.Direct(face.ID)
	room := slackRoom{Face: face, Room: r.FormValue("room"), Channel: p.Channel, Direct: len(p.Slack.Messages(direct))}
	switch room.Room {
	case roomHome:
		home, open := p.Slack.Home(face.ID)
		if !open {
			return room, nil
		}
		room.View = home.ID
		room.Home, err = p.drawnView(home)
	case roomDirect:
		room.Channel = direct
		room.Messages, err = p.messages(face, room.Channel)
	default:
		room.Room = roomChannel
		if room.Outside = !p.member(face); room.Outside {
			return room, nil
		}
		room.Messages, err = p.messages(face, room.Channel)
	}
	return room, err
}

// member tells whether somebody is in the desk's channel.
func (p *Page) member(face Face) bool {
	return slices.ContainsFunc(p.Slack.Channels(), func(c slackpeer.Channel) bool {
		return c.ID == p.Channel && slices.Contains(c.Members, face.ID)
	})
}

func (p *Page) drawnView(v slackpeer.View) (template.HTML, error) {
	view, err := blockkit.ParseView(v.JSON())
	if err != nil {
		return "", err
	}
	return p.blocks.Blocks(view, v.ID)
}

// messages are those of a channel, each with its thread, and those that this one
// alone sees.
func (p *Page) messages(face Face, channel string) ([]shownMessage, error) {
	names := p.members()
	var shown []shownMessage
	add := func(list []slackpeer.Message) error {
		for _, m := range list {
			next, err := p.drawn(m, names)
			if err != nil {
				return err
			}
			if at := slices.IndexFunc(shown, func(s shownMessage) bool { return m.ThreadTS != "" && s.TS == m.ThreadTS }); at >= 0 {
				shown[at].Thread = append(shown[at].Thread, next)
				continue
			}
			shown = append(shown, next)
		}
		return nil
	}
	if err := add(p.Slack.Messages(channel)); err != nil {
		return nil, err
	}
	whispered := slices.DeleteFunc(p.Slack.Ephemerals(face.ID), func(m slackpeer.Message) bool { return m.Channel != channel })
	if err := add(whispered); err != nil {
		return nil, err
	}
	slices.SortStableFunc(shown, func(a, b shownMessage) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.TS, b.TS)) })
	return shown, nil
}

func (p *Page) drawn(m slackpeer.Message, names map[string]slackpeer.User) (shownMessage, error) {
	parsed, err := blockkit.ParseMessage(m.Blocks, m.Text)
	if err != nil {
		return shownMessage{}, err
	}
	who := names[m.User].RealName
	s := shownMessage{
		Channel: m.Channel, TS: m.TS, Who: who, Initials: initials(who), App: m.User == slackpeer.BotUser,
		Edited: m.Edited, Private: m.EphemeralTo != "", At: moment(m.TS),
	}
	s.Body, err = p.blocks.Message(parsed, m.TS)
	return s, err
}

// moment is when a message was posted, by its timestamp.
func moment(ts string) time.Time {
	whole, _, _ := strings.Cut(ts, ".")
	seconds, _ := strconv.ParseInt(whole, 10, 64) // the workspace's own
	return time.Unix(seconds, 0)
}

func initials(name string) (s string) {
	for word := range strings.FieldsSeq(name) {
		for _, r := range word {
			s += string(r)
			break
		}
	}
	return s
}

func (p *Page) members() map[string]slackpeer.User {
	names := map[string]slackpeer.User{}
	for _, u := range p.Slack.Users() {
		names[u.ID] = u
	}
	return names
}

// names fill in what blocks say by ids.
func (p *Page) names() blockkit.Names {
	return blockkit.Names{
		Of: func(kind blockkit.SpanKind, target string) string {
			switch kind {
			case blockkit.User:
				return p.members()[target].RealName
			case blockkit.Channel:
				for _, c := range p.Slack.Channels() {
					if c.ID == target {
						return c.Name
					}
				}
			}
			return ""
		},
		Everyone: p.everyone,
		Emoji:    emoji,
	}
}

// everyone are the people or channels that a menu of those offers.
func (p *Page) everyone(kind string) (list []blockkit.Option) {
	add := func(id, name string) {
		list = append(list, blockkit.Option{Value: id, Text: &blockkit.Text{Type: blockkit.PlainText, Text: name}})
	}
	if strings.Contains(kind, "users") {
		for _, f := range p.Faces {
			add(f.ID, f.Name)
		}
		return list
	}
	for _, c := range p.Slack.Channels() {
		if !c.IM {
			add(c.ID, "#"+c.Name)
		}
	}
	return list
}

// emoji is the picture of a shortcode that our messages use: the flag of a country,
// or one of a few signs.
func emoji(code string) string {
	if country, ok := strings.CutPrefix(code, "flag-"); ok && len(country) == 2 {
		const regionalA = 0x1F1E6 // of the letters that make flags
		return string([]rune{regionalA + rune(country[0]-'a'), regionalA + rune(country[1]-'a')})
	}
	return map[string]string{"white_check_mark": "✅", "rotating_light": "🚨", "wave": "👋"}[code]
}

// A shownModal is the form that somebody has open; without an id there is none.
type shownModal struct {
	ID, Title, Submit, Close string
	Under                    int // how many lie below it
	Body                     template.HTML
}

// showModal shows the form that somebody has open.
func (p *Page) showModal(r *http.Request) (any, error) {
	face, err := p.face(r.FormValue("as"))
	if err != nil {
		return nil, err
	}
	stack := p.Slack.Modals(face.ID)
	if len(stack) == 0 {
		return shownModal{}, nil
	}
	top := stack[len(stack)-1]
	var labels struct {
		Title, Submit, Close *blockkit.Text
	}
	if err := json.Unmarshal(top.JSON(), &labels); err != nil {
		return nil, err
	}
	modal := shownModal{ID: top.ID, Title: wordsOf(labels.Title), Submit: wordsOf(labels.Submit), Close: wordsOf(labels.Close), Under: len(stack) - 1}
	modal.Body, err = p.drawnView(top)
	return modal, err
}

// wordsOf are the words of a text, "" of none.
func wordsOf(t *blockkit.Text) string {
	if t == nil {
		return ""
	}
	return t.Text
}
