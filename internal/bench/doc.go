// Package bench measures the whole path of a mail, from its arrival in a
// mailbox to the commit of its record and the acknowledgement, with the mail
// servers and Redis in processes of their own, so that the memory it reports
// is the bot's alone.
//
// It changes nothing outside the temporary folder that it works in.
package bench
