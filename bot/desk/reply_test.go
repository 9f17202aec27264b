package desk_test

import (
	"slices"
	"strings"
	"testing"

	"verbale/bot"
	"verbale/bot/desk"
	"verbale/bot/registry"
	"verbale/intake"
	"verbale/internal/golden"
)

// letterOf is the form input with this text in place of the draft.
func letterOf(text string) desk.Values { return desk.Values{"text": {text}} }

// mails returns the mails that orders caused.
func (h *fixture) mails() (mails []bot.Action) {
	for _, a := range h.store.actions {
		if a.Mail != nil {
			mails = append(mails, a)
		}
	}
	return mails
}

// TestReplyIsShownBeforeItGoesOut: the mail sent has exactly the text of the preview, and
// nothing is sent before the preview is confirmed.
func TestReplyIsShownBeforeItGoesOut(t *testing.T) {
	h := open(t)
	ref := h.keep(request(42, held(intake.StatusAccepted)))
	written := h.mustPress(holder, about(desk.PressReply, ref))
	values := letterOf("Dear Deputy Minister,\n\nWe shall <come> in March & bring <!channel> a list.\n\nOmar")
	values["cc"] = []string{"Second <second@mfa.gov.kg>; environment@unece.example"}
	preview := h.send(holder, written, values)
	golden.Compare(t, "testdata/preview-answer.txt", answerPicture(preview))
	if len(h.mails()) != 0 {
		t.Fatal("a mail goes out before it was previewed")
	}
	if answer := h.send(holder, preview, desk.Values{}); answer.Form != nil || answer.Errors != nil {
		t.Fatalf("answer is %s", answerPicture(answer))
	}
	mail := h.mails()[0]
	if mail.Kind != bot.ActionAnswer || mail.Mail.Text != values.First("text") || mail.Mail.Subject != "Re: Запрос о содействии [TC-2026-00042]" || len(mail.Mail.Cc) != 2 {
		t.Errorf("mail is %+v", mail.Mail)
	}
	if got := h.record(ref).Status; got != intake.StatusAnswered {
		t.Errorf("record is %s", got)
	}
}

func TestAskWaitsForTheSender(t *testing.T) {
	h := open(t)
	ref := h.keep(request(42, held(intake.StatusAssigned)))
	preview := h.send(holder, h.mustPress(holder, about(desk.PressAsk, ref)), letterOf("Which days suit you?"))
	golden.Compare(t, "testdata/preview-ask.txt", answerPicture(preview))
	h.send(holder, preview, desk.Values{})
	if got := h.record(ref).Status; got != intake.StatusWaiting || h.mails()[0].Kind != bot.ActionAsk {
		t.Errorf("record is %s", got)
	}
}

func TestInterimReplyLeavesTheStatus(t *testing.T) {
	h := open(t)
	ref := h.keep(request(42, held(intake.StatusAccepted), func(r *intake.Record) { r.Children = []string{"TC-2026-00043"} }))
	values := letterOf("We are looking into it.")
	values["purpose"] = []string{string(bot.PurposeInterim)}
	preview := h.send(in("fr", holder), h.mustPress(in("fr", holder), about(desk.PressReply, ref)), values)
	golden.Compare(t, "testdata/preview-interim.txt", answerPicture(preview))
	h.send(holder, preview, desk.Values{})
	if got := h.record(ref).Status; got != intake.StatusAccepted || h.mails()[0].Kind != bot.ActionInterim {
		t.Errorf("record is %s", got)
	}
}

// TestSendingOffIsSaidBefore: during a pilot, replies are withheld, and the form says so.
func TestSendingOffIsSaidBefore(t *testing.T) {
	h := open(t, func(o *registry.Options) { o.Office.Send = false })
	ref := h.keep(request(42, held(intake.StatusAccepted)))
	preview := h.send(in("ru", holder), h.mustPress(in("ru", holder), about(desk.PressReply, ref)), letterOf("Скоро ответим."))
	golden.Compare(t, "testdata/preview-withheld.txt", answerPicture(preview))
	h.send(holder, preview, desk.Values{})
	if mail := h.mails()[0]; mail.State != bot.ActionWithheld || h.record(ref).Status != intake.StatusAccepted {
		t.Errorf("mail is %s, record %s", mail.State, h.record(ref).Status)
	}
}

// TestWhoeverWroteMeanwhileIsNamed: if a colleague replied while the draft was open, the draft
// is not sent at first. The form names the colleague, keeps the draft and still allows sending
// it.
func TestWhoeverWroteMeanwhileIsNamed(t *testing.T) {
	h := open(t)
	ref := h.keep(request(42, held(intake.StatusAccepted)))
	preview := h.send(holder, h.mustPress(holder, about(desk.PressReply, ref)), letterOf("Our answer."))
	h.store.history[ref] = append(h.store.history[ref], intake.HistoryEntry{At: after(1), Actor: triage.ID, What: string(bot.PurposeInterim)})
	again := h.send(holder, preview, desk.Values{})
	golden.Compare(t, "testdata/preview-meanwhile.txt", answerPicture(again))
	if len(h.mails()) != 0 {
		t.Fatal("the answer went out all the same")
	}
	h.store.history[ref][1].At = after(-1) // before the form was opened
	h.send(holder, again, desk.Values{})
	if mails := h.mails(); len(mails) != 1 || mails[0].Mail.Text != "Our answer." {
		t.Errorf("mails are %+v", mails)
	}
}

func TestAReplyOfAnyLengthThatFitsAFormIsCarried(t *testing.T) {
	h := open(t)
	ref := h.keep(request(42, held(intake.StatusAccepted)))
	long := cutTo(desk.MaxText, "Уважаемая госпожа заместитель министра! Мы рассмотрели Ваш запрос № 388 о присоединении к Конвенции и готовы направить эксперта в марте; просим сообщить, какие ведомства примут участие, кто оплатит проезд и на каком языке пройдет семинар. ")
	preview := h.send(holder, h.mustPress(holder, about(desk.PressReply, ref)), letterOf(long))
	if preview.Form == nil {
		t.Fatalf("answer is %s", answerPicture(preview))
	}
	size := 0
	for key, value := range preview.Form.State {
		size += len(key) + len(value)
	}
	if size > desk.MaxState {
		t.Errorf("state has %d characters", size)
	}
	h.send(holder, preview, desk.Values{})
	if got := h.mails()[0].Mail.Text; got != strings.TrimSpace(long) {
		t.Errorf("text is %d characters, want %d", len(got), len(long))
	}
}

// TestAPreviewedDraftCanBeEditedAgain: editing after the preview keeps all input.
func TestAPreviewedDraftCanBeEditedAgain(t *testing.T) {
	h := open(t)
	ref := h.keep(request(42, held(intake.StatusAccepted)))
	values := letterOf("First version.")
	values["cc"], values["purpose"] = []string{"second@mfa.gov.kg"}, []string{string(bot.PurposeInterim)}
	preview := h.send(holder, h.mustPress(holder, about(desk.PressReply, ref)), values)
	shown := desk.Form{Name: preview.Form.Name, Press: preview.Form.Press, State: preview.Form.State}
	changed, err := h.Change(ctx, holder, shown, desk.Values{"next": {"edit"}})
	if err != nil {
		t.Fatal(err)
	}
	golden.Compare(t, "testdata/preview-edited.txt", answerPicture(changed))
	if sent := h.send(holder, preview, desk.Values{"next": {"edit"}}); answerPicture(sent) != answerPicture(changed) || len(h.mails()) != 0 {
		t.Errorf("sending an edit is answered by %s", answerPicture(sent))
	}
	if stays, err := h.Change(ctx, holder, shown, desk.Values{"next": {"send"}}); err != nil || stays.Form != nil {
		t.Errorf("the preview gives way to %s, %v", answerPicture(stays), err)
	}
	again := h.send(holder, changed, letterOf("Second version."))
	h.send(holder, again, desk.Values{})
	if mail := h.mails()[0]; mail.Kind != bot.ActionInterim || mail.Mail.Text != "Second version." || len(mail.Mail.Cc) != 1 {
		t.Errorf("mail is %+v", mail)
	}
}

func cutTo(n int, text string) string {
	return string([]rune(strings.Repeat(text, n/len([]rune(text))+1))[:n])
}

func TestOurOwnAddressIsRefused(t *testing.T) {
	h := open(t)
	ref := h.keep(request(42, held(intake.StatusAccepted)))
	values := letterOf("To ourselves")
	values["to"] = []string{"tc@desk.unece.example"}
	again := h.send(holder, h.send(holder, h.mustPress(holder, about(desk.PressReply, ref)), values), desk.Values{})
	if again.Form == nil || !slices.ContainsFunc(again.Form.Blocks, func(b desk.Block) bool {
		p, ok := b.(desk.Paragraph)
		return ok && p.Strong && strings.Contains(p.Text, "tc@desk.unece.example")
	}) {
		t.Errorf("answer is %s", answerPicture(again))
	}
}

// A reply to a letter without a subject gets the same subject as its acknowledgement.
func TestReplyToALetterWithoutASubject(t *testing.T) {
	h := open(t)
	ref := h.keep(request(42, held(intake.StatusAccepted), func(rec *intake.Record) { rec.Origin.Subject = "" }))
	preview := h.send(holder, h.mustPress(holder, about(desk.PressReply, ref)), letterOf("Dear Minister"))
	h.send(holder, preview, desk.Values{})
	if subject := h.mails()[0].Mail.Subject; strings.HasPrefix(subject, "Re:  ") || !strings.Contains(subject, ref) {
		t.Errorf("goes out under %q", subject)
	}
}
