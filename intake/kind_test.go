package intake

import (
	"testing"
	"time"
)

func TestKindByHeadersAndStructure(t *testing.T) {
	r := newTestReader(t)
	const ask = "Dear colleagues,\n\nWe request an expert mission to Osh in May.\n\nKind regards,\nAida Karimova\n"
	for _, c := range []struct {
		name string
		mail Message
		kind Kind
		why  string
	}{
		{"a delivery report (RFC 3464)", Message{From: Address{Address: "mailer-daemon@mx.example"}, Signs: MachineSigns{Delivery: &DeliveryReport{Action: "failed"}}}, KindBounce, reasonDeliveryReport},
		{"a report of success", Message{Signs: MachineSigns{Delivery: &DeliveryReport{Action: "delivered"}}}, KindAutoReply, reasonReceipt},
		{"auto-replied (RFC 3834)", Message{Signs: MachineSigns{AutoSubmitted: "auto-replied"}, Text: Text{Content: "Thank you for your message."}}, KindAutoReply, reasonAutoHeaders},
		{"our own loop mark", Message{Signs: MachineSigns{LoopMark: true}, Text: Text{Content: ask}}, KindAutoReply, reasonAutoHeaders},
		{"an automatic reply that carries our reference", Message{Subject: "Automatic reply: [TC-2026-00042]", Signs: MachineSigns{AutoSubmitted: "auto-replied"}}, KindAutoReply, "absence"},
		{"our reference in the subject", Message{Subject: "Re: Mission [TC-2026-00042]", Text: Text{Content: ask}}, KindFollowUp, reasonReference},
		{"our reference in Cyrillic look-alikes", Message{Text: Text{Content: "На Ваш № ТС-2026-00042 сообщаем следующее."}}, KindFollowUp, reasonReference},
		{"an answer to our mail", Message{InReplyTo: []string{"a1@desk.unece.example"}, Text: Text{Content: ask}}, KindFollowUp, reasonAnswersOurs},
		{"an answer to somebody else's mail", Message{InReplyTo: []string{"a1@ministry.example"}, Text: Text{Content: ask}}, KindRequest, reasonAsk},
		{"the sender's own number alone", Message{Subject: "Our letter 01-12/345", Text: Text{Content: ask}}, KindRequest, reasonAsk},
		{"encrypted", Message{Unreadable: "encrypted"}, KindOther, ReasonUnreadable},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.mail.Date = time.Date(2026, 2, 11, 0, 0, 0, 0, time.UTC)
			got := r.Read(&c.mail)
			if got.Kind != c.kind || got.KindReason != c.why {
				t.Errorf("got %s (%s), want %s (%s)", got.Kind, got.KindReason, c.kind, c.why)
			}
		})
	}
}

func TestKindByWhatIsAskedOfWhom(t *testing.T) {
	r := newTestReader(t)
	for _, c := range []struct {
		kind          Kind
		subject, text string
	}{
		// requests, plain and oblique
		{KindRequest, "Technical assistance", "Dear Sir,\n\nThe Ministry of Water kindly requests UNECE to send two experts who would review the draft Water Code.\n\nSincerely,\nB. Ali"},
		{KindRequest, "Invitation of experts", "Dear Madam,\n\nWe have the honour to invite two experts of your secretariat to conduct a training for our road inspectors in Batumi.\n\nRespectfully,\nN. Beridze"},
		{KindRequest, "Merci et une question", "Madame,\n\nMerci encore pour le séminaire de juin. Nous souhaiterions maintenant qu'un de vos experts relise notre projet de règlement.\n\nCordialement,\nA. Rusu"},
		{KindRequest, "письмо", "Уважаемые коллеги!\n\nБлагодарим за прошлый семинар. Просим провести ещё один тренинг для таможенников и дать заключение на проект закона.\n\nС уважением,\nА. Ким"},
		{KindRequest, "", "Добрый день! Не могли бы вы прислать специалиста на два дня, посмотреть нашу методику и обучить сотрудников?"},
		// near misses
		{KindOther, "Invitation to a conference", "Excellency,\n\nThe Ministry has the honour to invite the Executive Secretary to deliver a keynote at the conference on capacity building in Tbilisi. Accommodation is covered by the organisers.\n\nSincerely,\nN. Beridze"},
		{KindOther, "Nomination", "Dear Madam,\n\nIn reply to your invitation we are pleased to nominate Mr. Ali Karim and Ms. Aida Osmonova for the training workshop in Geneva. They will participate in person.\n\nSincerely,\nB. Ali"},
		{KindOther, "Thank you", "Dear Claire,\n\nThank you for the excellent workshop and for the advice of your experts. Our team expresses its sincere gratitude.\n\nBest wishes,\nAna"},
		{KindOther, "Call for tenders", "Request for proposals No. 12. The project unit invites eligible firms to submit bids for technical assistance and training of customs staff. Bidders may ask for clarification. Late bids are rejected."},
		{KindOther, "Interview request", "Hello, I am a journalist with a weekly magazine. Could one of your experts give an interview about tailings? Our deadline is tomorrow."},
		{KindOther, "Mémoire", "Bonjour, étudiante en master de droit, je prépare un mémoire sur l'assistance technique. Pourriez-vous répondre à quelques questions pour ma recherche ?"},
		{KindOther, "О направлении кандидатур", "Уважаемые коллеги!\n\nНа Ваше приглашение сообщаем, что для участия в семинаре назначен главный специалист А. Ким. Просим подтвердить регистрацию.\n\nС уважением,\nБ. Али"},
		{KindOther, "Виза", "Здравствуйте! Для получения визы нашим участникам нужно приглашение для визы с указанием сроков семинара."},
		{KindOther, "Newsletter", "In this issue: capacity building for water managers; technical assistance to Uzbekistan; new publications. You receive this mail because you subscribed. Unsubscribe here."},
		// machines without headers
		{KindAutoReply, "Out of office", "I am out of the office until 3 March with limited access to e-mail. For urgent matters please contact Ms. Osmonova."},
		{KindAutoReply, "Réponse automatique", "Je suis absente du bureau jusqu'au 3 mars. En cas d'urgence, merci d'écrire à ma collègue."},
		{KindAutoReply, "Автоответ: семинар", "Нахожусь в отпуске с 3 по 24 августа, почту не читаю. По срочным вопросам обращайтесь в секретариат."},
		{KindBounce, "Undeliverable: mission report", "Your message could not be delivered. The email address was not found: 550 5.1.1 user unknown."},
		{KindBounce, "Не доставлено", "Ваше сообщение не доставлено: почтовый ящик переполнен. Повторите отправку позднее."},
		{KindBounce, "Non remis", "Votre message n'a pas pu être remis. Utilisateur inconnu."},
		// commerce and fraud
		{KindSpam, "LAST SEATS!", "Certified course in capacity building, only 990 USD per participant. Early bird discount 30%! Register now, limited seats."},
		{KindSpam, "Votre fonds", "Cher bénéficiaire, 2 millions de dollars vous attendent. Envoyez vos coordonnées bancaires et les frais de dossier par Western Union. Discrétion absolue."},
		{KindSpam, "Скидки", "Семинары по закупкам под ключ! Скидка 30 % при оплате до пятницы, прайс по запросу. Звоните, наш менеджер ответит."},
	} {
		got := r.Read(&Message{Subject: c.subject, Text: Text{Content: c.text}, From: Address{Address: "a@sender.example"}, Date: time.Date(2026, 2, 11, 0, 0, 0, 0, time.UTC)})
		if got.Kind != c.kind {
			t.Errorf("%q: got %s (%s), want %s\n%s", c.subject, got.Kind, got.KindReason, c.kind, c.text)
		}
	}
}

func TestTheOriginalThatABounceReturnsIsNotAFollowUp(t *testing.T) {
	r := newTestReader(t)
	m := &Message{
		Subject: "Undelivered Mail", From: Address{Address: "mailer-daemon@mx.example"},
		Signs:       MachineSigns{Delivery: &DeliveryReport{Action: "failed"}},
		Text:        Text{Content: "Your message could not be delivered."},
		Attachments: []Attachment{{ContentType: "message/rfc822", Text: Text{Content: "Subject: [TC-2026-00042] Your request"}}},
	}
	got := r.Read(m)
	if got.Kind != KindBounce || got.Reference != "" {
		t.Errorf("got %s with reference %q, want a bounce without", got.Kind, got.Reference)
	}
}

func FuzzRead(f *testing.F) {
	r := newTestReader(f)
	f.Add("Request", "Dear Sir,\n\nWe ask for an expert in May.\n\nRegards,\nB. Ali\nDirector", "№ 12-3/4 от 5 мая", 20)
	f.Add("Re: [TC-2026-00042]", "From: A <a@b.example>\n\n> quoted", "", 5)
	f.Fuzz(func(t *testing.T, subject, body, attachment string, cut int) {
		m := &Message{Subject: subject, Text: Text{Content: body}, Date: time.Date(2026, 2, 11, 0, 0, 0, 0, time.UTC)}
		if cut > 0 && cut < len(body) {
			m.Text.Sections = []Section{{SectionNew, 0, cut}, {SectionForwardHeader, cut, len(body)}}
		}
		if attachment != "" {
			m.Attachments = []Attachment{{Text: Text{Content: attachment}}}
		}
		reading := r.Read(m)
		if reading.Kind == "" || reading.Language == "" || (reading.Request != nil) != (reading.Kind == KindRequest) {
			t.Fatalf("incomplete reading %+v", reading)
		}
		for _, e := range reading.Evidence {
			text := map[string]string{"subject": subject, "body": body, "attachment:1": attachment}[e.Source]
			if e.Start < 0 || e.End > len(text) || text[e.Start:e.End] != e.Quote {
				t.Fatalf("evidence %+v does not stand in its source", e)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	r := newTestReader(b)
	m := letterMail("Dear colleagues,\n\n" +
		"The Ministry of Transport of the Republic asks UNECE to organise a training of inspectors in Osh from 14 to 18 September 2026, and to review the draft law on road safety. " +
		"In 2024 an expert of your secretariat already visited us, which was of great use.\nPlease let us know by 20 March whether this is possible.\n\n" +
		"Kind regards,\nAida Karimova\nDeputy Minister\nMinistry of Transport\n")
	for b.Loop() {
		r.Read(m)
	}
}
