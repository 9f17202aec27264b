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

// Options defines where records are kept, and under which names.
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
	// Office is part of all keys; several offices may share a server.
	Office string
	// Prefix of references, "TC" in "TC-2026-00042".
	Prefix string
	// DataDir holds numbers.json and the private server. If it is empty, nothing is written
	// to disk (demo and tests), and "embedded" is rejected.
	DataDir string
	// Names returns the names of a country, by which its records can be found in addition to
	// its ID. If nil, they are found by the ID only.
	Names func(country string) []string
	// Retention defines what is kept of messages set aside; the zero value means DefaultRetention.
	Keep Retention
	Log  *slog.Logger
}

// A Store keeps records in Redis. Its methods may be called concurrently.
type Store struct {
	client      redis.UniversalClient
	writes      *batcher // batches writes
	reads       *batcher // batches reads
	replaceable bool     // the URL names a Sentinel or a Cluster
	keys        keys
	prefix      string
	names       func(country string) []string
	keep        Retention
	usedNumbers *usedNumbers
	latest      latest
	records     decoded[*intake.Record] // by reference
	bodies      decoded[storedAction]   // immutable parts of actions, by key
	headers     headerCache
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

// Open connects, starts the private server if the URL says so, and raises the last numbers
// assigned to those recorded in the data folder. It fails if the server does not answer;
// errors never show the URL's password.
func Open(ctx context.Context, o Options) (*Store, error) {
	if err := o.complete(); err != nil {
		return nil, err
	}
	marks, err := loadUsedNumbers(o.DataDir)
	if err != nil {
		return nil, err
	}
	s := &Store{keys: keys{o.Office}, prefix: o.Prefix, names: o.Names, keep: o.Keep, usedNumbers: marks, log: o.Log}
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

// complete validates the options and sets defaults.
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
	if o.Keep == (Retention{}) {
		o.Keep, err = DefaultRetention()
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
	s.writes, s.reads = &batcher{client: s.client}, &batcher{client: s.client}
	return nil
}

// Check makes sure that the server answers, and raises its numbers to those used in outgoing
// actions.
func (s *Store) Check(ctx context.Context) error {
	if err := s.client.Ping(ctx).Err(); err != nil {
		return fmt.Errorf("reach Redis: %w", failure(err))
	}
	return s.raiseNumbers(ctx)
}

// Close closes the connections, and stops the private server unless another process still
// uses it. It may be called once.
func (s *Store) Close() error {
	return errors.Join(s.client.Close(), s.embedded.stop())
}
