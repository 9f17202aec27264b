package mailbox

import "verbale/internal/mailauth"

// Advice says in one sentence what an operator can do about an error of this package; it is ""
// when there is nothing to do but wait.
func Advice(err error) string {
	if missing(err) {
		return "create the folder on the server, or correct folders and move_to"
	}
	return mailauth.Advice(err)
}
