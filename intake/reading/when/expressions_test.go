package when_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"verbale/intake/reading/readingtest"
)

// Letters in which one sentence, inserted in place of the @ mark, says by when an answer is
// wanted or when the activity is to take place.
const (
	english = `Dear Madam,

The Ministry of Transport of Ruritania kindly requests UNECE to send an expert mission on the accession to the ADR and to train forty inspectors. @

Yours sincerely,

Anna Example
Deputy Minister`
	french = `Madame la Secrétaire exécutive,

Le Ministère des transports de Ruritanie sollicite l'envoi d'une mission d'experts sur l'adhésion à l'ADR et la formation de quarante inspecteurs. @

Veuillez agréer, Madame la Secrétaire exécutive, l'assurance de ma haute considération.

Anne Exemple
Secrétaire générale`
	russian = `Уважаемая госпожа Исполнительный секретарь!

Министерство транспорта Руритании просит направить миссию экспертов по вопросам присоединения к ДОПОГ и обучить сорок инспекторов. @

С уважением,

Заместитель министра          А. Б. Примеров`
)

// An expression is one sentence of a letter, and the dates read from it.
type expression struct{ letter, says, replyBy, start, end string }

// expressions are sentences of officials, in mails of Tuesday, 10 March 2026.
var expressions = []expression{
	// deadlines for the answer and for other things
	{english, "Your reply within three weeks of receipt of this letter would be appreciated.", "2026-03-31", "", ""},
	{english, "We would be grateful for an answer within one month.", "2026-04-10", "", ""},
	{english, "Please let us have your position within a month.", "2026-04-10", "", ""},
	{english, "A reply within a fortnight would be most welcome.", "2026-03-24", "", ""},
	{english, "Kindly revert to us by close of business on Friday 20 March.", "2026-03-20", "", ""},
	{english, "An indication of your availability by 31 March would help us greatly.", "2026-03-31", "", ""},
	{english, "We should be glad to hear from you not later than the 25th of this month.", "2026-03-25", "", ""},
	{english, "We would need your response by mid-April.", "2026-04-15", "", ""},
	{english, "May we ask for your feedback before the end of the month.", "2026-03-31", "", ""},
	{english, "Please confirm by the end of next week at the latest.", "2026-03-20", "", ""},
	{english, "The Steering Group meets on 14 April; we would like to have your view by then.", "2026-04-14", "", ""},
	{english, "Our board sits on 22 April and it would be good to have your answer before that date.", "2026-04-22", "", ""},
	{english, "An answer until 2 April would be nice.", "2026-04-02", "", ""},
	{english, "We look forward to your reply no later than ten days from today.", "2026-03-20", "", ""},
	{english, "Deadline for your answer: 27.03.2026.", "2026-03-27", "", ""},
	{english, "Reply requested by: 27 March 2026", "2026-03-27", "", ""},
	{english, "Could you come back to us before Easter, i.e. by 3 April?", "2026-04-03", "", ""},
	{english, "We count on your reply in the course of this week.", "2026-03-13", "", ""},
	{english, "The Ministry would appreciate receiving the views of the secretariat on this proposal by 15 April 2026.", "2026-04-15", "", ""},
	{english, "Comments on the draft are expected by 30 April 2026.", "2026-04-30", "", ""},
	{english, "Please send your comments before May.", "2026-04-30", "", ""},
	{english, "Your early reply, and in any event before 1 April 2026, would be highly appreciated.", "2026-04-01", "", ""},
	{english, "We kindly ask to be informed of your decision within 20 working days.", "2026-04-07", "", ""},
	{english, "A decision is needed this month.", "2026-03-31", "", ""},
	{english, "Please acknowledge within 5 days.", "2026-03-15", "", ""},
	{english, "We must report to the Vice Minister on 18 March, so please reply before that.", "2026-03-18", "", ""},
	{english, "Thank you for replying by return, and by 16 March at the very latest.", "2026-03-16", "", ""},
	{english, "The draft will be tabled in Parliament by 30 June 2026.", "", "", ""},
	{english, "The law has to be adopted before 1 July 2026.", "", "", ""},
	{english, "We would like to have it ready ahead of the Conference of the Parties on 3 June 2026.", "", "", ""},
	{english, "Our project with the Bank ends on 31 May 2026.", "", "", ""},
	{french, "Je vous saurais gré de bien vouloir me faire tenir votre réponse sous quinzaine.", "2026-03-25", "", ""},
	{french, "Une réponse sous huitaine nous obligerait.", "2026-03-18", "", ""},
	{french, "Nous souhaiterions connaître votre position dans un délai de trois semaines.", "2026-03-31", "", ""},
	{french, "Votre réponse est attendue pour le 27 mars 2026.", "2026-03-27", "", ""},
	{french, "Nous vous serions reconnaissants de nous faire parvenir vos observations, si possible pour le 15 avril 2026.", "2026-04-15", "", ""},
	{french, "Merci de nous fixer avant la fin du mois.", "2026-03-31", "", ""},
	{french, "Nous vous saurions gré de nous indiquer, dans la mesure du possible avant le 10 avril 2026, si vous pouvez donner suite à cette demande.", "2026-04-10", "", ""},
	{french, "Dans l'attente d'une suite favorable avant le 1er avril, nous restons à votre disposition.", "2026-04-01", "", ""},
	{french, "Le conseil d'administration se réunit le 14 avril ; il serait bon d'avoir votre réponse d'ici là.", "2026-04-14", "", ""},
	{french, "Prière de répondre au plus tard le vendredi 27 mars.", "2026-03-27", "", ""},
	{french, "Votre accord de principe nous est nécessaire d'ici fin mars.", "2026-03-31", "", ""},
	{french, "Une réponse dans les meilleurs délais, et en tout état de cause avant le 20 mars, serait appréciée.", "2026-03-20", "", ""},
	{french, "Veuillez nous répondre dans les dix jours.", "2026-03-20", "", ""},
	{french, "Réponse souhaitée : 27/03/2026", "2026-03-27", "", ""},
	{french, "Nous vous prions de nous notifier votre décision sous un mois à compter de la réception de la présente.", "2026-04-10", "", ""},
	{french, "La loi entrera en vigueur le 1er juillet 2026.", "", "", ""},
	{french, "Votre retour nous est indispensable avant la mi-avril.", "2026-04-15", "", ""},
	{french, "Nous vous remercions de bien vouloir nous répondre avant les vacances d'été.", "", "", ""},
	{russian, "Ответ просим направить в месячный срок.", "2026-04-10", "", ""},
	{russian, "Просим сообщить о принятом решении в двухнедельный срок.", "2026-03-24", "", ""},
	{russian, "Просим дать ответ в недельный срок.", "2026-03-17", "", ""},
	{russian, "О результатах рассмотрения просим проинформировать в десятидневный срок.", "2026-03-20", "", ""},
	{russian, "Просим ответить в течение 15 календарных дней с даты получения настоящего письма.", "2026-03-25", "", ""},
	{russian, "Будем признательны за ответ до конца месяца.", "2026-03-31", "", ""},
	{russian, "Ждём вашего ответа до 25 числа.", "2026-03-25", "", ""},
	{russian, "Ответ желательно получить не позже 27.03.2026 г.", "2026-03-27", "", ""},
	{russian, "Просим сообщить позицию ЕЭК ООН к 1 апреля т.г.", "2026-04-01", "", ""},
	{russian, "Срок представления ответа – до 27 марта 2026 года.", "2026-03-27", "", ""},
	{russian, "Хотелось бы получить ваш отзыв до середины апреля.", "2026-04-15", "", ""},
	{russian, "Просим подтвердить согласие в срок до 20 марта с.г.", "2026-03-20", "", ""},
	{russian, "Коллегия министерства состоится 14 апреля, поэтому ответ нужен до этой даты.", "2026-04-14", "", ""},
	{russian, "Просим рассмотреть обращение и дать ответ в 30-дневный срок.", "2026-04-09", "", ""},
	{russian, "Были бы благодарны за замечания к проекту до 30 апреля 2026 года.", "2026-04-30", "", ""},
	{russian, "Просим ответить на этой неделе.", "2026-03-13", "", ""},
	{russian, "Надеемся на ответ в ближайшие две недели.", "2026-03-24", "", ""},
	{russian, "Ответ просим дать не позднее чем через три недели.", "2026-03-31", "", ""},
	{russian, "Законопроект вносится в парламент до 30 июня 2026 года.", "", "", ""},
	{russian, "Стратегия должна быть утверждена к 1 июля 2026 года.", "", "", ""},
	{russian, "Заключение хотелось бы получить не позднее 1 апреля 2026 года.", "2026-04-01", "", ""},
	{russian, "Просьба определиться до пятницы.", "2026-03-13", "", ""},
	// dates of the activity and of its completion
	{english, "The mission could take place in the week of 18 May 2026.", "", "2026-05-18", "2026-05-22"},
	{english, "We propose the second half of May 2026.", "", "2026-05-16", "2026-05-31"},
	{english, "The most suitable dates would be 12 to 14 May or 19 to 21 May 2026.", "", "2026-05-12", "2026-05-21"},
	{english, "Ideally the training is held between mid-September and mid-October 2026.", "", "2026-09-15", "2026-10-15"},
	{english, "We would like to start in September 2026 and finish by the end of March 2027.", "", "2026-09-01", "2027-03-31"},
	{english, "The project would run from 1 July 2026 for a period of eighteen months.", "", "2026-07-01", "2027-12-31"},
	{english, "The activity is planned for the third quarter of 2026.", "", "2026-07-01", "2026-09-30"},
	{english, "It should be completed before the end of 2026.", "", "", "2026-12-31"},
	{english, "The workshop should be held not later than 30 September 2026.", "", "", "2026-09-30"},
	{english, "The training must be finished by June.", "", "", "2026-06-30"},
	{english, "We can receive the experts any time in June, except 8-12.", "", "2026-06-01", "2026-06-30"},
	{english, "The two-day seminar, tentatively 6-7 May, would take place in Strelsau.", "", "2026-05-06", "2026-05-07"},
	{english, "Preferred period: October – November 2026.", "", "2026-10-01", "2026-11-30"},
	{english, "Proposed dates: 05/10/2026 to 09/10/2026.", "", "2026-10-05", "2026-10-09"},
	{english, "The course could be given on Tuesday 9 June 2026.", "", "2026-06-09", "2026-06-09"},
	{english, "We would welcome the mission in the first half of 2027.", "", "2027-01-01", "2027-06-30"},
	{english, "We hope it can be organised over the summer.", "", "2026-06-01", "2026-08-31"},
	{english, "It is foreseen as from 1 September 2026 with an initial duration of 24 months.", "", "2026-09-01", "2028-08-31"},
	{english, "Timing: last week of May or 1-2 June 2026.", "", "2026-05-25", "2026-06-02"},
	{english, "The mission would be most useful in early autumn, say the second week of September.", "", "2026-09-08", "2026-09-14"},
	{english, "We would be ready as of October 2026.", "", "2026-10-01", ""},
	{english, "The visit could be combined with the forum in Strelsau on 14-15 May 2026.", "", "2026-05-14", "2026-05-15"},
	{french, "La mission pourrait se dérouler entre le 8 et le 19 juin 2026.", "", "2026-06-08", "2026-06-19"},
	{french, "Nous suggérons la semaine du 14 au 18 septembre 2026.", "", "2026-09-14", "2026-09-18"},
	{french, "La formation se tiendrait au dernier trimestre 2026.", "", "2026-10-01", "2026-12-31"},
	{french, "Le projet démarrerait en septembre 2026 pour une durée de deux ans.", "", "2026-09-01", "2028-08-31"},
	{french, "La mission est souhaitée courant mai 2026.", "", "2026-05-01", "2026-05-31"},
	{french, "La première quinzaine de juin nous conviendrait.", "", "2026-06-01", "2026-06-15"},
	{french, "L'atelier devrait se tenir avant la fin de l'année 2026.", "", "", "2026-12-31"},
	{french, "Les travaux s'échelonneraient d'octobre 2026 à mars 2027.", "", "2026-10-01", "2027-03-31"},
	{french, "Période envisagée : fin septembre - début octobre 2026.", "", "2026-09-21", "2026-10-10"},
	{french, "Nous pourrions accueillir les experts dès la rentrée de septembre 2026.", "", "2026-09-01", ""},
	{french, "La formation est prévue les 6, 7 et 8 octobre 2026.", "", "2026-10-06", "2026-10-08"},
	{french, "La visite aurait lieu un jour à votre convenance en juin.", "", "2026-06-01", "2026-06-30"},
	{french, "La mission pourrait intervenir au cours du deuxième semestre 2026.", "", "2026-07-01", "2026-12-31"},
	{french, "Les activités couvriraient la période 2027-2028.", "", "2027-01-01", "2028-12-31"},
	{russian, "Миссию предлагаем провести в третьей декаде мая 2026 года.", "", "2026-05-21", "2026-05-31"},
	{russian, "Удобные для нас даты: 18–22 мая.", "", "2026-05-18", "2026-05-22"},
	{russian, "Обучение планируется провести в IV квартале 2026 года.", "", "2026-10-01", "2026-12-31"},
	{russian, "Миссия возможна во второй половине мая – начале июня 2026 года.", "", "2026-05-16", "2026-06-10"},
	{russian, "Проект рассчитан на два года, начало – 1 июля 2026 года.", "", "2026-07-01", "2028-06-30"},
	{russian, "Семинар хотели бы провести до конца ноября.", "", "", "2026-11-30"},
	{russian, "Работы необходимо завершить к 1 декабря 2026 года.", "", "", "2026-12-01"},
	{russian, "Сроки: май-июнь 2026 г.", "", "2026-05-01", "2026-06-30"},
	{russian, "Просили бы принять группу осенью этого года.", "", "2026-09-01", "2026-11-30"},
	{russian, "Ориентировочные сроки проведения – с 12 по 14 октября с.г.", "", "2026-10-12", "2026-10-14"},
	{russian, "Тренинг желателен в первой неделе июня.", "", "2026-06-01", "2026-06-07"},
	{russian, "Мероприятие предлагается провести в первом полугодии 2027 г.", "", "2027-01-01", "2027-06-30"},
	{russian, "Период реализации – с сентября 2026 по декабрь 2027 года.", "", "2026-09-01", "2027-12-31"},
	{russian, "Визит экспертов предпочтительно организовать после 15 сентября 2026 года.", "", "2026-09-15", ""},
	{russian, "Приезд экспертов просим запланировать на 2-ю половину сентября.", "", "2026-09-16", "2026-09-30"},
	{russian, "Готовы принять экспертов в любое время в июне.", "", "2026-06-01", "2026-06-30"},
	{russian, "Обучение в два этапа: 14–16 апреля и 9–11 июня 2026 года.", "", "2026-04-14", "2026-06-11"},
}

func TestExpressionsOfTime(t *testing.T) {
	for _, c := range slices.Concat(expressions, everyday, exact, happening) {
		m := readingtest.Letter(strings.Replace(c.letter, "@", c.says, 1))
		m.Date = time.Date(2026, time.March, 10, 9, 0, 0, 0, time.UTC)
		q := readingtest.Request(t, m).Request
		got := [3]string{q.ReplyBy.String(), q.ProposedStart.String(), q.ProposedEnd.String()}
		if want := [3]string{c.replyBy, c.start, c.end}; got != want {
			t.Errorf("%s: got %q, want %q", c.says, got, want)
		}
	}
}
