// Package bench measures the whole path of a mail, from its arrival in a
// mailbox to the commit of its record and the acknowledgement, with the mail
// servers and Redis in processes of their own, so that the memory it reports
// is the bot's alone.
//
// It measures how an office answers as its records grow, too (RunScale), and how several
// processes share the work while some of it is lost (RunShare).
//
// It changes nothing outside the temporary folder that it works in.
package bench
