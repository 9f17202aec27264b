package redisstore

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// URLEmbedded asks for a private server in the data folder.
const URLEmbedded = "embedded"

// noRetry disables the client library's retries: a script must never be resent without the
// caller's knowledge.
const noRetry = -1

// clusterSeen is how often a Cluster client reloads the cluster's topology: a lost master
// cannot redirect the client to its successor.
const clusterSeen = time.Second

// quiet disables the client library's own log: failures are returned as errors and logged
// once by whoever handles them.
var quiet = sync.OnceFunc(logging.Disable)

// dial opens a client for any form of Options.URL other than "embedded".
func dial(address string) (redis.UniversalClient, error) {
	quiet()
	plain, kind := formOf(address)
	switch kind {
	case "":
		return dialSingle(plain)
	case "sentinel":
		return dialSentinel(plain)
	case "cluster":
		return dialCluster(plain)
	}
	scheme, _, _ := strings.Cut(address, "://")
	return nil, fmt.Errorf("redis.url: unknown scheme %q (redis, rediss, unix, redis-sentinel, redis-cluster, embedded)", scheme)
}

// formOf splits an address into a URL that the client library understands and the kind of
// deployment: "sentinel", "cluster" or "" for a single server.
func formOf(address string) (plain, kind string) {
	scheme, rest, _ := strings.Cut(address, "://")
	base, kind, _ := strings.Cut(scheme, "-")
	return base + "://" + rest, kind
}

func dialSingle(address string) (redis.UniversalClient, error) {
	o, err := redis.ParseURL(address)
	if err != nil {
		return nil, badURL(err)
	}
	o.MaxRetries, o.ContextTimeoutEnabled, o.DisableIdentity = noRetry, true, true
	o.MaintNotificationsConfig = noNotifications()
	return redis.NewClient(o), nil
}

func dialSentinel(address string) (redis.UniversalClient, error) {
	o, err := redis.ParseFailoverURL(address)
	if err != nil {
		return nil, badURL(err)
	}
	if o.MasterName == "" {
		return nil, errors.New("redis.url: redis-sentinel needs the parameter master_name")
	}
	o.MaxRetries, o.ContextTimeoutEnabled, o.DisableIdentity = noRetry, true, true
	o.RouteByLatency, o.RouteRandomly, o.ReplicaOnly = false, false, false
	return redis.NewFailoverClient(o), nil
}

func dialCluster(address string) (redis.UniversalClient, error) {
	o, err := redis.ParseClusterURL(address)
	if err != nil {
		return nil, badURL(err)
	}
	o.MaxRetries, o.ContextTimeoutEnabled, o.DisableIdentity = noRetry, true, true
	o.MaxRedirects, o.ClusterStateReloadInterval = noRetry, clusterSeen // following redirects would also resend failed commands
	o.ReadOnly, o.RouteByLatency, o.RouteRandomly = false, false, false
	o.MaintNotificationsConfig = noNotifications()
	return redis.NewClusterClient(o), nil
}

// noNotifications disables a handshake that only managed services support.
func noNotifications() *maintnotifications.Config {
	return &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
}

// badURL describes the error without repeating the URL, which may contain a password.
func badURL(err error) error {
	var broken *url.Error
	if errors.As(err, &broken) {
		return errors.New("redis.url is not a URL")
	}
	return fmt.Errorf("redis.url: %w", err)
}
