// Package chaos shows by experiment that nothing is lost and nothing is done twice,
// whatever breaks.
//
// It runs the real program, in several processes, against a real redis-server
// (append-only, fsync always), a real Dovecot, an SMTP server and a Slack. Ministries
// write mails, and colleagues press buttons, type commands and fill in forms. Meanwhile
// programs are killed (-9), connections are cut, slow or half-open, servers refuse or
// lose their answers, Slack delivers twice, and the disk is full. All of this is drawn
// from one seed. Then everything is mended, the bots come to rest, and what they have
// written down is compared with what has reached the other side:
//
//   - every mail on the server has one outcome, and "verbale audit" balances;
//   - every request is a record with a number of its own;
//   - every mail that went out is noted as sent, and the other way round; a mail that
//     was sent again has the same Message-ID and text, and something broke between its
//     copies;
//   - every record has one acknowledgement, or a reason why it has none;
//   - every record has its card in the desk's channel, or a place in one summary, and
//     no message stands twice in Slack;
//   - what colleagues did had its effect once or not at all, and it had it if they were
//     told so;
//   - every reminder that was due was sent once, or the ledger has the reason why not;
//   - no action is parked.
//
// One effect can happen twice, and at most once more for each time that something
// breaks: the sending of a mail whose acceptance by the relay was not noted. SMTP has no
// way to ask whether the relay has it; the copy has the same Message-ID. In Slack, a
// message is looked for before it is posted again.
//
// A second test (walk_test.go) goes through the life of one reminder and kills one of
// two processes at each step. A connection is stopped there, so that it is known which
// step was made and which was not.
//
// A run that fails keeps its folder, with the log of each process, and prints the
// command that repeats the plan. The plan is the same then; when processes get to it
// depends on the machine.
package chaos
