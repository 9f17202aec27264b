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
		return []finding{{part, weak, "Slack is not configured: the desk works by mail and on the command line",
			"create the app from the output of “verbale manifest”, and add slack: {bot_token_file: …, app_token_file: …}"}}
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
	found = []finding{{part, healthy, "the app is installed with all required permissions; nothing was posted", ""}}
	if len(d.office.directory.Staff) == 0 {
		found = append(found, finding{part, weak, "the directory assigns no roles: only the holders of posts can act",
			"add to the directory file: staff: [{role: triage, users: [U…]}]"})
	}
	return found
}
