package config

import (
	"fmt"
	"time"

	"verbale/intake"
	"verbale/internal/mailauth"
	"verbale/internal/secret"
	"verbale/internal/strictyaml"
)

// Problems lists all problems of a configuration; it is the error of Load, and can be encoded
// as machine-readable entries.
type Problems = strictyaml.Problems

// A Config is a valid configuration, with defaults filled in and paths resolved.
type Config struct {
	DataDir string    `yaml:"data_dir"` // default "data"
	Office  string    `yaml:"office"`   // part of the keys in Redis; default "unece"
	Redis   Redis     `yaml:"redis"`
	Mailbox []Mailbox `yaml:"mailbox"`
	SMTP    *SMTP     `yaml:"smtp"` // nil: no outgoing mail
	Desk    Desk      `yaml:"desk"`
	Slack   *Slack    `yaml:"slack"` // nil or mode off: no Slack

	// Files and folders that replace embedded data; "" means the embedded data.
	Directory  string `yaml:"directory"`  // file, see routing.LoadDirectory
	Rules      string `yaml:"rules"`      // file, see routing.LoadRules
	Policy     string `yaml:"policy"`     // folder or policy file; see PolicyFiles
	Vocabulary string `yaml:"vocabulary"` // folder

	Send Switch `yaml:"send"` // default off: outgoing mail is recorded and never sent
	HTTP HTTP   `yaml:"http"`

	Canary *Canary `yaml:"canary"` // nil: no canary letters
	Pace   Pace    `yaml:"pace"`

	Retention Retention `yaml:"retention"`

	// SecretFiles are the paths of the files that secrets were read from.
	SecretFiles []string `yaml:"-"`
}

// HasSlack reports whether Slack is used.
func (c *Config) HasSlack() bool { return c.Slack != nil && c.Slack.Mode != SlackOff }

// Redis defines where records are kept.
type Redis struct {
	// URL is "embedded" (the default), or has the scheme redis, rediss, unix, redis-sentinel,
	// rediss-sentinel, redis-cluster or rediss-cluster. A URL with a password must be given
	// by URLFile or VERBALE_REDIS_URL.
	URL     string       `yaml:"url"`
	URLFile string       `yaml:"url_file"`
	Secret  secret.Value `yaml:"-"` // the URL read from URLFile or VERBALE_REDIS_URL
}

// Address returns the URL to connect to. It may contain a password and must not be displayed.
func (r Redis) Address() string {
	if !r.Secret.IsZero() {
		return r.Secret.Reveal()
	}
	return r.URL
}

// A Mailbox is a mailbox that is watched over IMAP.
type Mailbox struct {
	Address        string       `yaml:"address,required"` // host:port
	TLS            mailauth.TLS `yaml:"tls"`              // default implicit
	AllowPlaintext string       `yaml:"allow_plaintext"`
	User           string       `yaml:"user,required"`
	PasswordFile   string       `yaml:"password_file"`
	Password       secret.Value `yaml:"password,refused"`
	OAuth2         *OAuth2      `yaml:"oauth2"`
	Folders        []string     `yaml:"folders"` // default INBOX
	Since          Since        `yaml:"since"`   // default: when the folder is first watched
	After          After        `yaml:"after"`   // default flag
	MoveTo         string       `yaml:"move_to"` // destination folder if After is move
}

// An After defines what to do on the server with a mail once it is recorded.
type After string

const (
	AfterFlag After = "flag"
	AfterMove After = "move"
)

// SMTP is the server for outgoing mail. Without a user, we do not authenticate, and the
// server must accept mail from our address.
type SMTP struct {
	Address        string       `yaml:"address,required"` // host:port
	TLS            mailauth.TLS `yaml:"tls"`              // default starttls
	AllowPlaintext string       `yaml:"allow_plaintext"`
	User           string       `yaml:"user"`
	PasswordFile   string       `yaml:"password_file"`
	Password       secret.Value `yaml:"password,refused"`
	OAuth2         *OAuth2      `yaml:"oauth2"`
}

// OAuth2 defines how access tokens are obtained: with a refresh token if there is one,
// otherwise with the client's own credentials (RFC 6749, sections 6 and 4.4).
type OAuth2 struct {
	Provider         Provider     `yaml:"provider,required"`
	ClientID         string       `yaml:"client_id,required"`
	ClientSecretFile string       `yaml:"client_secret_file"`
	ClientSecret     secret.Value `yaml:"client_secret,refused"`
	Tenant           string       `yaml:"tenant"`    // Microsoft's directory id
	TokenURL         string       `yaml:"token_url"` // default: the provider's
	Scopes           []string     `yaml:"scopes"`    // default: the provider's
	RefreshTokenFile string       `yaml:"refresh_token_file"`
	RefreshToken     secret.Value `yaml:"refresh_token,refused"`
}

// A Provider is an issuer of access tokens.
type Provider string

const (
	ProviderMicrosoft Provider = "microsoft"
	ProviderGoogle    Provider = "google"
	ProviderOther     Provider = "other"
)

// Desk describes the triage staff; empty fields are taken from the directory.
type Desk struct {
	Address         string   `yaml:"address"`          // default: the directory's
	Channel         string   `yaml:"channel"`          // Slack channel
	Lead            string   `yaml:"lead"`             // mail address or Slack user id
	InternalDomains []string `yaml:"internal_domains"` // including subdomains
}

// Slack defines how to connect to the workspace.
type Slack struct {
	Mode              SlackMode    `yaml:"mode"`    // default socket
	APIURL            string       `yaml:"api_url"` // default Slack's
	AppTokenFile      string       `yaml:"app_token_file"`
	AppToken          secret.Value `yaml:"app_token,refused"` // mode socket
	BotTokenFile      string       `yaml:"bot_token_file"`
	BotToken          secret.Value `yaml:"bot_token,refused"`
	SigningSecretFile string       `yaml:"signing_secret_file"`
	SigningSecret     secret.Value `yaml:"signing_secret,refused"` // mode http
	Listen            string       `yaml:"listen"`                 // host:port, mode http
}

// A SlackMode defines how Slack's events are received.
type SlackMode string

const (
	SlackSocket SlackMode = "socket"
	SlackHTTP   SlackMode = "http"
	SlackOff    SlackMode = "off"
)

// HTTP configures the process's own endpoints: metrics and health.
type HTTP struct {
	Listen string `yaml:"listen"` // host:port; default: none
	// TokenFile contains the required bearer token; it is mandatory if other machines can
	// connect.
	TokenFile string       `yaml:"token_file"`
	Token     secret.Value `yaml:"token,refused"`
}

// Canary defines how often a test letter is sent to the desk itself, to check the whole path.
type Canary struct {
	Every Interval `yaml:"every"` // default 24 hours
}

// Pace defines intervals and timeouts; unset ones have defaults in the service.
type Pace struct {
	// Takeover is how long after a process has vanished its work is taken over by another
	// one; half of it is the time limit for an attempt to send something. Default: one minute
	// for a folder, two for a reminder, five for outgoing actions.
	Takeover Interval `yaml:"takeover"`
	// Messages is the interval between two messages to a Slack conversation, and between two
	// updates. Default: what Slack allows.
	Messages Interval `yaml:"messages"`
	// Poll is the interval between two checks for what is due. Default: 5 seconds.
	Poll Interval `yaml:"poll"`
}

// An Interval is a duration, written like 24h or 90m.
type Interval time.Duration

// UnmarshalText parses the syntax of time.ParseDuration.
func (i *Interval) UnmarshalText(b []byte) error {
	d, err := time.ParseDuration(string(b))
	if err != nil {
		return intervalError(b)
	}
	*i = Interval(d)
	return nil
}

// MarshalText writes what UnmarshalText reads.
func (i Interval) MarshalText() ([]byte, error) { return []byte(time.Duration(i).String()), nil }

type intervalError string

func (e intervalError) Error() string { return fmt.Sprintf("%q is not a duration", string(e)) }
func (e intervalError) Hint() string  { return "write it like 24h or 90m" }

// A Switch is on or off.
type Switch string

const (
	On  Switch = "on"
	Off Switch = "off"
)

// Since is the day or time from which mail counts as new; the zero Since means not set.
type Since struct {
	day    intake.Date
	moment time.Time
}

// In returns the time; a day begins at midnight in the given zone.
func (s Since) In(zone *time.Location) time.Time {
	if s.day.IsZero() {
		return s.moment
	}
	return s.day.In(zone)
}

// UnmarshalText parses "2006-01-02" or a time in RFC 3339 format.
func (s *Since) UnmarshalText(b []byte) error {
	if day, err := intake.ParseDate(string(b)); err == nil {
		s.day = day
		return nil
	}
	moment, err := time.Parse(time.RFC3339, string(b))
	if err != nil {
		return sinceError(b)
	}
	s.moment = moment
	return nil
}

// MarshalText writes what UnmarshalText reads.
func (s Since) MarshalText() ([]byte, error) {
	if s.moment.IsZero() {
		return s.day.MarshalText()
	}
	return s.moment.MarshalText()
}

type sinceError string

func (e sinceError) Error() string { return fmt.Sprintf("%q is neither a date nor a time", string(e)) }
func (e sinceError) Hint() string  { return "write it like 2026-01-31 or 2026-01-31T09:00:00+01:00" }
