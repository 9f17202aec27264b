package mailbox_test

import (
	"io"
	"net"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"verbale/internal/mailtest"
)

// cutOnce is a proxy to a server. It closes the first connection after the given number of bytes
// from the server.
func cutOnce(t *testing.T, target string, after int64) (address string) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	var cut atomic.Bool
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("tcp", target)
			if err != nil {
				client.Close()
				continue
			}
			go func() {
				defer server.Close()
				io.Copy(server, client)
			}()
			go func() {
				defer client.Close()
				if cut.Load() {
					io.Copy(client, server)
					return
				}
				if n, _ := io.CopyN(client, server, after); n == after {
					cut.Store(true)
				}
			}()
		}
	}()
	return listener.Addr().String()
}

func TestALineThatIsCutInTheMiddleOfAMailIsReplaced(t *testing.T) {
	server, f := inMemory(t, mailtest.IMAPOptions{})
	long := slices.Concat(letter(1), []byte(strings.Repeat("We request advice.\r\n", 10_000)))
	if _, err := server.Append("INBOX", long, received); err != nil {
		t.Fatal(err)
	}
	deliver(t, server, "INBOX", 2)
	f.options.Server.Address = cutOnce(t, server.Address(), int64(len(long)/2))
	watch(t, f.options)
	f.await(t, "both mails", func() bool { return f.cursor("INBOX").UID == 2 })
	if got := f.uids("INBOX"); !slices.Equal(got, []uint32{1, 2}) {
		t.Errorf("handed over %v", got)
	}
}
