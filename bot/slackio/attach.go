package slackio

import (
	"bytes"
	"context"

	"github.com/slack-go/slack"

	"verbale/bot/desk"
)

// attach posts the pictures of an answer, and adds a note to the answer that says where they
// are. An ephemeral message cannot carry files, so they go to the user's direct messages, or
// to the channel if the answer is shared there. If posting the pictures fails, the answer is
// shown without them.
func (v *interaction) attach(ctx context.Context, a desk.Answer) {
	key, err := "slack.files_sent", error(nil)
	channel := v.channel
	if !a.Shared {
		channel, err = v.ear.directWith(ctx, v.user)
	}
	if err == nil {
		err = v.ear.upload(ctx, channel, a.Files)
	}
	v.noted("post pictures", err)
	switch {
	case err != nil:
		key = "slack.files_failed"
	case channel == v.channel:
		return // the user sees them in this channel
	}
	a.Say.Blocks = append(a.Say.Blocks, desk.Fine{Text: v.drawer().say(key)})
}

// directWith returns the direct message conversation of the app with a user.
func (e *Ear) directWith(ctx context.Context, user string) (string, error) {
	c, _, _, err := e.Workspace.api.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{user}})
	if err != nil {
		return "", judged("open a conversation with a person", err)
	}
	return c.ID, nil
}

// upload posts files as one message
// (docs.slack.dev/messaging/working-with-files#uploading_files).
func (e *Ear) upload(ctx context.Context, channel string, files []desk.File) error {
	api := e.Workspace.api
	var sent []slack.FileSummary
	for _, f := range files {
		place, err := api.GetUploadURLExternalContext(ctx, slack.GetUploadURLExternalParameters{
			FileName: f.Name, FileSize: len(f.Content), AltTxt: words(f.Alt),
		})
		if err != nil {
			return judged("ask where a picture goes", err)
		}
		err = api.UploadToURL(ctx, slack.UploadToURLParameters{UploadURL: place.UploadURL, Reader: bytes.NewReader(f.Content), Filename: f.Name})
		if err != nil {
			return judged("send a picture", err)
		}
		sent = append(sent, slack.FileSummary{ID: place.FileID, Title: words(f.Title)})
	}
	_, err := api.CompleteUploadExternalContext(ctx, slack.CompleteUploadExternalParameters{Files: sent, Channel: channel})
	return judged("post pictures", err)
}
