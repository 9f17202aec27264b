package mailtest

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"text/template"
	"time"

	"verbale/internal/daemon"
)

// ErrNoDovecot is returned where the program is not on this machine.
var ErrNoDovecot = errors.New("dovecot is not installed")

// A TB is the part of testing.TB that RunDovecot needs. The package must not import
// testing, since the demo uses it too.
type TB interface {
	Helper()
	Cleanup(func())
	Fatalf(format string, args ...any)
	Skipf(format string, args ...any)
}

// A Dovecot is a Dovecot IMAP server, run as an ordinary process on free loopback ports.
// Any user name may log in with Password.
type Dovecot struct {
	Address     string // host:port for STARTTLS, or no encryption
	TLSAddress  string // host:port for implicit TLS
	Password    string
	Certificate *Certificate

	program string
	folder  string
	cmd     *exec.Cmd
	exited  chan struct{}

	delivered atomic.Int64
}

// RunDovecot starts a Dovecot for the length of a test. It skips the test
// where Dovecot is missing, unless daemon.ServersRequired.
func RunDovecot(t TB) *Dovecot {
	t.Helper()
	d, err := StartDovecot()
	if errors.Is(err, ErrNoDovecot) && !daemon.ServersRequired() {
		t.Skipf("%v", err)
	}
	if err != nil {
		t.Fatalf("start dovecot: %v", err)
	}
	t.Cleanup(d.Close)
	return d
}

// StartDovecot starts a Dovecot in a folder of its own in the temporary directory. The path
// must be short, since those of Unix sockets are limited; t.TempDir is too long for them.
func StartDovecot() (*Dovecot, error) {
	program, err := exec.LookPath("dovecot")
	if err != nil {
		program, err = exec.LookPath("/usr/sbin/dovecot") // often not on the PATH
	}
	if err != nil {
		return nil, ErrNoDovecot
	}
	d := &Dovecot{Password: "dovecot-password", program: program}
	if d.folder, err = os.MkdirTemp("", "dovecot"); err != nil {
		return nil, err
	}
	if err := d.configure(); err != nil {
		os.RemoveAll(d.folder)
		return nil, fmt.Errorf("configure dovecot: %w", err)
	}
	if err := d.run(); err != nil {
		d.Close()
		return nil, err
	}
	return d, nil
}

// Kill kills the server (SIGKILL), as a crash does.
func (d *Dovecot) Kill() {
	if d.cmd == nil {
		return
	}
	// The whole group: killing the master alone would leave the sessions alive.
	_ = syscall.Kill(-d.cmd.Process.Pid, syscall.SIGKILL)
	<-d.exited
	d.cmd = nil
}

// Restart starts it again after Kill, on the same ports and with the same mail.
func (d *Dovecot) Restart() error {
	_ = os.RemoveAll(filepath.Join(d.folder, "run"))
	if err := d.removeLocks(); err != nil {
		return err
	}
	return d.run()
}

// removeLocks removes the lock files that killed processes have left. Dovecot would respect
// them for two minutes, and answer no command on the folder meanwhile.
func (d *Dovecot) removeLocks() error {
	return filepath.WalkDir(filepath.Join(d.folder, "mail"), func(path string, _ fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".lock" {
			err = os.Remove(path)
		}
		return err
	})
}

// Close ends the server and removes its mail.
func (d *Dovecot) Close() {
	d.Kill()
	os.RemoveAll(d.folder)
}

// run starts the server and waits until it answers.
func (d *Dovecot) run() error {
	d.cmd = exec.Command(d.program, "-F", "-c", filepath.Join(d.folder, "dovecot.conf"))
	d.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	var out strings.Builder
	d.cmd.Stdout, d.cmd.Stderr = &out, &out
	if err := d.cmd.Start(); err != nil {
		d.cmd = nil
		return fmt.Errorf("run %s: %w", d.program, err)
	}
	d.exited = make(chan struct{})
	go func(cmd *exec.Cmd, exited chan struct{}) {
		_ = cmd.Wait()
		close(exited)
	}(d.cmd, d.exited)
	if err := d.awaitGreeting(60 * time.Second); err != nil {
		log, _ := os.ReadFile(filepath.Join(d.folder, "log"))
		return fmt.Errorf("%w\n%s%s", err, out.String(), log)
	}
	return nil
}

// awaitGreeting tries to connect until the server sends its greeting.
func (d *Dovecot) awaitGreeting(limit time.Duration) error {
	for deadline := time.Now().Add(limit); time.Now().Before(deadline); {
		select {
		case <-d.exited:
			return errors.New("dovecot has ended")
		case <-time.After(20 * time.Millisecond):
		}
		conn, err := net.DialTimeout("tcp", d.Address, time.Second)
		if err != nil {
			continue
		}
		_ = conn.SetDeadline(time.Now().Add(5 * time.Second))
		n, _ := conn.Read(make([]byte, 1))
		conn.Close()
		if n == 1 {
			return nil
		}
	}
	return errors.New("dovecot does not answer")
}

// configure writes the files that the server needs.
func (d *Dovecot) configure() error {
	var err error
	if d.Certificate, err = NewCertificate(); err != nil {
		return err
	}
	ports, err := freePorts(2)
	if err != nil {
		return err
	}
	d.Address = net.JoinHostPort("127.0.0.1", ports[0])
	d.TLSAddress = net.JoinHostPort("127.0.0.1", ports[1])
	me, group, mailUser, mailGroup, err := accounts()
	if err != nil {
		return err
	}
	if err := d.makeFolders(mailUser, mailGroup); err != nil {
		return err
	}
	for name, content := range map[string][]byte{"cert.pem": d.Certificate.CertPEM, "key.pem": d.Certificate.KeyPEM} {
		if err := os.WriteFile(filepath.Join(d.folder, name), content, 0o600); err != nil {
			return err
		}
	}
	file, err := os.Create(filepath.Join(d.folder, "dovecot.conf"))
	if err != nil {
		return err
	}
	defer file.Close()
	return dovecotConf.Execute(file, map[string]string{"Folder": d.folder, "Port": ports[0], "TLSPort": ports[1],
		"Password": d.Password, "Me": me, "Group": group, "MailUser": mailUser, "MailGroup": mailGroup})
}

// makeFolders makes the mail folder, which belongs to the account that reads mail.
func (d *Dovecot) makeFolders(mailUser, mailGroup string) error {
	mail := filepath.Join(d.folder, "mail")
	if err := os.Mkdir(mail, 0o700); err != nil {
		return err
	}
	if os.Getuid() != 0 {
		return nil
	}
	uid, _ := strconv.Atoi(mailUser)
	gid, _ := strconv.Atoi(mailGroup)
	return errors.Join(os.Chmod(d.folder, 0o711), os.Chown(mail, uid, gid))
}

// accounts returns the account that runs the server and the one that reads mail. Dovecot
// refuses to read mail as root, so that under root it is "nobody".
func accounts() (me, group, mailUser, mailGroup string, err error) {
	current, err := user.Current()
	if err != nil {
		return "", "", "", "", err
	}
	own, err := user.LookupGroupId(current.Gid)
	if err != nil {
		return "", "", "", "", err
	}
	if current.Uid != "0" {
		return current.Username, own.Name, current.Uid, current.Gid, nil
	}
	nobody, err := user.Lookup("nobody")
	if err != nil {
		return "", "", "", "", err
	}
	return current.Username, own.Name, nobody.Uid, nobody.Gid, nil
}

// freePorts finds ports that are free now.
func freePorts(n int) ([]string, error) {
	var ports []string
	for range n {
		listener, err := listen("")
		if err != nil {
			return nil, err
		}
		defer listener.Close()
		_, port, _ := net.SplitHostPort(listener.Addr().String())
		ports = append(ports, port)
	}
	return ports, nil
}

var dovecotConf = template.Must(template.New("dovecot.conf").Parse(`
base_dir = {{.Folder}}/run
state_dir = {{.Folder}}/state
log_path = {{.Folder}}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {{.Me}}
default_internal_group = {{.Group}}
default_login_user = {{if eq .Me "root"}}nobody{{else}}{{.Me}}{{end}}
first_valid_uid = 1
ssl = yes
ssl_cert = <{{.Folder}}/cert.pem
ssl_key = <{{.Folder}}/key.pem
disable_plaintext_auth = no
mail_fsync = never
mail_max_userip_connections = 100
mail_location = maildir:{{.Folder}}/mail/%u
service imap-login {
  chroot =
  inet_listener imap {
    port = {{.Port}}
  }
  inet_listener imaps {
    port = {{.TLSPort}}
    ssl = yes
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
passdb {
  driver = static
  args = password={{.Password}}
}
userdb {
  driver = static
  args = uid={{.MailUser}} gid={{.MailGroup}} home={{.Folder}}/mail/%u
}
`))
