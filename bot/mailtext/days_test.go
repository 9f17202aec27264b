package mailtext_test

import (
	"testing"
	"time"

	"verbale/intake"
)

func inSpring(month time.Month, day int) intake.Date {
	return intake.Date{Year: 2027, Month: month, Day: day}
}

// proposes checks which new dates are found in each text.
func proposes(t *testing.T, first, last intake.Date, texts []string) {
	t.Helper()
	for _, text := range texts {
		from, to, _, heard := ear().Find(text).OtherDays(november)
		if heard == first.IsZero() || from != first || to != last {
			t.Errorf("%q: from %s to %s", text, from, to)
		}
	}
}

func TestChangedDatesAreFoundInEnglish(t *testing.T) {
	proposes(t, inSpring(time.March, 23), inSpring(time.March, 25), []string{
		"The workshop is postponed to 23-25 March 2027.",
		"We propose to move the workshop from 9-11 February to 23-25 March 2027.",
		"Could the mission take place from 23 to 25 March 2027 instead?",
		"Instead, we would suggest 23-25 March 2027.",
		"Would it be possible to hold the seminar on 23-25 March 2027 instead of 9-11 February?",
		"The week of 18 January does not suit us any more. Could the experts come on 23-25 March 2027?",
		"The dates of 9-11 February are no longer convenient; we propose 23-25 March 2027.",
		"The seminar cannot be held on 9-11 February 2027. It could take place on 23-25 March 2027.",
		"The Minister is not available on 9-11 February. We would prefer 23-25 March 2027.",
		"We would like to reschedule the mission, planned for 9-11 February, to 23-25 March 2027.",
		"Please note that the dates have changed: the workshop is now on 23-25 March 2027.",
		"The new dates are 23-25 March 2027.",
		"The dates of the mission have been changed to 23-25 March 2027.",
		"The training has been shifted to 23-25 March 2027.",
		"The event is deferred to 23-25 March 2027.",
		"The workshop will now be held from 23 to 25 March 2027.",
		"The workshop will take place on 23-25 March 2027 rather than on 9-11 February.",
		"We ask you to bring the mission forward to 23-25 March 2027.",
		"We kindly ask for a postponement until 23-25 March 2027.",
		"Could we delay the mission to 23-25 March 2027?",
		"Because of the elections, we have to put the seminar off to 23-25 March 2027.",
		"We would be grateful if the mission could be moved to 23-25 March 2027.",
		"The seminar originally planned for 9-11 February will be held on 23-25 March 2027.",
		"Would 23-25 March 2027 be possible instead of February?",
		"We have to change the dates of the workshop to 23-25 March 2027.",
		"The proposed dates clash with a holiday; we suggest 23-25 March 2027.",
		"The dates are now 23 to 25 March 2027.",
	})
}

func TestChangedDatesAreFoundInFrench(t *testing.T) {
	proposes(t, inSpring(time.March, 23), inSpring(time.March, 25), []string{
		"Nous vous proposons de le reporter du 9-11 février au 23-25 mars 2027.",
		"L’atelier d’Abidjan est reporté au 23-25 mars 2027.",
		"Nous souhaiterions avancer la mission au 23-25 mars 2027.",
		"La mission pourrait-elle plutôt avoir lieu du 23 au 25 mars 2027 ?",
		"Les dates du 9 au 11 février ne nous conviennent plus ; nous proposons du 23 au 25 mars 2027.",
		"L’atelier ne pourra pas se tenir du 9 au 11 février 2027. Il pourrait avoir lieu du 23 au 25 mars 2027.",
		"Le Ministre n’est pas disponible du 9 au 11 février. Nous préférerions du 23 au 25 mars 2027.",
		"Serait-il possible de décaler la formation du 9-11 février au 23-25 mars 2027 ?",
		"Les nouvelles dates sont du 23 au 25 mars 2027.",
		"Les dates ont changé : l’atelier aura lieu du 23 au 25 mars 2027.",
		"La mission est repoussée au 23-25 mars 2027.",
		"La formation est déplacée au 23-25 mars 2027.",
		"La formation est différée au 23-25 mars 2027.",
		"Nous demandons le report de l’atelier au 23-25 mars 2027.",
		"L’atelier se tiendra désormais du 23 au 25 mars 2027.",
		"L’atelier aura lieu du 23 au 25 mars 2027 au lieu du 9 au 11 février.",
		"L’atelier aura lieu du 23 au 25 mars 2027, et non du 9 au 11 février.",
		"Le séminaire est renvoyé au 23-25 mars 2027.",
		"Nous proposons de remettre le séminaire au 23-25 mars 2027.",
		"Il conviendrait de modifier la date de la mission : du 23 au 25 mars 2027.",
		"L’atelier prévu du 9 au 11 février aura finalement lieu du 23 au 25 mars 2027.",
		"Nous suggérons de repousser la visite au 23-25 mars 2027.",
		"La date du 9 février n’est plus possible, nous proposons le 23-25 mars 2027.",
		"Les dates retenues sont finalement du 23 au 25 mars 2027.",
	})
}

func TestChangedDatesAreFoundInRussian(t *testing.T) {
	proposes(t, inSpring(time.March, 23), inSpring(time.March, 25), []string{
		"Просим перенести семинар в Душанбе на 23–25 марта 2027 года.",
		"Просим перенести семинар с 9–11 февраля на 23–25 марта 2027 года.",
		"Семинар переносится с 9–11 февраля на 23–25 марта 2027 года.",
		"Просим провести миссию 23–25 марта 2027 года вместо 9–11 февраля.",
		"Даты 9–11 февраля нам не подходят, предлагаем 23–25 марта 2027 года.",
		"Сроки 9–11 февраля для нас неудобны. Предлагаем провести семинар 23–25 марта 2027 года.",
		"Семинар не может состояться 9–11 февраля 2027 года. Предлагаем провести его 23–25 марта 2027 года.",
		"Министр не сможет принять экспертов 9–11 февраля. Просим рассмотреть 23–25 марта 2027 года.",
		"Новые сроки проведения семинара: 23–25 марта 2027 года.",
		"Сроки изменились: семинар пройдёт 23–25 марта 2027 года.",
		"Сроки миссии изменены на 23–25 марта 2027 года.",
		"Предлагаем сдвинуть миссию на 23–25 марта 2027 года.",
		"Миссия сдвигается на 23–25 марта 2027 года.",
		"Просим отложить семинар до 23–25 марта 2027 года.",
		"Семинар отложен до 23–25 марта 2027 года.",
		"Просим изменить дату проведения семинара на 23–25 марта 2027 года.",
		"Теперь семинар состоится 23–25 марта 2027 года.",
		"Семинар пройдёт 23–25 марта 2027 года, а не 9–11 февраля.",
		"Просим отсрочить миссию до 23–25 марта 2027 года.",
		"Просим о переносе миссии на 23–25 марта 2027 года.",
		"Просим рассмотреть возможность переноса миссии на 23–25 марта 2027 года.",
		"Семинар, запланированный на 9–11 февраля, состоится 23–25 марта 2027 года.",
		"Предлагаем другие сроки: 23–25 марта 2027 года.",
		"В связи с выборами дата меняется на 23–25 марта 2027 года.",
		"Просим поменять даты на 23–25 марта 2027 года.",
	})
}

// "from 9 February to 23 March" looks like a period, but here means a move from one day to
// another.
func TestAMoveFromOneDayToAnother(t *testing.T) {
	proposes(t, inSpring(time.March, 23), inSpring(time.March, 23), []string{
		"The workshop is moved from 9 February to 23 March 2027.",
		"L’atelier est reporté du 9 février au 23 mars 2027.",
		"Семинар переносится с 9 февраля на 23 марта 2027 года.",
	})
	proposes(t, inSpring(time.March, 23), inSpring(time.March, 25), []string{
		"We have to reschedule: please come from 23 to 25 March 2027.",
		"Nous devons reporter la mission : elle aurait lieu du 23 au 25 mars 2027.",
	})
}

// Texts with deadlines, with the dates of other things, or with dates that are only confirmed.
func TestWhatChangesNoDates(t *testing.T) {
	proposes(t, intake.Date{}, intake.Date{}, []string{
		"We expect your reply by 23 March 2027.",
		"The workshop takes place on 23-25 March 2027.",
		"We confirm the dates of 23-25 March 2027.",
		"The workshop of 23 March 2024 was postponed once.",
		"The training now covers dam safety as well.",
		"L’atelier aura lieu du 23 au 25 mars 2027.",
		"La date limite est reportée.",
		"Nos coordonnées ont changé depuis janvier.",
		"Instead of another training, we would prefer one week of an experienced auditor.",
		"Теперь каждый июль мы проводим совещание.",
		"Семинар состоится 23–25 марта 2027 года.",
		"Просим ответить до 23 марта 2027 года.",
	})
}
