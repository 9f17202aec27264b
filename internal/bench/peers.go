package bench

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/mail"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"verbale/internal/archive"
	"verbale/internal/mailtest"
)

// The account of the peers' mail servers.
const (
	deskAddress  = "tc@desk.unece.example"
	deskPassword = "bench"
)

// Endpoints are where a bot under measurement finds its servers.
type Endpoints struct {
	IMAP     string `json:"imap"`
	SMTP     string `json:"smtp"`
	User     string `json:"user"`
	Password string `json:"password"`
}

// ServePeers runs the mail servers of a bot under measurement: an IMAP server whose
// INBOX holds count mails made from those of the archive, and an SMTP server that
// accepts everything. It writes its Endpoints to out as a line of JSON and then answers
// the lines of in, each with a line of JSON, until in ends:
//
//	post N   puts the Nth mail into INBOX
//	sent     how many mails came in over SMTP
//	taken    which ones, as a list of Delivery
//	effort   the processor time of this process, in microseconds
func ServePeers(ctx context.Context, mails string, count int, in io.Reader, out io.Writer) error {
	templates, err := load(mails)
	if err != nil {
		return err
	}
	office, err := mailtest.OpenPostOffice(deskAddress, deskPassword)
	if err != nil {
		return fmt.Errorf("start mail servers: %w", err)
	}
	defer office.Close()
	var sent atomic.Int64
	office.OnDelivery(func(string, mailtest.Received) { sent.Add(1) })
	post := func(n int) error {
		return office.Post("official@ministry.example", []string{deskAddress}, Vary(templates[n%len(templates)], n))
	}
	for n := range count {
		if err := post(n); err != nil {
			return fmt.Errorf("fill INBOX: %w", err)
		}
	}
	ends := Endpoints{IMAP: office.IMAP.Address(), SMTP: office.SMTP.Address(), User: deskAddress, Password: deskPassword}
	if err := json.NewEncoder(out).Encode(ends); err != nil {
		return fmt.Errorf("tell where the mail servers listen: %w", err)
	}
	return answer(ctx, in, out, map[string]func(argument string) (any, error){
		"sent":  func(string) (any, error) { return sent.Load(), nil },
		"taken": func(string) (any, error) { return deliveries(office), nil },
		"effort": func(string) (any, error) {
			used, err := ownProcessorTime()
			return used.Microseconds(), err
		},
		"post": func(argument string) (any, error) {
			n, err := strconv.Atoi(argument)
			if err != nil {
				return nil, fmt.Errorf("post %q: %w", argument, err)
			}
			return 0, post(n)
		},
	})
}

// answer runs the command of each line and replies with its result as a line of JSON.
func answer(ctx context.Context, in io.Reader, out io.Writer, known map[string]func(argument string) (any, error)) error {
	replies := json.NewEncoder(out)
	for lines := bufio.NewScanner(in); lines.Scan() && ctx.Err() == nil; {
		command, argument, _ := strings.Cut(lines.Text(), " ")
		do := known[command]
		if do == nil {
			return fmt.Errorf("unknown command %q", command)
		}
		reply, err := do(argument)
		if err != nil {
			return err
		}
		if err := replies.Encode(reply); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// A Delivery is a mail of the bot that the SMTP server accepted, once or more often.
type Delivery struct {
	ID        string `json:"id"`        // its Message-ID, without angle brackets
	Answers   string `json:"answers"`   // its In-Reply-To, likewise
	Automatic bool   `json:"automatic"` // it has the null return path, as acknowledgements have
	Copies    int    `json:"copies"`    // how often it was accepted
}

// deliveries lists the mails that were accepted, by Message-ID.
func deliveries(office *mailtest.PostOffice) []Delivery {
	byID := map[string]Delivery{}
	for _, address := range office.Addresses() {
		for _, r := range office.Mail(address) {
			m, err := mail.ReadMessage(bytes.NewReader(r.Raw))
			if err != nil {
				m = &mail.Message{} // counts as a mail without an id, which the bot never sends
			}
			id := strings.Trim(m.Header.Get("Message-Id"), "<>")
			byID[id] = Delivery{id, strings.Trim(m.Header.Get("In-Reply-To"), "<>"), r.From == "", byID[id].Copies + 1}
		}
	}
	return slices.Collect(maps.Values(byID))
}

// load reads the mails that all others are made from.
func load(path string) ([][]byte, error) {
	a, err := archive.Open(path)
	if err != nil {
		return nil, err
	}
	var mails [][]byte
	for mail, err := range a.Mails() {
		if err != nil {
			return nil, err
		}
		mails = append(mails, mail.Raw)
	}
	return mails, nil
}

// peers is the bot's side of the process of ServePeers.
type peers struct {
	Endpoints
	process *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
}

// startPeers starts the process and waits until its servers listen.
func startPeers(ctx context.Context, command []string) (*peers, error) {
	p := &peers{process: exec.CommandContext(ctx, command[0], command[1:]...)}
	var err error
	if p.in, err = p.process.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := p.process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.out = bufio.NewReader(out)
	var stderr strings.Builder
	p.process.Stderr = &stderr
	if err := p.process.Start(); err != nil {
		return nil, fmt.Errorf("start the mail servers' process: %w", err)
	}
	line, err := p.out.ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &p.Endpoints)
	}
	if err != nil {
		p.stop()
		if said := strings.TrimPrefix(strings.TrimSpace(stderr.String()), "verbale: "); said != "" {
			err = errors.New(said) // rather than that its output ended
		}
		return nil, fmt.Errorf("start the mail servers' process: %w", err)
	}
	return p, nil
}

// ask sends a command and returns the number that answers it.
func (p *peers) ask(command string) (n int, err error) {
	return n, p.read(command, &n)
}

// read sends a command and reads what answers it.
func (p *peers) read(command string, into any) error {
	if _, err := fmt.Fprintln(p.in, command); err != nil {
		return fmt.Errorf("ask the mail servers: %w", err)
	}
	line, err := p.out.ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, into)
	}
	return wrapped("ask the mail servers", err)
}

// wrapped adds what was attempted to an error; nil stays nil.
func wrapped(attempt string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", attempt, err)
}

// stop ends the process by ending its input.
func (p *peers) stop() {
	p.in.Close()
	p.process.Wait()
}
