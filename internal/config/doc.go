// Package config reads the configuration of an office.
//
// It defines the keys, their defaults and the valid values. All problems of a file are
// reported at once, each Problem with file, line and column and with a suggested correction;
// nothing is started with an invalid configuration.
//
// The file itself never contains secrets. Each is read from the file named by its key with
// the suffix _file, or from an environment variable: VERBALE_ and the path of the key in
// capitals, without _FILE, joined by underscores, with list items numbered from 0. So
// smtp.password_file may be replaced by VERBALE_SMTP_PASSWORD, and that of the first mailbox
// by VERBALE_MAILBOX_0_PASSWORD or VERBALE_MAILBOX_PASSWORD; the others are
// VERBALE_MAILBOX_0_OAUTH2_CLIENT_SECRET, …_OAUTH2_REFRESH_TOKEN, VERBALE_SLACK_APP_TOKEN,
// …_BOT_TOKEN, …_SIGNING_SECRET and VERBALE_REDIS_URL. With the suffix _FILE each of them names
// the file of the secret. A secret.Value is masked wherever it is printed, logged or encoded.
//
// Paths are relative to the folder of the configuration file.
package config
