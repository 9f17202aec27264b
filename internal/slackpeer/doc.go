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
// page of Slack's documentation it comes from. Where Slack tolerates something that
// is nearly always a mistake (it cuts a text over the limit), the peer refuses it.
// Faults (a lost answer, 429, 500, a dropped connection, a delivery made twice)
// happen only when a test asks for them.
//
// Slack's documentation does not say how large a burst it accepts (see [Peer.Limit]
// to set it), what becomes of a modal when another is opened over it (here it is
// closed), and what a connection may still deliver after a disconnect message (here
// nothing).
//
// There are two clocks. [Options.Now] is Slack's: it dates messages and decides when
// a trigger or a response_url expires, whether a call comes too soon, and when a
// scheduled message appears. Waiting for the app ([Options.AckWithin],
// [Options.RetryPauses]) takes real time; tests set it short.
//
// In this package a line is a Socket Mode connection, and a person is a user of the
// workspace who acts. Nothing is stored: closing the peer discards the workspace. All
// methods are safe for concurrent use.
package slackpeer
