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

// noRetry: a transition is never sent twice behind the caller's back.
const noRetry = -1

// clusterSeen is how long a client of a Cluster goes by what it knows of its nodes: a
// master that is lost says nothing of the one that took its place.
const clusterSeen = time.Second

// quiet ends the client library's own log: what fails comes back as an error
// and is logged once, by whoever deals with it.
var quiet = sync.OnceFunc(logging.Disable)

// dial opens a client for one of the forms of Options.URL but "embedded".
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

// formOf parts a URL into one that the client library reads, and "sentinel", "cluster"
// or "", for a server alone.
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
	o.MaxRedirects, o.ClusterStateReloadInterval = noRetry, clusterSeen // with redirects, what failed is sent again too
	o.ReadOnly, o.RouteByLatency, o.RouteRandomly = false, false, false
	o.MaintNotificationsConfig = noNotifications()
	return redis.NewClusterClient(o), nil
}

// noNotifications leaves out a handshake that only managed services answer.
func noNotifications() *maintnotifications.Config {
	return &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
}

// badURL says what is wrong without repeating the URL, which may hold a password.
func badURL(err error) error {
	var broken *url.Error
	if errors.As(err, &broken) {
		return errors.New("redis.url is not a URL")
	}
	return fmt.Errorf("redis.url: %w", err)
}
