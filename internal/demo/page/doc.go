// Package page is the page on which one sees and drives the demo: the mailbox of a
// country's official, the Slack workspace, and the record, side by side. It owns what
// the page shows and keeps nothing but the mails written on it.
//
// The Slack workspace is drawn from the very blocks that Slack would get; what is
// pressed and typed there reaches the program as it would from Slack. Mail written on
// the page travels by SMTP.
//
// The page is for one person at this machine: it listens on loopback, its address
// carries a token of its own for each run, requests that another page sent are
// refused, and nothing that a mail or a message says can become script. What fails
// is said on the page; only a server that cannot listen ends it.
package page
