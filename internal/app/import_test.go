package app_test

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"verbale/internal/app"
)

// A firstWrite calls do on the first write.
type firstWrite struct {
	once sync.Once
	do   func()
}

func (w *firstWrite) Write(p []byte) (int, error) {
	w.once.Do(w.do)
	return len(p), nil
}

func TestImportOutlastsAStoreThatIsFullForAWhile(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	var mended sync.WaitGroup
	progress := &firstWrite{do: func() {
		k.redis("CONFIG", "SET", "maxmemory", "1")
		mended.Go(func() {
			k.await("the store to refuse a mail", func() bool { return strings.Contains(k.redis("INFO", "errorstats"), "OOM") })
			k.redis("CONFIG", "SET", "maxmemory", "0")
		})
	}}
	var out bytes.Buffer
	failed, err := app.Import(t.Context(), app.ImportOptions{
		Config: k.file, Paths: []string{k.mbox(1, 2, 3, 4)}, Out: &out, Progress: progress, Log: k.log(),
	})
	mended.Wait()
	if err != nil || failed != 0 || !strings.HasPrefix(out.String(), "4 mails: 4 recorded") {
		t.Errorf("%d failed, %v: %s", failed, err, &out)
	}
}

// redis runs a command on the desk's private redis-server. It returns "" if the server does not
// answer.
func (k *desk) redis(command ...string) string {
	socket := filepath.Join(k.folder, "data", "redis", "redis.sock")
	out, err := exec.Command("redis-cli", append([]string{"-s", socket}, command...)...).Output()
	if err != nil {
		return ""
	}
	return string(out)
}
