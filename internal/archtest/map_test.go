package archtest

// A layer says what the packages on it may import. Each may also import the
// leaves that are open to it.
type layer string

const (
	command layer = "command" // the wiring and the exhibits
	exhibit layer = "exhibit" // the wiring, all below it, the peers, and exhibits in its own folder
	wiring  layer = "wiring"  // all adapters and the centre
	adapter layer = "adapter" // the centre; never another adapter
	centre  layer = "centre"  // the packages that stand above it in the map
	leaf    layer = "leaf"    // nothing of ours
	peer    layer = "peer"    // the other side in process, for tests and exhibits: leaves
	suite   layer = "suite"   // behaviour that tests of several packages share: the centre
)

// A row is one package of the map.
type row struct {
	path  string // within the module
	layer layer
}

// packages is the map. In the centre, each may import those above it.
var packages = []row{
	{"internal/strictyaml", leaf}, // an office's files, with all their problems; open to all
	{"internal/phrases", leaf},    // wording in three languages; open from bot upwards
	{"internal/secret", leaf},     // passwords and tokens out of sight; open to other leaves
	{"internal/mailauth", leaf},   // lines to mail servers and logins, shared by the ear and the mouth
	{"internal/inorder", leaf},    // work side by side, results in order
	{"internal/wait", leaf},       // pauses that a context ends
	{"internal/hugepages", leaf},  // room for large tables; open to all
	{"internal/daemon", leaf},     // programs that are started again, for what tries the bot out

	{"internal/slackpeer/blockkit", leaf}, // what Slack refuses in blocks, and pictures of them

	{"intake/lexicon", centre}, // vocabulary and finding its terms
	{"intake/learned", centre}, // small models
	{"intake", centre},         // what a request and a record are
	{"intake/eml", centre},     // bytes of a mail to a message

	{"intake/reading/dates", centre},    // moments in a text
	{"intake/reading/letter", centre},   // a message laid out as a letter
	{"intake/reading/kind", centre},     // what a mail is
	{"intake/reading/who", centre},      // who asks
	{"intake/reading/when", centre},     // for when
	{"intake/reading/what", centre},     // for what
	{"intake/reading", centre},          // all of it
	{"intake/reading/training", centre}, // sentences to models

	{"routing", centre},          // who carries it out
	{"routing/followup", centre}, // what is due when
	{"bot", centre},              // events, orders, actions, and what keeps them
	{"bot/mailtext", centre},     // what mails say besides requests
	{"bot/letters", centre},      // what we write
	{"bot/registry", centre},     // events to changes
	{"bot/forget", centre},       // personal words go
	{"bot/desk", centre},         // what staff see and do

	{"bot/mailbox", adapter},         // the IMAP ear
	{"bot/mailout", adapter},         // the SMTP mouth
	{"bot/slackio", adapter},         // Slack's ear and mouth
	{"internal/redisstore", adapter}, // where records are kept
	{"internal/outbox", adapter},     // performing actions
	{"internal/doctext", adapter},    // text of documents
	{"internal/config", adapter},     // the office's configuration
	{"internal/view", adapter},       // records and readings for people and programs
	{"internal/report", adapter},     // figures, workbooks, charts
	{"internal/archive", adapter},    // mbox, Maildir, folders
	{"internal/eval", adapter},       // how well mails are read and models learn
	{"internal/rehearsal", adapter},  // what changed data would move
	{"internal/setup", adapter},      // a new office's files
	{"internal/telemetry", adapter},  // figures, health, and the request of a log line

	{"internal/app", wiring},        // knows all
	{"internal/bench", exhibit},     // measures the program
	{"internal/chaos", exhibit},     // breaks everything around the program
	{"internal/demo", exhibit},      // shows the program
	{"internal/demo/page", exhibit}, // in a browser
	{"cmd/verbale", command},        // flags, exit codes, signals

	{"internal/mailtest", peer},              // mail servers
	{"internal/redistest", peer},             // Redis in all its forms
	{"internal/slackpeer", peer},             // Slack
	{"bot/bottest", suite},                   // a Store in a few maps
	{"internal/redisstore/storetest", suite}, // what every Store does
	{"intake/reading/readingtest", suite},    // a Reader and mails to read
	{"internal/golden", suite},               // comparing with golden files
	{"internal/archtest", leaf},              // this map
}

// apart are packages of the centre that know nothing of each other.
var apart = []string{"intake/reading/kind", "intake/reading/who", "intake/reading/when", "intake/reading/what"}

// pureUntil is the first package of the centre that is not pure: it logs, and
// waits on a context.
const pureUntil = "bot/registry"

// restricted names the packages that may know a client library, by the beginning
// of its import path. Nobody else imports it.
var restricted = map[string][]string{
	"github.com/emersion/go-imap":     {"bot/mailbox", "internal/mailtest"},
	"github.com/emersion/go-smtp":     {"bot/mailout", "internal/mailtest", "internal/chaos"},
	"github.com/emersion/go-sasl":     {"bot/mailbox", "bot/mailout", "internal/mailauth", "internal/mailtest"},
	"github.com/emersion/go-msgauth":  {"intake/eml", "bot/mailbox"},
	"github.com/emersion/go-message":  {"intake/eml", "bot/mailout", "internal/demo", "internal/demo/page", "internal/mailtest"},
	"github.com/redis/go-redis":       {"internal/redisstore"},
	"github.com/alicebob/miniredis":   {"internal/redisstore", "internal/demo"},
	"github.com/klippa-app/go-pdfium": {"internal/doctext"},
	"github.com/tetratelabs/wazero":   {"internal/doctext"},
	"github.com/richardlehane/mscfb":  {"internal/doctext"},
	"golang.org/x/oauth2":             {"internal/mailauth"},
	"github.com/slack-go/slack":       {"bot/slackio", "internal/slackpeer"},
	"github.com/gorilla/websocket":    {"internal/slackpeer"},
	"github.com/chromedp":             {"internal/demo"},
	"github.com/spf13/cobra":          {"cmd/verbale"},
	"github.com/prometheus":           {"internal/telemetry"},
	"github.com/xuri/excelize":        {"internal/report"},
	"gonum.org/v1/plot":               {"internal/report"},
}

// pureLibraries are the packages, other than ours, that a pure package may
// import, by the beginning of their import path: they compute, and touch nothing.
var pureLibraries = []string{
	"github.com/goccy/go-yaml",               // a decoder
	"github.com/klauspost/compress/zstd",     // a decoder
	"github.com/emersion/go-message/charset", // tables of character sets
	"golang.org/x/net/html",                  // a parser
	"golang.org/x/text",                      // tables and transformers
}

// impure are the packages of the standard library that reach outside: a pure
// package imports none of them or below them.
var impure = []string{
	"io/ioutil", "log", "net", "os", "plugin", "runtime/debug", "syscall", "testing", "database",
}

// clocks are the functions of package time that ask the clock or wait for it.
var clocks = []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker"}

// topFolders are the only folders of the module with code in them.
var topFolders = []string{"bot", "cmd", "intake", "internal", "routing"}
