package redisstore

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/redis/go-redis/v9"

	"verbale/bot"
	"verbale/intake"
)

// Options says where records are kept and under which name.
type Options struct {
	// URL of the server, in one of these forms (rediss… is the same over TLS):
	//
	//	embedded
	//	redis://[user[:password]@]host[:port][/db]
	//	unix://[user[:password]@]/path/to/socket[?db=0]
	//	redis-sentinel://[user[:password]@]host[:port][/db]?master_name=NAME[&addr=host:port…][&username=…&password=…]
	//	redis-cluster://[user[:password]@]host[:port][?addr=host:port…]
	//
	// With Sentinel, user and password before the host are those of the
	// sentinels, and those of the servers are parameters.
	URL string
	// Office names whose keys these are; several offices may share a server.
	Office string
	// Prefix of references, "TC" in "TC-2026-00042".
	Prefix string
	// DataDir holds numbers.json and the private server. Empty: nothing is
	// written to disk (demo and tests), and "embedded" is refused.
	DataDir string
	// Names tells the names of a country, by which its records are found besides
	// its id. nil: by the id alone.
	Names func(country string) []string
	// Keep says what is kept of messages set aside; zero is DefaultKeep.
	Keep Keep
	Log  *slog.Logger
}

// A Store keeps records in Redis. Its methods may be called concurrently.
type Store struct {
	client      redis.UniversalClient
	writes      *gathering // what changes something
	reads       *gathering // what waits for no disk
	replaceable bool       // the URL is of Sentinel or a Cluster
	keys        keys
	prefix      string
	names       func(country string) []string
	keep        Keep
	marks       *marks
	latest      latest
	records     decoded[*intake.Record] // by reference
	bodies      decoded[storedAction]   // what never changes of actions, by their keys
	heads       heads
	replicas    replicas
	embedded    *embedded // nil unless the server is private
	log         *slog.Logger
}

var (
	_ bot.Store        = (*Store)(nil)
	_ bot.Queue        = (*Store)(nil)
	_ bot.Cursors      = (*Store)(nil)
	_ bot.Leases       = (*Store)(nil)
	_ bot.FolderLedger = (*Store)(nil)
)

// Open connects, starts the private server where the URL says so, and raises
// the last numbers given to what this data folder knows was let out. It fails
// when the server does not answer; the error never shows the URL's password.
func Open(ctx context.Context, o Options) (*Store, error) {
	if err := o.complete(); err != nil {
		return nil, err
	}
	marks, err := loadMarks(o.DataDir)
	if err != nil {
		return nil, err
	}
	s := &Store{keys: keys{o.Office}, prefix: o.Prefix, names: o.Names, keep: o.Keep, marks: marks, log: o.Log}
	if err := s.connect(ctx, o); err != nil {
		return nil, err
	}
	if err = s.Check(ctx); err == nil {
		err = s.refile(ctx)
	}
	if err == nil {
		err = s.fillToConfirm(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// complete checks the options and sets what has a default.
func (o *Options) complete() (err error) {
	if err := validOffice(o.Office); err != nil {
		return err
	}
	if o.Prefix == "" {
		return fmt.Errorf("references have no prefix")
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Names == nil {
		o.Names = func(string) []string { return nil }
	}
	if o.Keep == (Keep{}) {
		o.Keep, err = DefaultKeep()
		return err
	}
	return o.Keep.check()
}

func (s *Store) connect(ctx context.Context, o Options) (err error) {
	url := o.URL
	if url == URLEmbedded {
		if s.embedded, err = startEmbedded(ctx, o.DataDir, o.Log); err != nil {
			return err
		}
		url = s.embedded.url()
	}
	_, kind := formOf(url)
	s.replaceable = kind != ""
	if s.client, err = dial(url); err != nil {
		return errors.Join(err, s.embedded.stop())
	}
	s.writes, s.reads = &gathering{client: s.client}, &gathering{client: s.client}
	return nil
}

// Check asks the server whether it serves, and makes it remember every number
// that was let out.
func (s *Store) Check(ctx context.Context) error {
	if err := s.client.Ping(ctx).Err(); err != nil {
		return fmt.Errorf("reach Redis: %w", failure(err))
	}
	return s.raiseNumbers(ctx)
}

// Close ends the connections, and the private server unless another process
// still uses it. It may be called once.
func (s *Store) Close() error {
	return errors.Join(s.client.Close(), s.embedded.stop())
}
