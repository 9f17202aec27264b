package slackpeer

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
)

// A File is what the app uploaded.
type File struct {
	ID      string
	Name    string
	Title   string
	Alt     string // what it shows, for who cannot see it
	Content []byte // nil until uploaded
	Shared  bool   // the upload was completed
	length  int    // as announced
}

// uploadURL is docs.slack.dev/reference/methods/files.getUploadURLExternal.
func (p *Peer) uploadURL(c *call) (answer, error) {
	if c.str("filename") == "" || c.number("length", 0) <= 0 {
		return nil, refuse("missing_argument")
	}
	f := &File{ID: p.newID("F"), Name: c.str("filename"), Title: c.str("filename"), Alt: c.str("alt_txt"), length: c.number("length", 0)}
	p.files[f.ID] = f
	return answer{"upload_url": "http://" + p.base + "/upload/" + f.ID, "file_id": f.ID}, nil
}

// serveUpload takes the bytes of a file, plain or as the part "file" of a form
// (docs.slack.dev/messaging/working-with-files). They must be as many as announced.
func (p *Peer) serveUpload(w http.ResponseWriter, r *http.Request) {
	var body io.Reader = r.Body
	if part, _, err := r.FormFile("file"); err == nil {
		body = part
	}
	content, err := io.ReadAll(body)
	if err != nil {
		http.Error(w, "the upload broke off", http.StatusBadRequest)
		return
	}
	taken := false
	p.locked(func() {
		f := p.files[r.PathValue("file")]
		if taken = f != nil && f.Content == nil && len(content) == f.length; taken {
			f.Content = content
		}
	})
	if !taken {
		http.Error(w, "no such upload, or not as many bytes as announced", http.StatusBadRequest)
		return
	}
	_, _ = io.WriteString(w, "OK - "+itoa(len(content))) // the caller may be gone
}

// completeUpload is docs.slack.dev/reference/methods/files.completeUploadExternal.
func (p *Peer) completeUpload(c *call) (answer, error) {
	var named []struct{ ID, Title string }
	if json.Unmarshal(c.raw("files"), &named) != nil || len(named) == 0 {
		return nil, refuse("invalid_arguments", "[ERROR] missing required field: files")
	}
	var ids []string
	for _, n := range named {
		f := p.files[n.ID]
		if f == nil || f.Content == nil {
			return nil, refuse("file_not_found")
		}
		ids = append(ids, n.ID)
	}
	if err := p.shareFiles(c, ids); err != nil {
		return nil, err
	}
	for _, n := range named {
		f := p.files[n.ID]
		f.Shared = true
		if n.Title != "" {
			f.Title = n.Title
		}
	}
	return answer{"files": p.filesJSON(ids)}, nil
}

// shareFiles posts files to the channels that a call names, if any.
func (p *Peer) shareFiles(c *call, ids []string) error {
	var to []*Channel
	for _, id := range strings.FieldsFunc(c.str("channel_id")+","+c.str("channels"), func(r rune) bool { return r == ',' }) {
		channel, err := p.channel(id)
		if err != nil {
			return err
		}
		if !channel.has(BotUser) {
			return refuse("not_in_channel")
		}
		to = append(to, channel)
	}
	for _, channel := range to {
		p.publish(channel, &Message{
			Channel: channel.ID, User: BotUser, ThreadTS: c.str("thread_ts"), Text: c.str("initial_comment"), Files: ids,
		})
	}
	return nil
}

func (p *Peer) filesJSON(ids []string) (list []map[string]any) {
	for _, id := range ids {
		f := p.files[id]
		list = append(list, map[string]any{"id": f.ID, "name": f.Name, "title": f.Title, "size": len(f.Content)})
	}
	return list
}
