package doctext

import (
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"sync"
	"syscall"
)

// pdfProcesses is how many PDF documents are open at a time.
const pdfProcesses = 2

// pdfProcessPool hands out processes that read PDF documents. They are started
// when they are needed and then kept.
type pdfProcessPool struct {
	cacheDir string
	log      *slog.Logger
	starting sync.Mutex    // one start at a time: the second uses what the first has compiled
	turns    chan struct{} // one token for each process that is handed out
	closed   chan struct{}
	closing  sync.Once

	mu   sync.Mutex
	idle []*pdfProcess
}

func newPDFProcessPool(cacheDir string, log *slog.Logger) *pdfProcessPool {
	return &pdfProcessPool{cacheDir: cacheDir, log: log, turns: make(chan struct{}, pdfProcesses), closed: make(chan struct{})}
}

const errReaderClosed = flaw("the PDF reader was closed")

// take waits for a process, and starts one if none is idle. It must be given back.
func (p *pdfProcessPool) take(ctx context.Context) (*pdfProcess, error) {
	select {
	case p.turns <- struct{}{}:
	case <-p.closed:
		return nil, errReaderClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if process := p.fromIdle(); process.runs() {
		return process, nil
	}
	type start struct {
		process *pdfProcess
		err     error
	}
	started := make(chan start, 1)
	go func() {
		process, err := p.start()
		started <- start{process, err}
	}()
	select {
	case s := <-started:
		if s.err != nil {
			<-p.turns
		}
		return s.process, s.err
	case <-ctx.Done(): // the start goes on: the next document needs it too
		go func() { p.toIdle((<-started).process) }()
		return nil, ctx.Err()
	}
}

// giveBack closes the document and returns the process to the pool.
func (p *pdfProcessPool) giveBack(process *pdfProcess) {
	if _, err := process.ask(pdfQuestion{Ask: askClose}); err != nil {
		process.end()
	}
	p.toIdle(process)
}

// fromIdle returns the process that was handed out last; nil where there is none.
func (p *pdfProcessPool) fromIdle() *pdfProcess {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.idle) == 0 {
		return nil
	}
	process := p.idle[len(p.idle)-1]
	p.idle = p.idle[:len(p.idle)-1]
	return process
}

// toIdle returns a process to the pool unless it has ended, and passes its turn on.
func (p *pdfProcessPool) toIdle(process *pdfProcess) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if process.runs() {
		p.idle = append(p.idle, process)
	}
	<-p.turns
}

const errReaderMissing = flaw("the PDF reader does not start on this machine")

// start returns a process that is ready.
func (p *pdfProcessPool) start() (*pdfProcess, error) {
	p.starting.Lock()
	defer p.starting.Unlock()
	process, err := startPDFProcess(p.cacheDir)
	if err != nil {
		p.log.Error("the PDF reader does not start", "cause", err)
		return nil, errReaderMissing
	}
	if process.warning != "" {
		p.log.Warn("the compiled PDF reader on disk is of no use", "cause", process.warning)
	}
	return process, nil
}

// close ends all processes, when their documents are done. Later calls of take
// fail.
func (p *pdfProcessPool) close() {
	p.closing.Do(func() {
		for range pdfProcesses {
			p.turns <- struct{}{}
		}
		close(p.closed)
		for process := p.fromIdle(); process != nil; process = p.fromIdle() {
			process.end()
		}
	})
}

// A pdfProcess is another process of this program, which reads PDF documents. If it
// crashes or is stuck, this process is not affected.
type pdfProcess struct {
	cmd     *exec.Cmd
	to      *gob.Encoder
	from    *gob.Decoder
	warning string
	over    chan struct{} // closed when it has ended
}

func startPDFProcess(cacheDir string) (*pdfProcess, error) {
	program, err := ownProgram()
	if err != nil {
		return nil, err
	}
	if cacheDir == "" {
		cacheDir = pdfNoCache
	}
	cmd := exec.Command(program)
	cmd.Args = []string{"verbale-pdf-reader"} // as lists of processes show it
	cmd.Env = []string{pdfReaderEnv + "=" + cacheDir, "GOTRACEBACK=none"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // an interrupt of the terminal is for the bot alone
	in, inErr := cmd.StdinPipe()
	out, outErr := cmd.StdoutPipe()
	if err := errors.Join(inErr, outErr, cmd.Start()); err != nil {
		return nil, fmt.Errorf("start a process: %w", err)
	}
	p := &pdfProcess{cmd: cmd, to: gob.NewEncoder(in), from: gob.NewDecoder(out), over: make(chan struct{})}
	go func() {
		_ = cmd.Wait() // how it ended does not matter
		close(p.over)
	}()
	ready, err := p.answer()
	if err != nil {
		p.end()
		return nil, err
	}
	p.warning = ready.Warning
	return p, nil
}

// ownProgram returns the path of the program that this process runs, even if its file was
// replaced by another version meanwhile.
func ownProgram() (string, error) {
	const running = "/proc/self/exe"
	if _, err := os.Stat(running); err == nil {
		return running, nil
	}
	program, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("find our own program: %w", err)
	}
	return program, nil
}

// runs reports whether the process was started and has not ended.
func (p *pdfProcess) runs() bool {
	if p == nil {
		return false
	}
	select {
	case <-p.over:
		return false
	default:
		return true
	}
}

// end kills the process, whatever it is doing, and waits until it is gone. It may
// be called more than once, and where none was started.
func (p *pdfProcess) end() {
	if p == nil {
		return
	}
	_ = p.cmd.Process.Kill() // it may have ended by itself
	<-p.over
}

// ask sends a question and waits for the answer. If the process still runs after an error,
// the document is at fault.
func (p *pdfProcess) ask(q pdfQuestion) (pdfAnswer, error) {
	if err := p.to.Encode(q); err != nil {
		return pdfAnswer{}, fmt.Errorf("ask the PDF reader: %w", err)
	}
	return p.answer()
}

// answer waits for the next answer.
func (p *pdfProcess) answer() (a pdfAnswer, err error) {
	if err := p.from.Decode(&a); err != nil {
		return a, fmt.Errorf("read the answer of the PDF reader: %w", err)
	}
	if a.Problem != "" {
		return a, errors.New(a.Problem)
	}
	return a, nil
}
