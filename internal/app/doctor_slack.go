package app

import (
	"context"
	"time"

	"verbale/bot/slackio"
	"verbale/internal/config"
)

// slack checks the tokens, the scopes, the desk's channel and the Slack IDs in the directory.
// It posts nothing.
func (d *doctor) slack(ctx context.Context) (found []finding) {
	const part = "Slack"
	if !d.config.HasSlack() {
		return []finding{{part, weak, "the desk is not in Slack: it works by mail and on the command line",
			"make the app from what “verbale manifest” prints, and add slack: {bot_token_file: …, app_token_file: …}"}}
	}
	s := openWorkspace(d.config, d.office, time.Now, d.Log)
	for _, f := range (slackio.Diagnosis{
		Workspace: s.workspace, Rooms: s.rooms, Directory: d.office.directory, Socket: d.config.Slack.Mode == config.SlackSocket,
	}).Diagnose(ctx) {
		found = append(found, finding{part, ill, f.Problem, f.Mend})
	}
	if len(found) > 0 {
		return found
	}
	found = []finding{{part, healthy, "the app is installed with all it needs; nothing was posted", ""}}
	if len(d.office.directory.Staff) == 0 {
		found = append(found, finding{part, weak, "the directory gives no roles: nobody but those who hold a post may do anything",
			"add to the directory file: staff: [{role: triage, users: [U…]}]"})
	}
	return found
}
