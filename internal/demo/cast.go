package demo

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"verbale/internal/slackpeer"
	"verbale/routing"
)

//go:embed cast.yaml
var castFile []byte

// A Member is somebody in the demo's Slack workspace.
type Member struct {
	ID     string       `yaml:"id"`
	Name   string       `yaml:"name"`
	Called []string     `yaml:"called"` // words for the command "as"
	Role   routing.Role `yaml:"role"`   // "" for none; holders of a post need none
	Post   string       `yaml:"post"`   // directory id
	Locale string       `yaml:"locale"`
	What   string       `yaml:"what"` // description, such as a job title
}

// Cast lists the members of the workspace. The first one runs the desk.
func Cast() ([]Member, error) {
	var cast []Member
	if err := yaml.UnmarshalWithOptions(castFile, &cast, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("read who is in the demo: %w", err)
	}
	return cast, nil
}

// deskChannel is the desk's channel in the demo's workspace.
const deskChannel = "C0000DESK"

// seat adds everybody to the workspace, and colleagues to the desk's channel.
func seat(peer *slackpeer.Peer, cast []Member) {
	colleagues := []string{slackpeer.BotUser}
	for _, m := range cast {
		peer.AddUser(slackpeer.User{ID: m.ID, Name: m.Called[0], RealName: m.Name, Email: m.Called[0] + "@unece.example", Locale: m.Locale})
		if m.Role != "" || m.Post != "" {
			colleagues = append(colleagues, m.ID)
		}
	}
	peer.AddChannel(slackpeer.Channel{ID: deskChannel, Name: "tc-desk", Members: colleagues})
}

// directoryOf is the embedded directory with the cast in it.
func directoryOf(cast []Member) (string, error) {
	text := routing.DirectoryFile()
	var staff strings.Builder
	for _, m := range cast {
		if m.Role != "" {
			fmt.Fprintf(&staff, "  - {role: %s, users: [%s]}\n", m.Role, m.ID)
		}
		if m.Post == "" {
			continue
		}
		post := "  - id: " + m.Post + "\n"
		if strings.Count(text, post) != 1 {
			return "", fmt.Errorf("the directory has no post %s for %s", m.Post, m.Name)
		}
		text = strings.Replace(text, post, post+"    slack: "+m.ID+"\n", 1)
	}
	return text + "\nstaff:\n" + staff.String(), nil
}

// named finds the member who is called by one of some words, such as "adviser transport".
func named(cast []Member, words string) (Member, bool) {
	for _, word := range strings.Fields(strings.ToLower(words)) {
		if i := slices.IndexFunc(cast, func(m Member) bool { return slices.Contains(m.Called, word) }); i >= 0 {
			return cast[i], true
		}
	}
	return Member{}, false
}
