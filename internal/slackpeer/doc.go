// Package slackpeer is a Slack in process: Slack's Web API over HTTP and Socket
// Mode over a WebSocket, on loopback, with people on the other side who press,
// type and read. Tests and the demo talk to it through the same client that
// talks to Slack:
//
//	peer, err := slackpeer.Start(slackpeer.Options{})
//	defer peer.Close()
//	api := slack.New(slackpeer.BotToken,
//		slack.OptionAppLevelToken(slackpeer.AppToken),
//		slack.OptionAPIURL(peer.URL()))
//
// It refuses what Slack refuses, with Slack's error codes; each rule names the
// page of Slack's documentation it comes from. Where Slack is known to be lenient
// about something that is nearly always a mistake (a text over the limit is cut),
// the peer refuses. Faults (a lost answer, 429, 500, a dropped line, a delivery
// made twice) happen only where a test asks for them.
//
// Slack's pages are silent on how large a burst it takes (see [Peer.Limit] for
// another), on a modal that is opened over another (here the old one goes), and on
// what a line may still bring after a disconnect message (here nothing).
//
// Two clocks run. [Options.Now] is Slack's: it dates messages and decides when a
// trigger or a response_url expires, when a call comes too soon, when a scheduled
// message appears. Waiting for the app ([Options.AckWithin], [Options.RetryPauses])
// takes real time, which tests set short.
//
// Nothing is kept: closing the peer forgets the workspace. All methods may be
// called from several goroutines.
package slackpeer
