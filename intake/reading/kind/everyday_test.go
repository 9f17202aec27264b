package kind_test

import (
	"testing"

	"verbale/intake"
	"verbale/intake/reading/readingtest"
)

// Short everyday mails of every kind, without headers that indicate it.
func TestKindOfEverydayMail(t *testing.T) {
	r := readingtest.Reader()
	for _, c := range []struct {
		kind          intake.Kind
		subject, text string
	}{
		{intake.KindOther, "Invitation", "Dear colleagues,\n\nthe Ministry has the honour to invite one of your experts to speak at our conference on roads on 4 May in Aton. The topic is capacity building. Please confirm by 1 April.\n\nG. Sample"},
		{intake.KindOther, "Séminaire", "Madame,\n\nNous avons le plaisir de vous convier au séminaire de clôture du projet, le 4 mai à Aton. Merci de confirmer votre participation.\n\nA. Exemple"},
		{intake.KindOther, "О приглашении", "Уважаемые коллеги!\n\nПросим вас принять участие в семинаре по безопасности дорог 4 мая в Атоне и выступить с докладом.\n\nГ. Примеров"},
		{intake.KindOther, "Nomination", "Dear Sirs,\n\nIn reply to your invitation the Ministry nominates Ms. A. Sample to take part in the training course on trade facilitation in Geneva, 4-6 May.\n\nG. Sample"},
		{intake.KindOther, "О кандидатах", "Уважаемые коллеги!\n\nНаправляем кандидатуры для участия в тренинге по статистике 4-6 мая в Женеве: А. Образцова, О. Примеров.\n\nГ. Примеров"},
		{intake.KindOther, "Visa", "Dear Madam,\n\nkindly send me an invitation letter for the visa: I take part in the workshop of 4 May. My passport number is below.\n\nG. Sample"},
		{intake.KindOther, "Data", "Hello, we need the statistics of forest area by country 1990-2020 for our report. Could you send the dataset or the link?\n\nG. Sample"},
		{intake.KindOther, "données", "Bonjour,\n\nJe cherche les chiffres du transport fluvial 2023. Pourriez-vous m'envoyer le tableau ou le lien ?\n\nA. Exemple"},
		{intake.KindOther, "CV", "Dear Sir,\n\nplease find my CV; I am a consultant with 20 years of experience in capacity building and would like to join your roster of experts.\n\nG. Sample"},
		{intake.KindOther, "Stage", "Madame,\n\nÉtudiante en master de droit, je sollicite un stage de six mois dans votre division. Mon CV est joint.\n\nA. Exemple"},
		{intake.KindOther, "Report", "Dear colleagues,\n\nplease find attached our final report on the workshop and the list of participants, for your information.\n\nG. Sample"},
		{intake.KindOther, "Interview", "Hello,\n\nI am a journalist at the Sample Times and need an expert for an interview about air pollution today.\n\nG. Sample"},
		{intake.KindOther, "Meeting", "Dear all,\n\nthe meeting on the project moves to Tuesday 10:00, same link. Please send the agenda.\n\nG. Sample"},
		{intake.KindOther, "Vœux", "Chers amis,\n\nToute notre équipe vous présente ses meilleurs vœux et se réjouit de la coopération technique de l'an prochain.\n\nA. Exemple"},
		{intake.KindOther, "ToR", "Dear Sirs,\n\nwe are bidding in a tender for a training project and would like to include an expert of UNECE in our consortium. Please send his CV and fee.\n\nG. Sample, Sample Consulting Ltd"},
		{intake.KindOther, "Complaint", "Dear Sirs,\n\nthe factory beside us pollutes the river and nobody answers. We complain to your Committee and demand that you punish them.\n\nG. Sample"},
		{intake.KindSpam, "Training 2026", "Dear Sir,\n\nregister now for our certified course on procurement in Dubai, 4-8 May. Early bird discount 20%. Fee USD 2,900 per participant. Click here. WhatsApp +971 000.\n\nSales team"},
		{intake.KindSpam, "Offre", "Bonjour,\n\nNous fabriquons des panneaux routiers à prix usine. Remise de 15 % jusqu'au 30 juin. Demandez un devis gratuit, notre catalogue est joint.\n\nService commercial"},
		{intake.KindSpam, "Коммерческое предложение", "Здравствуйте!\n\nНаша компания предлагает проведение семинаров и тренингов под ключ, скидка 20%. Оставьте заявку, звоните.\n\nМенеджер"},
		{intake.KindSpam, "Urgent", "Dear friend,\n\nI am the widow of a minister and have 12 million dollars to transfer. I need your assistance and your bank account. Keep it confidential.\n\nMrs. Sample"},
		{intake.KindSpam, "mailbox", "Your mailbox is almost full. Verify your account and confirm your password within 24 hours or it will be suspended. Click here.\n\nIT Helpdesk"},
		{intake.KindBounce, "Undeliverable: Acknowledgement", "Your message to a@sample.example could not be delivered. Recipient address rejected: user unknown."},
		{intake.KindAutoReply, "Accusé", "Votre message a bien été reçu et enregistré sous le numéro 8812. Ceci est un message automatique, merci de ne pas y répondre."},
		{intake.KindAutoReply, "Auto", "Уважаемый отправитель! Ваше обращение зарегистрировано за № 8812 и будет рассмотрено в установленный срок. Письмо сформировано автоматически."},
		{intake.KindAutoReply, "RE: hello", "Hi, thanks for your e-mail. I'm on parental leave until September. Contact ana@sample.example for anything about the workshop."},
		{intake.KindAutoReply, "RE: letter", "I no longer work at the Ministry of Roads. Please write to office@roads.example."},
		{intake.KindRequest, "hello", "hi, our town wants to make a plan for bikes but we have no idea how. could somebody from UNECE come for 2 days and explain? we are 12 people. thanks, Ana, town hall of Sample"},
		{intake.KindRequest, "demande", "Bonjour, notre commune voudrait apprendre à compter ses déchets. Est-ce que quelqu'un de chez vous peut nous former ? Merci, Aya"},
		{intake.KindRequest, "вопрос", "Добрый день! Нам бы консультацию по присоединению к конвенции об авариях и семинар для инспекторов. Куда обратиться и кого можете прислать? О. Примеров, МЧС"},
		{intake.KindOther, "О заседании", "Уважаемые коллеги!\n\nПросим принять участие в заседании рабочей группы 4 мая в Атоне. Повестка прилагается.\n\nГ. Примеров"},
		{intake.KindRequest, "Request", "Many thanks for your kind note. We should now like a course for our surveyors, two days would do."},
		{intake.KindRequest, "вопрос", "не мог бы ваш специалист объяснить землемерам, как вести новый кадастр?"},
		{intake.KindRequest, "joining", "Dear colleagues,\n\nSample wishes to join the regional project on green ports that UNECE runs in the Black Sea. Please tell us what is needed.\n\nG. Sample, Ministry of Transport"},
		{intake.KindRequest, "lettre", "Madame,\n\nLe Ministère examine l'opportunité d'adhérer à la Convention sur l'eau. Un appui du secrétariat pour évaluer notre législation serait précieux, de même qu'un atelier.\n\nA. Exemple"},
	} {
		m := readingtest.Letter(c.text)
		m.Subject, m.From.Address = c.subject, "x@mail.example"
		if got := r.Read(m); got.Kind != c.kind {
			t.Errorf("%s %.60q: got %s (%s), want %s", c.subject, c.text, got.Kind, got.KindReason, c.kind)
		}
	}
}
