package registry_test

import (
	"slices"
	"testing"

	"verbale/bot"
	"verbale/intake"
)

// Typical mails of a ministry in several languages, with the real reader.
func TestMinistryWritesAgain(t *testing.T) {
	letters := map[string]struct{ first, chaser, addition, absence, withdrawal string }{
		"en": {
			"Ministry of Water Resources\nNo. 07-14/882\n3 March 2026\n\nDear colleagues,\n\nThe Ministry of Water Resources of Kyrgyzstan requests an expert mission to review the draft water law.\n\nA. Sample\nDeputy Minister",
			"Dear colleagues,\n\nOur letter No. 07-14/882 of 3 March 2026 has remained without a reply. Is there any news?\n\nA. Sample",
			"Dear colleagues,\n\nIn addition we request a training course on road safety for our inspectors.\n\nA. Sample",
			"I am on annual leave until 14 December 2026 and will not be reading my mail.",
			"Dear colleagues,\n\nthe Ministry would like to withdraw its request, since the law has been adopted.\n\nA. Sample",
		},
		"fr": {
			"Ministère des ressources en eau\nN° 07-14/882\n3 mars 2026\n\nMadame, Monsieur,\n\nLe Ministère des ressources en eau du Kirghizistan sollicite l’envoi d’un expert pour examiner le projet de loi sur l’eau.\n\nA. Exemple\nVice-Ministre",
			"Madame, Monsieur,\n\nNotre lettre n° 07-14/882 du 3 mars 2026 est restée sans réponse. Pourriez-vous nous dire où en est notre demande ?\n\nA. Exemple",
			"Madame, Monsieur,\n\nNous sollicitons en outre une formation sur la sécurité routière pour nos inspecteurs.\n\nA. Exemple",
			"Je suis en congé jusqu’au 14 décembre 2026 et ne consulterai pas ma messagerie.",
			"Madame, Monsieur,\n\nle Ministère souhaite retirer sa demande, la loi ayant été adoptée.\n\nA. Exemple",
		},
		"ru": {
			"Министерство водных ресурсов\n№ 07-14/882\n3 марта 2026 г.\n\nУважаемые коллеги!\n\nМинистерство водных ресурсов Кыргызстана просит направить эксперта для рассмотрения проекта закона о воде.\n\nА. Примеров\nзаместитель Министра",
			"Уважаемые коллеги!\n\nНа наше письмо исх. № 07-14/882 от 3 марта 2026 года ответа не поступило. Просим сообщить, есть ли новости.\n\nА. Примеров",
			"Уважаемые коллеги!\n\nПросим также провести обучающий семинар по безопасности дорожного движения для наших инспекторов.\n\nА. Примеров",
			"Нахожусь в ежегодном отпуске до 14 декабря 2026 года, почту не читаю.",
			"Уважаемые коллеги!\n\nМинистерство просит отозвать свой запрос в связи с принятием закона.\n\nА. Примеров",
		},
	}
	for lang, mails := range letters {
		o := realOffice(t)
		o.hears(letter("a@water.gov.kg", saying(mails.first), func(m *intake.Message) { m.Subject = "" }))
		if r := o.record(first).Request; r == nil || r.OfficialRef != "07-14/882" {
			t.Fatalf("%s: read as %+v", lang, r)
		}
		plain := func(m *intake.Message) { m.Subject = "" }
		thread := inReplyTo(o.action(ackFirst).Mail.MessageID)
		for _, step := range []struct {
			mail *intake.Message
			what string
		}{
			{letter("b@water.gov.kg", saying(mails.chaser), plain), "chaser"},
			{letter("c@water.gov.kg", saying(mails.addition), plain, thread), "new_ask"},
			{letter("d@water.gov.kg", saying(mails.absence), plain, thread), "away"},
			{letter("e@water.gov.kg", saying(mails.withdrawal), plain, thread), "withdraws"},
		} {
			done := o.hears(step.mail)
			if done.Outcome != bot.ArrivalJoined || done.Reference != first || !slices.Contains(o.happened(first), step.what) {
				t.Errorf("%s: %s: %s %q, %v", lang, step.what, done.Outcome, done.Reference, o.happened(first))
			}
		}
		if rec := o.record(first); !rec.Status.Open() || len(o.store.Records) != 1 {
			t.Errorf("%s: %s, %d records", lang, rec.Status, len(o.store.Records))
		}
	}
}
