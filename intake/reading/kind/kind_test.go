package kind_test

import (
	"testing"
	"time"

	"verbale/intake"
	"verbale/intake/reading/readingtest"
)

func TestKindByHeadersAndStructure(t *testing.T) {
	r := readingtest.Reader()
	const ask = "Dear colleagues,\n\nWe request an expert mission to Osh in May.\n\nKind regards,\nAida Karimova\n"
	for _, c := range []struct {
		name string
		mail intake.Message
		kind intake.Kind
		why  string
	}{
		{"a delivery report (RFC 3464)", intake.Message{From: intake.Address{Address: "mailer-daemon@mx.example"}, Signs: intake.MachineSigns{Delivery: &intake.DeliveryReport{Action: "failed"}}}, intake.KindBounce, "kind.delivery_report"},
		{"a report of success", intake.Message{Signs: intake.MachineSigns{Delivery: &intake.DeliveryReport{Action: "delivered"}}}, intake.KindAutoReply, "kind.delivery_receipt"},
		{"auto-replied (RFC 3834)", intake.Message{Signs: intake.MachineSigns{AutoSubmitted: "auto-replied"}, Text: intake.Text{Content: "Thank you for your message."}}, intake.KindAutoReply, "kind.automatic"},
		{"our own loop mark", intake.Message{Signs: intake.MachineSigns{LoopMark: true}, Text: intake.Text{Content: ask}}, intake.KindAutoReply, "kind.automatic"},
		{"an automatic reply that carries our reference", intake.Message{Subject: "Automatic reply: [TC-2026-00042]", Signs: intake.MachineSigns{AutoSubmitted: "auto-replied"}}, intake.KindAutoReply, "absence"},
		{"our reference in the subject", intake.Message{Subject: "Re: Mission [TC-2026-00042]", Text: intake.Text{Content: ask}}, intake.KindFollowUp, "kind.our_reference"},
		{"our reference in Cyrillic look-alikes", intake.Message{Text: intake.Text{Content: "На Ваш № ТС-2026-00042 сообщаем следующее."}}, intake.KindFollowUp, "kind.our_reference"},
		{"an answer under the subject of our summary of acknowledgements", intake.Message{Subject: "Re: Acknowledgement of receipt: 5 messages [TC-2026-00042]", Text: intake.Text{Content: "Thank you for your message. Is there any news on our request?"}}, intake.KindFollowUp, "kind.our_reference"},
		{"the same in French, by its thread", intake.Message{Subject: "RE : Accusé de réception : 5 messages", InReplyTo: []string{"a1@desk.unece.example"}, Text: intake.Text{Content: "Bonjour, avez-vous des nouvelles ?"}}, intake.KindFollowUp, "kind.our_mail"},
		{"the same in Russian", intake.Message{Subject: "Отв: Подтверждение получения: 5 сообщений [TC-2026-00042]", Text: intake.Text{Content: "Добрый день! Есть ли новости?"}}, intake.KindFollowUp, "kind.our_reference"},
		{"a machine that answers it, by its words alone", intake.Message{Subject: "Automatic reply: Acknowledgement of receipt: 5 messages [TC-2026-00042]", Text: intake.Text{Content: "I am out of the office."}}, intake.KindAutoReply, "absence"},
		{"an answer to our mail", intake.Message{InReplyTo: []string{"a1@desk.unece.example"}, Text: intake.Text{Content: ask}}, intake.KindFollowUp, "kind.our_mail"},
		{"an answer to somebody else's mail", intake.Message{InReplyTo: []string{"a1@ministry.example"}, Text: intake.Text{Content: ask}}, intake.KindRequest, "kind.asks"},
		{"the sender's own number alone", intake.Message{Subject: "Our letter 01-12/345", Text: intake.Text{Content: ask}}, intake.KindRequest, "kind.asks"},
		{"encrypted", intake.Message{Unreadable: "encrypted"}, intake.KindOther, intake.ReasonUnreadable},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.mail.Date = time.Date(2026, 2, 11, 0, 0, 0, 0, time.UTC)
			got := r.Read(&c.mail)
			if got.Kind != c.kind || readingtest.Why(got.KindReason) != c.why {
				t.Errorf("got %s (%s), want %s (%s)", got.Kind, got.KindReason, c.kind, c.why)
			}
		})
	}
}

func TestKindByWhatIsAskedOfWhom(t *testing.T) {
	r := readingtest.Reader()
	for _, c := range []struct {
		kind          intake.Kind
		subject, text string
	}{
		// requests, direct and indirect
		{intake.KindRequest, "Technical assistance", "Dear Sir,\n\nThe Ministry of Water kindly requests UNECE to send two experts who would review the draft Water Code.\n\nSincerely,\nB. Ali"},
		{intake.KindRequest, "Invitation of experts", "Dear Madam,\n\nWe have the honour to invite two experts of your secretariat to conduct a training for our road inspectors in Batumi.\n\nRespectfully,\nN. Beridze"},
		{intake.KindRequest, "Merci et une question", "Madame,\n\nMerci encore pour le séminaire de juin. Nous souhaiterions maintenant qu'un de vos experts relise notre projet de règlement.\n\nCordialement,\nA. Rusu"},
		{intake.KindRequest, "письмо", "Уважаемые коллеги!\n\nБлагодарим за прошлый семинар. Просим провести ещё один тренинг для таможенников и дать заключение на проект закона.\n\nС уважением,\nА. Ким"},
		{intake.KindRequest, "", "Добрый день! Не могли бы вы прислать специалиста на два дня, посмотреть нашу методику и обучить сотрудников?"},
		// mails that resemble requests
		{intake.KindOther, "Invitation to a conference", "Excellency,\n\nThe Ministry has the honour to invite the Executive Secretary to deliver a keynote at the conference on capacity building in Tbilisi. Accommodation is covered by the organisers.\n\nSincerely,\nN. Beridze"},
		{intake.KindOther, "Nomination", "Dear Madam,\n\nIn reply to your invitation we are pleased to nominate Mr. Ali Karim and Ms. Aida Osmonova for the training workshop in Geneva. They will participate in person.\n\nSincerely,\nB. Ali"},
		{intake.KindOther, "Thank you", "Dear Claire,\n\nThank you for the excellent workshop and for the advice of your experts. Our team expresses its sincere gratitude.\n\nBest wishes,\nAna"},
		{intake.KindOther, "Call for tenders", "Request for proposals No. 12. The project unit invites eligible firms to submit bids for technical assistance and training of customs staff. Bidders may ask for clarification. Late bids are rejected."},
		{intake.KindOther, "Interview request", "Hello, I am a journalist with a weekly magazine. Could one of your experts give an interview about tailings? Our deadline is tomorrow."},
		{intake.KindOther, "Mémoire", "Bonjour, étudiante en master de droit, je prépare un mémoire sur l'assistance technique. Pourriez-vous répondre à quelques questions pour ma recherche ?"},
		{intake.KindOther, "О направлении кандидатур", "Уважаемые коллеги!\n\nНа Ваше приглашение сообщаем, что для участия в семинаре назначен главный специалист А. Ким. Просим подтвердить регистрацию.\n\nС уважением,\nБ. Али"},
		{intake.KindOther, "Виза", "Здравствуйте! Для получения визы нашим участникам нужно приглашение для визы с указанием сроков семинара."},
		{intake.KindOther, "Newsletter", "In this issue: capacity building for water managers; technical assistance to Uzbekistan; new publications. You receive this mail because you subscribed. Unsubscribe here."},
		// automatic mail without the headers that mark it
		{intake.KindAutoReply, "Out of office", "I am out of the office until 3 March with limited access to e-mail. For urgent matters please contact Ms. Osmonova."},
		{intake.KindAutoReply, "Réponse automatique", "Je suis absente du bureau jusqu'au 3 mars. En cas d'urgence, merci d'écrire à ma collègue."},
		{intake.KindAutoReply, "Автоответ: семинар", "Нахожусь в отпуске с 3 по 24 августа, почту не читаю. По срочным вопросам обращайтесь в секретариат."},
		{intake.KindBounce, "Undeliverable: mission report", "Your message could not be delivered. The email address was not found: 550 5.1.1 user unknown."},
		{intake.KindBounce, "Не доставлено", "Ваше сообщение не доставлено: почтовый ящик переполнен. Повторите отправку позднее."},
		{intake.KindBounce, "Non remis", "Votre message n'a pas pu être remis. Utilisateur inconnu."},
		// advertising and fraud
		{intake.KindSpam, "LAST SEATS!", "Certified course in capacity building, only 990 USD per participant. Early bird discount 30%! Register now, limited seats."},
		{intake.KindSpam, "Votre fonds", "Cher bénéficiaire, 2 millions de dollars vous attendent. Envoyez vos coordonnées bancaires et les frais de dossier par Western Union. Discrétion absolue."},
		{intake.KindSpam, "Скидки", "Семинары по закупкам под ключ! Скидка 30 % при оплате до пятницы, прайс по запросу. Звоните, наш менеджер ответит."},
	} {
		got := r.Read(&intake.Message{Subject: c.subject, Text: intake.Text{Content: c.text}, From: intake.Address{Address: "a@sender.example"}, Date: time.Date(2026, 2, 11, 0, 0, 0, 0, time.UTC)})
		if got.Kind != c.kind {
			t.Errorf("%q: got %s (%s), want %s\n%s", c.subject, got.Kind, got.KindReason, c.kind, c.text)
		}
	}
}

func TestTheOriginalThatABounceReturnsIsNotAFollowUp(t *testing.T) {
	r := readingtest.Reader()
	m := &intake.Message{
		Subject: "Undelivered Mail", From: intake.Address{Address: "mailer-daemon@mx.example"},
		Signs:       intake.MachineSigns{Delivery: &intake.DeliveryReport{Action: "failed"}},
		Text:        intake.Text{Content: "Your message could not be delivered."},
		Attachments: []intake.Attachment{{ContentType: "message/rfc822", Text: intake.Text{Content: "Subject: [TC-2026-00042] Your request"}}},
	}
	got := r.Read(m)
	if got.Kind != intake.KindBounce || got.Reference != "" {
		t.Errorf("got %s with reference %q, want a bounce without", got.Kind, got.Reference)
	}
}

// People also write what automatic notices say: that a mail was returned, or that they are
// away. If such a mail also contains a clear request, its kind must be in doubt, so that a
// person decides. If other signs show that a machine wrote it, or nothing is requested, it
// must not be.
func TestARequestWithTheWordsOfANoticeIsDoubted(t *testing.T) {
	const ask = "The Ministry of Water requests an advisory mission of your experts on the Water Convention in March 2027."
	for _, c := range []struct {
		name, text string
		mark       func(*intake.Message)
		doubted    bool
	}{
		{"a letter that came back", "Our message of 3 November could not be delivered: the delivery failed, recipient address rejected, user unknown. " + ask, nil, true},
		{"a letter of one who is away", "I am out of the office until 30 November; in my absence please contact Mr. Ali. " + ask, nil, true},
		{"an absence", "I am out of the office until 30 November; in my absence please contact Mr. Ali about the mission on the Water Convention.", nil, false},
		{"a notice", "Your message could not be delivered: the delivery failed, recipient address rejected, user unknown.", nil, false},
		{"a notice of the mail system itself", "Your message could not be delivered: user unknown. " + ask, func(m *intake.Message) { m.From.Address = "mailer-daemon@water.example" }, false},
		{"an automatic reply, as it says", "I am out of the office until 30 November. " + ask, func(m *intake.Message) { m.Signs.AutoSubmitted = "auto-replied" }, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := readingtest.Mail("office@water.example", "Advisory mission", c.text)
			if c.mark != nil {
				c.mark(m)
			}
			got := readingtest.Reader().Read(m)
			if machine := got.Kind == intake.KindBounce || got.Kind == intake.KindAutoReply; !machine || got.Doubtful(intake.FieldKind) != c.doubted {
				t.Errorf("%s (%s), doubts %+v", got.Kind, got.KindReason, got.Doubts)
			}
		})
	}
}

func TestMailThatOnlyCoversALetterWhichNobodyCouldReadIsForAPerson(t *testing.T) {
	zip := intake.Attachment{Filename: "letter.zip", ContentType: "application/zip", Size: 2048, Method: intake.MethodNone}
	read := zip
	read.Text = intake.Text{Content: "Ministry of Roads\n\nDear Sirs,\n\nWe request an expert mission on road safety.\n\nB. Ali"}
	for _, c := range []struct {
		name, body string
		file       intake.Attachment
		want       string
	}{
		{"in English", "Dear colleagues,\n\nplease find attached our letter, the protocol office packed it.\n\nB. Ali", zip, intake.ReasonUnreadable},
		{"in French", "Bonjour,\n\nveuillez trouver la lettre en pièce jointe.\n\nB. Ali", zip, intake.ReasonUnreadable},
		{"in Russian", "Добрый день!\n\nПисьмо во вложении, просим подтвердить получение.\n\nБ. Али", zip, intake.ReasonUnreadable},
		{"the letter was read", "Dear colleagues,\n\nplease find attached our letter.\n\nB. Ali", read, "kind.asks"},
		{"the mail asks itself", "Dear colleagues,\n\nwe request a training course for our road inspectors, please find the programme attached.\n\nB. Ali", zip, "kind.asks"},
		{"an invoice is no letter", "Dear colleagues,\n\nplease find attached our invoice No. 12 for the hotel rooms, payable within 30 days.\n\nB. Ali", zip, "invoice"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := readingtest.Mail("office@roads.example", "Letter", c.body)
			m.Attachments = []intake.Attachment{c.file}
			if got := readingtest.Reader().Read(m); readingtest.Why(got.KindReason) != c.want {
				t.Errorf("kind %s (%s), want %s", got.Kind, got.KindReason, c.want)
			}
		})
	}
}
