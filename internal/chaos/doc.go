// Package chaos proves by trying that nothing is lost and nothing is done twice,
// whatever breaks. It runs the real program, in several processes, between a real
// redis-server (append-only, fsync always), a real Dovecot, an SMTP server and a
// Slack. Ministries write, colleagues press, type and fill in, all drawn from one
// seed; and, drawn from the same seed, programs are killed (-9), lines are cut,
// slow, or half-open, servers refuse or take without an answer, Slack delivers
// twice, and the disk is full. Then all is mended, the house comes to rest, and
// its books are compared with what has reached the other side:
//
//   - every mail on the server has one outcome, and "verbale audit" is even;
//   - every request is a record with a number of its own;
//   - every mail that went out is noted as sent, every one noted as sent went out;
//     one that came again has the same Message-ID and text, and something broke
//     between its copies;
//   - every record has one acknowledgement, or the reason why none; its card in the
//     desk's channel, or its place in one summary; no message of Slack stands twice;
//   - what colleagues did happened once or not at all, and it happened where they
//     were told so;
//   - every reminder that was due was said once, or its line has the reason;
//   - nothing is parked.
//
// One effect can happen twice, and no more than once for each time that something
// breaks: a mail that the relay took, of which the answer or the note was lost. SMTP
// does not let us look whether it took it; the copy has the same Message-ID. In Slack
// the message is looked for before it is posted again.
//
// The walk (walk_test.go) goes through the life of one reminder and ends one of two
// processes, with kill -9, at each step: what a line carries is stopped there, so
// that it is known which step was made and which was not.
//
// A run that fails keeps its folder, with the log of each process, and names the
// command that runs the same plan again. The plan is the same; the moments at which
// processes get to it are the machine's.
package chaos
