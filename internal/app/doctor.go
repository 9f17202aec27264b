package app

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"slices"
	"strings"
	"time"

	"verbale/bot/mailbox"
	"verbale/internal/config"
	"verbale/internal/doctext"
)

// DoctorOptions say which office to examine.
type DoctorOptions struct {
	Config string
	JSON   bool
	Out    io.Writer
	Log    *slog.Logger
}

// A finding is the result for one part.
type finding struct {
	Part   string  `json:"part"`
	Status verdict `json:"status"`
	Text   string  `json:"text"`
	Mend   string  `json:"mend,omitempty"` // what to do about it
}

type verdict string

const (
	healthy verdict = "ok"
	weak    verdict = "warning" // works, but not as well as it could
	ill     verdict = "problem"
)

// recognisedLanguages are the tesseract languages of incoming letters.
var recognisedLanguages = []string{"eng", "fra", "rus"}

// examination limits the time for one part.
const examination = 30 * time.Second

// Doctor connects to everything in the configuration and reports problems and how to fix them.
// It sends nothing and changes nothing. It returns the number of problems.
func Doctor(ctx context.Context, o DoctorOptions) (problems int, err error) {
	d := &doctor{DoctorOptions: o}
	if d.config, err = config.Load(o.Config, os.LookupEnv); err != nil {
		return 0, err
	}
	if d.office, err = loadOffice(d.config); err != nil {
		return 0, err
	}
	for _, examine := range d.examinations() {
		for _, f := range within(ctx, examine) {
			if f.Status == ill {
				problems++
			}
			if err := d.print(f); err != nil {
				return problems, err
			}
		}
	}
	return problems, nil
}

// examinations returns one function per part, so that one that hangs takes no time from the
// others.
func (d *doctor) examinations() []func(context.Context) []finding {
	all := []func(context.Context) []finding{d.redis}
	for _, m := range d.config.Mailbox {
		all = append(all, func(ctx context.Context) []finding { return d.mailbox(ctx, m) })
	}
	if len(d.config.Mailbox) == 0 {
		all = append(all, noMailbox)
	}
	return append(all, d.smtp, d.slack, d.secretFiles, d.recognition, d.sending)
}

func noMailbox(context.Context) []finding {
	return []finding{{"IMAP", ill, "no mailbox is configured", "add mailbox: [{address: …, user: …, password_file: …}]"}}
}

func within(ctx context.Context, examine func(context.Context) []finding) []finding {
	ctx, cancel := context.WithTimeout(ctx, examination)
	defer cancel()
	return examine(ctx)
}

type doctor struct {
	DoctorOptions
	config *config.Config
	office *office
}

func (d *doctor) print(f finding) error {
	if d.JSON {
		return printJSON(d.Out, f)
	}
	mend := ""
	if f.Mend != "" {
		mend = "\n         to fix it: " + f.Mend
	}
	_, err := fmt.Fprintf(d.Out, "%-8s %s: %s%s\n", f.Status, f.Part, f.Text, mend)
	return err
}

func (d *doctor) redis(ctx context.Context) []finding {
	store, err := openStore(ctx, d.config, d.Log)
	if err != nil {
		return []finding{{"Redis", ill, err.Error(), "start the server at redis.url, or remove redis.url and install redis-server for a private one"}}
	}
	defer store.Close()
	health, err := store.Health(ctx)
	if err != nil {
		return []finding{{"Redis", ill, err.Error(), "allow the user of redis.url the commands INFO and CONFIG GET"}}
	}
	found := []finding{{"Redis", healthy, health.String(), ""}}
	for _, w := range health.Weaknesses() {
		found = append(found, finding{"Redis", weak, w.Text, w.Mend})
	}
	return found
}

func (d *doctor) mailbox(ctx context.Context, m config.Mailbox) []finding {
	part := "IMAP " + m.Address
	inspector, err := mailbox.Inspect(ctx, mailAccount(m), 0)
	if err != nil {
		return []finding{{part, ill, err.Error(), mendIMAP(m, err)}}
	}
	defer inspector.Close(context.WithoutCancel(ctx))
	found := []finding{{part, healthy, "logged in as " + m.User, ""}}
	abilities := inspector.Capabilities()
	if !abilities.Idle {
		found = append(found, finding{part, weak, "the server does not announce new mail (no IDLE)", "none needed; the service checks for new mail every few minutes"})
	}
	if m.After == config.AfterMove && !abilities.Move {
		found = append(found, finding{part, weak, "the server cannot move mail (no MOVE); recorded mail is flagged instead", "write after: flag"})
	}
	return append(found, d.folders(ctx, inspector, m, part)...)
}

func (d *doctor) folders(ctx context.Context, i *mailbox.Inspector, m config.Mailbox, part string) (found []finding) {
	there, err := i.Folders(ctx)
	if err != nil {
		return []finding{{part, ill, err.Error(), mailbox.Advice(err)}}
	}
	wanted := m.Folders
	if m.After == config.AfterMove {
		wanted = append(slices.Clone(wanted), m.MoveTo)
	}
	for _, folder := range wanted {
		if !slices.ContainsFunc(there, func(name string) bool { return sameFolder(name, folder) }) {
			found = append(found, finding{part, ill, fmt.Sprintf("there is no folder %q", folder),
				"create it, or name one of: " + strings.Join(there, ", ")})
		}
	}
	return append(found, d.flags(ctx, i, m, part)...)
}

// sameFolder compares folder names. Only INBOX is case-insensitive (RFC 9051, section 5.1).
func sameFolder(a, b string) bool {
	return a == b || strings.EqualFold(a, "INBOX") && strings.EqualFold(b, "INBOX")
}

// flags warns if a folder does not keep the keyword that marks recorded mail.
func (d *doctor) flags(ctx context.Context, i *mailbox.Inspector, m config.Mailbox, part string) (found []finding) {
	if m.After != config.AfterFlag {
		return nil
	}
	for _, folder := range m.Folders {
		if keeps, err := i.KeepsKeywords(ctx, folder); err == nil && !keeps {
			found = append(found, finding{part, weak, fmt.Sprintf("folder %q does not store keywords: recorded mail will not be marked", folder),
				"no mail is lost; to see on the server what was recorded, write after: move"})
		}
	}
	return found
}

func (d *doctor) smtp(ctx context.Context) []finding {
	s := d.config.SMTP
	if s == nil {
		return []finding{{"SMTP", weak, "no server is configured: no mail can be sent", "add smtp: {address: …, user: …, password_file: …}"}}
	}
	part := "SMTP " + s.Address
	sender, err := newSender(d.config, d.office, time.Now, d.Log, nil)
	if err != nil {
		return []finding{{part, ill, err.Error(), "correct the smtp block"}}
	}
	defer sender.Close()
	if err := sender.Check(ctx); err != nil {
		return []finding{{part, ill, err.Error(), mendSMTP(s, err)}}
	}
	return []finding{{part, healthy, "logged in; nothing was sent", ""}}
}

func (d *doctor) recognition(ctx context.Context) []finding {
	const part = "tesseract"
	installed, err := doctext.OCRLanguages(ctx)
	if err != nil {
		return []finding{{part, weak, err.Error(), "install tesseract-ocr with its languages; until then, scanned letters wait for a person"}}
	}
	missing := slices.DeleteFunc(slices.Clone(recognisedLanguages), func(l string) bool { return slices.Contains(installed, l) })
	if len(missing) > 0 {
		return []finding{{part, weak, "languages missing: " + strings.Join(missing, ", "), "install tesseract-ocr-" + strings.Join(missing, ", tesseract-ocr-")}}
	}
	return []finding{{part, healthy, "reads scans in " + strings.Join(recognisedLanguages, ", "), ""}}
}

func (d *doctor) sending(context.Context) []finding {
	if d.config.Send == config.On {
		if example := exampleAddress(d.office.directory); example != "" {
			return []finding{{"send", weak, "sending is on, and the directory still has example addresses, like " + example, mendExample}}
		}
		return []finding{{"send", healthy, "sending is on", ""}}
	}
	return []finding{{"send", weak, "send is off: nothing is sent, and withheld messages are never released", "write send: on when the office is ready"}}
}

// readableByOthers is the permission for all users of the machine. Group permissions are
// accepted, since the group may be the service's own.
const readableByOthers fs.FileMode = 0o004

func (d *doctor) secretFiles(context.Context) (found []finding) {
	for _, file := range d.config.SecretFiles {
		if info, err := os.Stat(file); err == nil && info.Mode()&readableByOthers != 0 {
			found = append(found, finding{"secret " + file, weak, "every user of this machine can read it", "chmod 600 " + file + ", and let the service's own user be its owner"})
		}
	}
	return found
}
