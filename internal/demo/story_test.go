package demo

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const waterLetter = `Dear Sir or Madam,

The Ministry of Water Resources of Kyrgyzstan kindly requests UNECE to provide advisory services on the accession to the
Water Convention. The experts could visit Bishkek from 4 October 2027 to 8 October 2027.

Yours faithfully,
Bolat Example
Deputy Minister
Ministry of Water Resources of Kyrgyzstan`

// From a ministry's mail to the answer and the reminder after it, by keyboard.
func TestOnThePageALetterIsAnswered(t *testing.T) {
	v := visit(t)
	v.presses("#mail-column", "Write a mail")
	v.types("#compose [name=from]", "Bolat Example <b.example@water.gov.kg>")
	v.types("#compose [name=subject]", "Accession to the Water Convention")
	v.types("#compose [name=body]", waterLetter)
	v.photographs("compose")
	v.checks("the window of a mail")
	v.presses("#compose", "Send")

	v.sees("#mail", "Re: Accession to the Water Convention [TC-", "acknowledges with thanks")
	v.sees("#slack", "Kyrgyzstan · Ministry of Water Resources", "assigned · official letter")
	v.sees("#record", "Transboundary waters", "advisory services", "4 October 2027")
	v.seesTheEvidence()
	v.photographs("arrived")
	v.checks("after a letter")

	v.becomes("U00ENVIRO")
	v.presses(".rooms", "Direct messages")
	v.presses("#slack", "Accept")
	v.sees("#slack", "accepted · official letter")
	v.presses("#slack", "Reply to the sender…")
	v.sees("#modal", "Reply")
	v.types("#modal textarea", "Dear Mr Example,\n\nOur experts are glad to come to Bishkek.")
	v.photographs("reply")
	v.checks("the window of a reply")
	v.presses("#modal footer", "Preview")
	v.sees("#modal", "What will go out")
	v.presses("#modal footer", "Send")
	v.sees("#mail", "Our experts are glad to come to Bishkek.")
	v.sees("#record .status", "answered")

	v.presses(".pushes", "Next reminder")
	v.sees("#toast", "Something is due on TC-")
	v.sees("#slack .thread", "outcome of the activity")
	v.sees("#clock", "October 2027")
	v.photographs("reminded")
	v.looksAround()
	if list := v.complaints(); len(list) > 0 {
		t.Errorf("the console says %q", list)
	}
}

// seesTheEvidence moves the focus to a field and waits until its evidence in the letter is
// highlighted.
func (v *visitor) seesTheEvidence() {
	v.t.Helper()
	v.does(chromedp.Evaluate[chromedp.Void]("document.querySelector('#record [data-field=services]').focus()"))
	v.until("the words behind a field", "[...document.querySelectorAll('mark.lit')].some((m) => m.textContent.includes('advisory services'))")
}

// looksAround takes screenshots of the page in desktop and tablet size, with the light and the
// dark theme, and checks the layout on the tablet.
func (v *visitor) looksAround() {
	v.t.Helper()
	for _, theme := range []string{"light", "dark"} {
		v.does(chromedp.Evaluate[chromedp.Void]("document.documentElement.dataset.theme='"+theme+"'"), chromedp.EmulateViewport(1600, 1000))
		v.photographs("desk-" + theme)
		v.does(chromedp.EmulateViewport(820, 1100))
		for _, column := range []string{"Mailbox", "Slack", "Record"} {
			v.presses(".tabs", column)
			v.photographs("tablet-" + theme + "-" + column)
			v.checks("on a tablet, " + column)
		}
	}
	v.does(chromedp.EmulateViewport(1600, 1000))
}

// The rooms of the workspace and their functions. A user without a role sees nothing; the desk
// corrects what was read and uses other commands.
func TestOnThePageTheWorkspaceWorks(t *testing.T) {
	v := visit(t)
	v.presses(".tour", "Send the first letter")
	v.sees("#tour-said", "recorded as TC-")
	v.sees("#slack", "North Macedonia")
	v.sees("#record .history", "Mail sent (Verbale): acknowledgement", "Recorded, by the rule")
	v.presses("#elsewhere", "statistics@unece.example")
	v.sees("#mail", "Dear colleague")

	v.presses("#slack .bk-menu", "More…")
	v.photographs("menu")
	v.presses("#slack .bk-menu", "Correct…")
	v.sees("#modal", "Who asks")
	v.does(chromedp.SendKeys(`#modal [data-block^="themes"] input`, "water"))
	v.until("what is offered for water", `document.querySelector('#modal [data-block^="themes"] [role=option]:not([hidden])')`)
	v.photographs("correct")
	v.checks("the window of a correction")
	v.does(chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.Enter))
	v.until("the theme that was chosen", `document.querySelectorAll('#modal [data-block^="themes"] .bk-chip').length > 1`)
	v.presses("#modal footer", "Correct")
	v.until("the window to close", "!document.querySelector('#modal').open")
	v.sees("#record .history", "Corrected (Dana Desk)")

	v.types("#typed-text", "/tc help")
	v.presses("#typed", "Send")
	v.sees("#slack .private", "What you can type")
	v.presses(".rooms", "Home")
	v.sees("#slack .home", "Due within a week")
	v.photographs("home")
	v.checks("the home tab")

	v.becomes("U0STRANGE")
	v.until("nothing for a stranger", "!document.querySelector('#slack').textContent.includes('North Macedonia')")
	v.presses(".rooms", "# tc-desk")
	v.sees("#slack", "Guy Guest is not in this channel.")
	if list := v.complaints(); len(list) > 0 {
		t.Errorf("the console says %q", list)
	}
}
