package mailtext_test

import (
	"testing"

	"verbale/bot/mailtext"
)

func TestWithdrawalsAreFoundInEnglish(t *testing.T) {
	hears(t, mailtext.CueWithdraw, true, []string{
		"We hereby withdraw our request.",
		"Please consider our request TC-2026-00016 as withdrawn.",
		"Kindly regard our letter No. 12/45 of 3 March as null and void.",
		"Please treat the above request as cancelled.",
		"We no longer need the assistance requested in our letter on dam safety.",
		"The assistance requested is no longer required.",
		"The mission is not needed any more, since the World Bank will provide the expert.",
		"There is no longer any need for the training.",
		"The need for the training has ceased.",
		"The Ministry has decided not to pursue its request.",
		"We have decided not to proceed with the project.",
		"We would ask you to cancel the mission requested for May.",
		"Please cancel our request for training.",
		"We are obliged to withdraw the above application.",
		"Our request of 3 March is withdrawn.",
		"Our request of 3 March is hereby cancelled.",
		"Please disregard our earlier letter.",
		"Kindly do not take any further action on our request.",
		"We wish to recall our letter of 3 March.",
		"Our request has become obsolete.",
		"Please close our request, as the matter has been resolved.",
		"You may close the file: the law was adopted last week.",
	})
}

func TestWithdrawalsAreFoundInFrench(t *testing.T) {
	hears(t, mailtext.CueWithdraw, true, []string{
		"Nous retirons notre demande.",
		"Nous vous prions de considérer notre demande du 3 mars comme retirée.",
		"Veuillez considérer notre lettre n° 1187 comme nulle et non avenue.",
		"Veuillez tenir notre requête pour annulée.",
		"Nous vous prions de bien vouloir annuler la mission demandée.",
		"Le Ministère renonce à sa demande.",
		"Nous renonçons à l’appui sollicité.",
		"Nous avons décidé de ne pas donner suite à ce projet.",
		"Il n’y a plus lieu de donner suite à notre lettre.",
		"L’assistance demandée n’est plus nécessaire.",
		"La formation sollicitée n’est plus requise.",
		"Notre demande n’a plus d’objet.",
		"Notre demande est désormais sans objet.",
		"Notre requête est devenue caduque.",
		"Nous n’avons plus besoin de l’appui sollicité.",
		"Le besoin n’existe plus.",
		"Notre demande du 3 mars est retirée.",
		"Nous sommes contraints de retirer notre demande.",
		"Merci de ne pas tenir compte de notre courrier du 3 mars.",
		"Nous annulons notre demande de formation.",
		"Vous pouvez clore le dossier : la loi a été adoptée.",
		"Nous ne souhaitons plus bénéficier de cette formation.",
	})
}

func TestWithdrawalsAreFoundInRussian(t *testing.T) {
	hears(t, mailtext.CueWithdraw, true, []string{
		"В связи с изменением бюджета просим считать наш запрос № TC-2026-00016 о шахтном метане отозванным.",
		"Просим аннулировать наш запрос.",
		"Министерство отзывает свою просьбу.",
		"Просим считать наше письмо от 3 марта № 12/45 недействительным.",
		"Просим считать ранее направленное обращение утратившим силу.",
		"Просим снять наш запрос с рассмотрения.",
		"Просим оставить наше обращение без рассмотрения.",
		"Снимаем нашу заявку.",
		"Вынуждены отозвать ранее направленный запрос.",
		"Потребность в обучении отпала.",
		"Необходимость в миссии отпала.",
		"В помощи эксперта больше не нуждаемся.",
		"Запрошенная помощь больше не требуется.",
		"Миссия более не нужна.",
		"Наш запрос потерял актуальность.",
		"Запрос более не актуален.",
		"Отказываемся от запрошенной миссии.",
		"Министерство приняло решение отказаться от проведения семинара.",
		"Просим отменить миссию, запланированную на май.",
		"Просим прекратить рассмотрение нашего запроса.",
		"Просим не принимать во внимание наше письмо от 3 марта.",
		"Просим закрыть наш запрос: закон уже принят.",
		"Данное обращение отзывается.",
	})
}

// Letters that ask for something speak of withdrawing and cancelling too.
func TestWhatIsNoWithdrawal(t *testing.T) {
	hears(t, mailtext.CueWithdraw, false, []string{
		"We do not withdraw our request.",
		"Please do not consider our request as withdrawn.",
		"Our request is not withdrawn.",
		"If the request is withdrawn, who pays?",
		"The decree of 2019 was withdrawn by parliament.",
		"The old standard is no longer required by the law, and we ask for advice on a new one.",
		"The law is null and void, and we request help in drafting a new one.",
		"Please consider our request and inform us of your decision.",
		"We need training on water withdrawn from the aquifer.",
		"The seminar was cancelled in 2024; we ask you to hold it now.",
		"Please close the gap in our statistics with us.",
		"Nous ne retirons pas notre demande.",
		"Veuillez ne pas considérer notre demande comme retirée.",
		"Nous vous prions de considérer notre demande avec bienveillance.",
		"La licence retirée en 2019 a été rétablie.",
		"L’ancienne loi est devenue caduque et nous sollicitons un appui pour la nouvelle.",
		"Мы не отзываем запрос.",
		"Просим не считать наш запрос отозванным.",
		"Просим считать наш запрос срочным.",
		"Лицензии, отозванные в 2019 году, были восстановлены.",
		"Старый закон утратил силу, и мы просим помочь с новым.",
		"Просим рассмотреть наш запрос, он не отозван.",
	})
}
