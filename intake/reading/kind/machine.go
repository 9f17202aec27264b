package kind

import (
	"strings"

	"verbale/intake"
)

// Thresholds for recognising bounces and automatic replies by their wording.
const (
	fewPhrases  = 2
	manyPhrases = 3   // phrases of one type above which further ones do not count
	shortNotice = 220 // words; a longer text is more than a notice
	plainAsk    = 0.7 // ask score that no sentence in an automatic notice reaches
)

// isMailSystem reports whether an address is that of a mail system itself (RFC 2142, section
// 5; RFC 3464, section 2).
func isMailSystem(address string) bool {
	local, _, _ := strings.Cut(strings.ToLower(address), "@")
	return local == "mailer-daemon" || local == "postmaster" || local == "mail-daemon" || local == "maildaemon"
}

// bounce determines whether the message is a mail system's notice that our mail was not
// delivered.
func (e *examination) bounce() (verdict, bool) {
	m := e.message
	phrases := e.acts["bounce.notice"]
	cited := e.cite(intake.KindBounce, "bounce.")
	if d := m.Signs.Delivery; d != nil {
		if d.Action == "delivered" || d.Action == "relayed" || d.Action == "expanded" {
			return verdict{kind: intake.KindAutoReply, reason: intake.Remark{ID: "kind.delivery_receipt"}, evidence: cited, sure: 1}, true
		}
		return verdict{kind: intake.KindBounce, reason: intake.Remark{ID: "kind.delivery_report"}, evidence: cited, sure: 1}, true
	}
	if (isMailSystem(m.From.Address) || m.Signs.NullReturn && m.Signs.AutoSubmitted != "auto-replied") && (phrases > 0 || e.chance[string(intake.KindBounce)] > 0.5) {
		return verdict{kind: intake.KindBounce, reason: intake.Remark{ID: "kind.mail_system"}, evidence: cited, sure: 1}, true
	}
	sure := e.chance[string(intake.KindBounce)]
	if e.subject["bounce.notice"] > 0 {
		phrases++
	}
	if e.words > shortNotice || e.carriesLetter() || phrases == 0 || phrases < fewPhrases && sure < 0.5 {
		return verdict{}, false
	}
	return verdict{kind: intake.KindBounce, reason: intake.Remark{ID: "kind.mail_system"}, evidence: cited, sure: max(sure, 0.6) + 0.1*float64(min(phrases, manyPhrases)), rival: intake.KindOther, worded: true}, true
}

// autoReply determines whether the message is an automatic reply: from its headers (RFC 3834,
// section 5), or from its wording if the headers do not say.
func (e *examination) autoReply() (verdict, bool) {
	signs := e.message.Signs
	sort, phrases := e.top("auto.")
	reason := ofSort(sort)
	all := e.phrases("auto.")
	cited := e.cite(intake.KindAutoReply, "auto.")
	if phrases == 0 {
		reason = intake.Remark{ID: "kind.automatic"}
	}
	if strings.HasPrefix(signs.AutoSubmitted, "auto-replied") || signs.LoopMark {
		return verdict{kind: intake.KindAutoReply, reason: reason, evidence: cited, sure: 1}, true
	}
	if e.carriesLetter() {
		return verdict{}, false
	}
	chance := e.chance[string(intake.KindAutoReply)]
	marked := signs.AutoReply || signs.AutoSubmitted != "" && signs.AutoSubmitted != "no"
	if marked && (all > 0 || chance > 0.3 || e.ask < plainAsk) {
		return verdict{kind: intake.KindAutoReply, reason: reason, evidence: cited, sure: 1}, true
	}
	if phrases == 0 {
		return verdict{}, false
	}
	w := e.weights.AutoReply
	score := w.Bias + w.Model*chance + w.Phrase*float64(min(all, manyPhrases)) + w.Word*float64(e.words) + w.Ask*e.ask +
		pick(e.subjectHas("auto."), w.PhraseInSubject)
	return verdict{kind: intake.KindAutoReply, reason: reason, evidence: cited, sure: probability(score), rival: intake.KindOther, worded: true}, score >= 0
}

func (e *examination) subjectHas(prefix string) bool {
	for id := range e.subject {
		if strings.HasPrefix(id, prefix) {
			return true
		}
	}
	return false
}

// spam determines whether the message is unsolicited advertising or fraud.
func (e *examination) spam() (verdict, bool) {
	m := e.message
	offers, frauds := min(e.acts["spam.offer"], manyPhrases), min(e.acts["spam.fraud"], manyPhrases)
	w := e.weights.Spam
	score := w.Bias + w.Model*e.chance[string(intake.KindSpam)] + w.ModelRequest*e.chance[string(intake.KindRequest)] +
		w.Phrase*float64(offers+frauds) + w.Ask*e.ask + pick(m.Signs.SpamFlag, w.Flagged) +
		pick(m.Signs.Unsubscribe || m.Signs.Precedence == "bulk", w.Bulk) + pick(e.ofGovernment(), w.Government)
	if e.words > shortNotice {
		score -= float64(e.words-shortNotice) / shortNotice
	}
	if score < 0 || e.carriesLetter() {
		return verdict{}, false
	}
	sort, _ := e.top("spam.")
	return verdict{kind: intake.KindSpam, reason: ofSort(sort), evidence: e.cite(intake.KindSpam, "spam."), sure: probability(score), rival: intake.KindOther}, true
}

// followUp determines whether the message belongs to an existing record.
func (e *examination) followUp() (verdict, bool) {
	if reference, evidence := e.letter.Reference(e.message, e.ours); reference != "" {
		return verdict{kind: intake.KindFollowUp, reason: intake.Remark{ID: "kind.our_reference"}, evidence: evidence, sure: 1}, true
	}
	if e.ours.AnsweredBy(e.message) {
		return verdict{kind: intake.KindFollowUp, reason: intake.Remark{ID: "kind.our_mail"}, sure: 1}, true
	}
	return verdict{}, false
}
