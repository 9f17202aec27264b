package config

import (
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"verbale/internal/strictyaml"
)

// A checker validates a decoded configuration, reads its secrets, and resolves its paths.
type checker struct {
	*Config
	doc     *strictyaml.Document
	folder  string // of the configuration file
	secrets secrets
}

func (k *checker) all() {
	root := strictyaml.Root
	k.resolve(&k.DataDir)
	k.office(root.Key("office"))
	k.redis(root.Key("redis"))
	for i := range k.Mailbox {
		k.mailbox(root.Key("mailbox").Item(i), &k.Mailbox[i])
	}
	k.folders(root.Key("mailbox"))
	k.outgoing(root.Key("smtp"))
	k.desk(root.Key("desk"))
	if k.Slack != nil {
		k.slack(root.Key("slack"), k.Slack)
	}
	k.path(root.Key("directory"), &k.Directory)
	k.path(root.Key("rules"), &k.Rules)
	k.path(root.Key("policy"), &k.Policy)
	k.path(root.Key("vocabulary"), &k.Vocabulary)
	k.pages(root.Key("http"))
	k.canary(root.Key("canary"))
	k.pace(root.Key("pace"))
	k.retention(root.Key("retention"))
}

var officeName = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?$`)

func (k *checker) office(at strictyaml.Path) {
	if !officeName.MatchString(k.Office) {
		k.doc.Report(at, fmt.Sprintf("%q is not a valid office name", k.Office), "use lowercase letters, digits and hyphens, like unece")
	}
}

var redisSchemes = []string{"redis", "rediss", "unix", "redis-sentinel", "rediss-sentinel", "redis-cluster", "rediss-cluster"}

func (k *checker) redis(at strictyaml.Path) {
	stated := k.doc.Has(at.Key("url"))
	if k.secret(at.Key("url_file"), &k.Redis.URLFile, &k.Redis.Secret); stated && !k.Redis.Secret.IsZero() {
		k.doc.Report(at.Key("url"), fmt.Sprintf("the URL is also given by url_file or %s", Variable(at.Key("url_file"))), "remove one of the two")
		return
	}
	if k.Redis.Address() == "embedded" {
		return
	}
	u, err := url.Parse(k.Redis.Address())
	switch {
	case err != nil, !slices.Contains(redisSchemes, u.Scheme), u.Host == "" && u.Scheme != "unix", u.Path == "" && u.Scheme == "unix":
		k.doc.Report(at.Key("url"), "this is not a valid Redis URL", "write embedded, redis://host:6379/0, rediss://host:6379/0, unix:///run/redis.sock, redis-sentinel://host:26379/0?master_name=NAME or redis-cluster://host:6379")
	case strings.HasSuffix(u.Scheme, "-sentinel") && u.Query().Get("master_name") == "":
		k.doc.Report(at.Key("url"), "Sentinel needs the name of the master", "add ?master_name=NAME")
	case stated && holdsPassword(u):
		k.doc.Report(at.Key("url"), "a password does not belong in this file", fmt.Sprintf("put the whole URL into a file and name it with url_file, or set %s", Variable(at.Key("url_file"))))
	}
}

func holdsPassword(u *url.URL) bool {
	_, set := u.User.Password()
	return set || u.Query().Has("password")
}

func (k *checker) desk(at strictyaml.Path) {
	if k.doc.Has(at.Key("address")) {
		k.doc.MailAddress(at.Key("address"), k.Desk.Address)
	}
	if lead := k.Desk.Lead; k.doc.Has(at.Key("lead")) && !strictyaml.IsMailAddress(lead) && !slackUser.MatchString(lead) {
		k.doc.Report(at.Key("lead"), fmt.Sprintf("%q is neither a mail address nor a Slack user id", lead), "write it like lead@unece.example or U012ABCDEF")
	}
	for i, domain := range k.Desk.InternalDomains {
		k.doc.Domain(at.Key("internal_domains").Item(i), domain)
	}
}

var slackUser = regexp.MustCompile(`^[UW][A-Z0-9]{2,}$`)

func (k *checker) hostPort(at strictyaml.Path, address string) (host string, ok bool) {
	host, port, err := net.SplitHostPort(address)
	number, notNumber := strconv.Atoi(port)
	if err != nil || notNumber != nil || number < 0 || number > 65535 || strings.ContainsAny(host, " /@") {
		k.doc.Report(at, fmt.Sprintf("%q is not of the form host:port", address), "write it like mail.unece.example:993")
		return "", false
	}
	return host, true
}

// resolve turns a path relative to the configuration's folder into one that can be opened.
func (k *checker) resolve(path *string) {
	if *path != "" && !filepath.IsAbs(*path) {
		*path = filepath.Join(k.folder, *path)
	}
}

// path resolves a path and checks that it exists.
func (k *checker) path(at strictyaml.Path, path *string) {
	if *path == "" {
		return
	}
	k.resolve(path)
	if _, err := os.Stat(*path); err != nil {
		k.doc.Report(at, fmt.Sprintf("%s cannot be used: %s", at, reason(err)), "paths are relative to the folder of this file; remove the line to use the embedded data")
	}
}
