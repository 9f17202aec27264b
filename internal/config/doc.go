// Package config reads the configuration of an office.
//
// It owns the keys, their defaults and what may be said with them. Whatever is
// wrong with a file is told at once, each Problem with file, line and column and
// with what to write instead; nothing is started on a configuration that is not
// right.
//
// Secrets never stand in the file itself. Each is read from the file that its
// key with _file names, or from an environment variable: VERBALE_ and the path
// of the key in capitals, without _FILE, joined by underscores, items of a list
// by their number from 0. So smtp.password_file may instead be
// VERBALE_SMTP_PASSWORD, and that of the first mailbox VERBALE_MAILBOX_0_PASSWORD;
// the others are VERBALE_MAILBOX_0_OAUTH2_CLIENT_SECRET, …_OAUTH2_REFRESH_TOKEN,
// VERBALE_SLACK_APP_TOKEN, …_BOT_TOKEN, …_SIGNING_SECRET and VERBALE_REDIS_URL.
// A secret.Value shows a mask wherever it is printed, logged or encoded.
//
// Paths are relative to the folder of the configuration file.
package config
