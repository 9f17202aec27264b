package kind_test

import (
	"testing"

	"verbale/intake"
	"verbale/intake/reading/readingtest"
)

// Mails whose kind only their words show, since no header indicates it.
func TestKindByWordsAlone(t *testing.T) {
	r := readingtest.Reader()
	for _, c := range []struct {
		kind          intake.Kind
		subject, text string
	}{
		{intake.KindAutoReply, "Re: Draft agenda", "Good day,\n\nI am on vacation until 24 August and will not be reading my mail. For the technical assistance requests please contact my colleague Ms. Sample (room 12).\n\nJ. Sample"},
		{intake.KindAutoReply, "Re: votre lettre", "Bonjour,\n\nJe suis en congé jusqu'au 24 août et ne consulterai pas ma messagerie. Pour les demandes d'assistance technique, merci de contacter ma collègue Mme Exemple.\n\nA. Exemple"},
		{intake.KindAutoReply, "Re: О семинаре", "Здравствуйте!\n\nС 3 по 28 августа нахожусь в очередном отпуске, письма в это время не читаю. По семинарам обращайтесь к моему заместителю О. Примерову.\n\nА. Образцова"},
		{intake.KindAutoReply, "Re: seminar", "Poštovani,\n\nod 1. do 20. avgusta sam na godišnjem odmoru. Nisam u kancelariji i ne čitam poštu.\n\nA. Primer"},
		{intake.KindSpam, "FINAL NOTICE", "Dear partner,\n\nyour company has been shortlisted for capacity building contracts. Kindly remit the refundable deposit of USD 900 within 3 days and send the transfer slip with a scanned passport. Failure to comply will lead to removal."},
		{intake.KindSpam, "Dernier rappel", "Cher partenaire,\n\nvous avez été sélectionné pour un contrat d'expertise de l'ONU. Réglez les frais d'accréditation de 800 euros sous 3 jours et envoyez une copie du passeport ainsi que vos coordonnées bancaires."},
		{intake.KindSpam, "Последнее уведомление", "Уважаемый партнёр!\n\nВы выбраны для участия в программе грантов. Для получения оплатите регистрационный сбор и пришлите копию паспорта и номер карты."},
		{intake.KindOther, "Invoice 12/77", "Dear Sirs,\n\nplease find below our invoice no. 12/77 for the capacity building workshop of 3-4 May: hall 900 EUR, coffee 300 EUR. Amount due within 10 days. Kindly confirm the bank transfer and send the purchase order.\n\nAccounts department"},
		{intake.KindOther, "Remerciements", "Madame,\n\nLa mission de vos experts s'est achevée le 8 mai. Je tiens à vous exprimer ma vive gratitude pour les conseils et la formation donnés à nos cadres.\n\nVeuillez agréer mes salutations.\n\nAya Exemple"},
		{intake.KindOther, "Thank you", "Dear colleagues,\n\nI would like to express our gratitude for the seminar on dams held in May. The advice of your experts helped us a lot; our cooperation was excellent.\n\nKind regards,\nJ. Sample"},
		{intake.KindOther, "Question", "Hello,\n\ncould you tell me where I can find the figures on road accidents for 2024? Is there a table in Excel, and what is the source of the figure for Sample?\n\nRegards,\nJ. Sample"},
		{intake.KindOther, "Вопрос", "Добрый день!\n\nПодскажите, пожалуйста, за какой год последние данные по перевозкам и где они опубликованы? Ссылка не работает.\n\nО. Примеров"},
		{intake.KindRequest, "Обращение", "Уважаемые коллеги!\n\nПовторно обращаемся к вам: на наше письмо № 12-3/45 ответа не поступило. Просим направить эксперта для оценки проекта закона о воде.\n\nС уважением,\nО. Примеров"},
		{intake.KindRequest, "Relance", "Madame,\n\nNotre lettre n° 88/DG du 3 mars est restée sans réponse. Nous vous prions à nouveau de bien vouloir organiser une formation de nos douaniers.\n\nCordialement,\nAya Exemple"},
		{intake.KindRequest, "Solicitud", "Estimados señores:\n\nSolicitamos el envío de un experto que revise nuestro reglamento y un taller de capacitación para los inspectores.\n\nAtentamente,\nAna Ejemplo"},
		{intake.KindRequest, "Молба", "Почитувани,\n\nВе молиме за експертска помош за законот за води и за обука на инспекторите.\n\nСо почит,\nА. Пример"},
		{intake.KindRequest, "Müraciət", "Hörmətli həmkarlar,\n\nSu qanunu layihəsi üzrə ekspert göndərməyinizi və müfəttişlər üçün təlim keçirməyinizi xahiş edirik.\n\nHörmətlə,\nA. Nümunə"},
		{intake.KindRequest, "Кайрылуу", "Урматтуу кесиптештер!\n\nСуу мыйзамынын долбоору боюнча эксперт жөнөтүүнү жана инспекторлор үчүн окутуу семинарын өткөрүүнү суранабыз.\n\nУрматтоо менен,\nА. Мисалов"},
	} {
		m := readingtest.Letter(c.text)
		m.Subject = c.subject
		if got := r.Read(m); got.Kind != c.kind {
			t.Errorf("%q %.50q: got %s (%s), want %s", c.subject, c.text, got.Kind, got.KindReason, c.kind)
		}
	}
}
