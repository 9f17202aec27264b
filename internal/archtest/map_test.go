package archtest

// A layer says which other packages of the module its packages may import. All may also import
// the leaves that are open to them.
type layer string

const (
	command    layer = "command"    // the wiring and the tools
	tool       layer = "tool"       // the wiring, everything below it, the peers, and tools in its own folder
	wiring     layer = "wiring"     // all adapters and the core
	adapter    layer = "adapter"    // the core; never another adapter
	core       layer = "core"       // the packages above it in the map
	leaf       layer = "leaf"       // no package of the module
	peer       layer = "peer"       // an in-process fake of an external service, for tests and tools: leaves
	testHelper layer = "testHelper" // code shared by the tests of several packages: the core
)

// A row is one package of the map.
type row struct {
	path  string // within the module
	layer layer
}

// packages is the map. In the core, each package may import those above it.
var packages = []row{
	{"internal/strictyaml", leaf}, // strict decoding of YAML files; open to all
	{"internal/phrases", leaf},    // wording in three languages; open from bot upwards
	{"internal/secret", leaf},     // passwords and tokens that are never printed; open to other leaves
	{"internal/mailauth", leaf},   // connecting and logging in to mail servers, for IMAP and SMTP
	{"internal/inorder", leaf},    // concurrent work with ordered results
	{"internal/wait", leaf},       // waiting with a context
	{"internal/hugepages", leaf},  // memory for large tables; open to all
	{"internal/daemon", leaf},     // keeping programs running, for tests and measurements

	{"internal/slackpeer/blockkit", leaf}, // validation and text rendering of Slack blocks

	{"intake/lexicon", core}, // the vocabulary, and finding its terms in texts
	{"intake/learned", core}, // text classifiers
	{"intake", core},         // types: message, request, record, lifecycle
	{"intake/eml", core},     // parsing mails

	{"intake/reading/dates", core},    // dates in texts
	{"intake/reading/letter", core},   // the parts of a letter
	{"intake/reading/kind", core},     // the kind of a mail
	{"intake/reading/who", core},      // requester and institution
	{"intake/reading/when", core},     // dates of the activity, deadlines
	{"intake/reading/what", core},     // countries, themes, services
	{"intake/reading", core},          // a message to a Reading
	{"intake/reading/training", core}, // training the models

	{"routing", core},          // assigning requests
	{"routing/followup", core}, // due dates and reminders
	{"bot", core},              // events, orders, actions, store interfaces
	{"bot/mailtext", core},     // cues and replies in further mails
	{"bot/letters", core},      // texts of outgoing mails
	{"bot/registry", core},     // deciding the change for each event
	{"bot/forget", core},       // erasing personal data
	{"bot/desk", core},         // cards, forms and commands for staff

	{"bot/mailbox", adapter},         // reading mail (IMAP)
	{"bot/mailout", adapter},         // sending mail (SMTP)
	{"bot/slackio", adapter},         // Slack
	{"internal/redisstore", adapter}, // the Store in Redis
	{"internal/outbox", adapter},     // performing actions
	{"internal/doctext", adapter},    // text of documents
	{"internal/config", adapter},     // configuration
	{"internal/view", adapter},       // records and readings as text and JSON
	{"internal/report", adapter},     // reports, workbooks, charts
	{"internal/archive", adapter},    // mbox, Maildir, folders
	{"internal/eval", adapter},       // measuring the reading of mails and the models
	{"internal/rehearsal", adapter},  // effects of changed data files
	{"internal/setup", adapter},      // files for a new office
	{"internal/telemetry", adapter},  // metrics, health, request IDs in logs

	{"internal/app", wiring},     // wiring of the service and the commands
	{"internal/bench", tool},     // benchmarks of the program
	{"internal/chaos", tool},     // fault injection
	{"internal/demo", tool},      // the demo
	{"internal/demo/page", tool}, // the demo page
	{"cmd/verbale", command},     // flags, exit codes, signals

	{"internal/mailtest", peer},                   // IMAP and SMTP servers
	{"internal/redistest", peer},                  // Redis: single, Sentinel, Cluster
	{"internal/slackpeer", peer},                  // Slack
	{"bot/bottest", testHelper},                   // an in-memory Store
	{"internal/redisstore/storetest", testHelper}, // conformance tests of a Store
	{"intake/reading/readingtest", testHelper},    // a Reader and messages to read
	{"internal/golden", testHelper},               // comparing with golden files
	{"internal/archtest", leaf},                   // this map
}

// apart are packages of the core that must not import each other.
var apart = []string{"intake/reading/kind", "intake/reading/who", "intake/reading/when", "intake/reading/what"}

// pureUntil is the first package of the core that is not pure: it logs, and uses contexts.
const pureUntil = "bot/registry"

// restricted lists, by the prefix of its import path, the only packages that may import a client
// library.
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
// import, by the prefix of their import path: they do no I/O.
var pureLibraries = []string{
	"github.com/goccy/go-yaml",               // a decoder
	"github.com/klauspost/compress/zstd",     // a decoder
	"github.com/emersion/go-message/charset", // tables of character sets
	"golang.org/x/net/html",                  // a parser
	"golang.org/x/text",                      // tables and transformers
}

// impure are packages of the standard library with I/O. A pure package imports neither them nor
// packages below them.
var impure = []string{
	"io/ioutil", "log", "net", "os", "plugin", "runtime/debug", "syscall", "testing", "database",
}

// clocks are the functions of package time that read the clock or wait.
var clocks = []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker"}

// topFolders are the only folders of the module with code in them.
var topFolders = []string{"bot", "cmd", "intake", "internal", "routing"}
