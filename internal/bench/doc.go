// Package bench measures the program:
//
//   - Run measures the whole path of a mail, from its arrival in a mailbox to the commit
//     of its record and the acknowledgement;
//   - RunScale measures how fast an office answers as its records grow;
//   - RunShare measures how several processes share the work, and proves that nothing is
//     lost or done twice when some of them, or a master of Redis, are killed.
//
// The mail servers and Redis run in processes of their own, so that the memory and
// processor time reported for the bot are the bot's alone. Nothing is changed outside of a
// temporary folder and the Redis that is named.
package bench
