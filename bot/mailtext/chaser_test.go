package mailtext_test

import (
	"testing"

	"verbale/bot/mailtext"
)

// asksBack checks that each text is found to be a chaser or to ask for the outcome.
func asksBack(t *testing.T, texts []string) {
	t.Helper()
	for _, text := range texts {
		h := ear().Find(text)
		_, chaser := h.First(mailtext.CueChaser)
		if _, outcome := h.First(mailtext.CueOutcome); !chaser && !outcome {
			t.Errorf("no chaser found in %q", text)
		}
	}
}

// hears checks for each text whether a cue is found in it.
func hears(t *testing.T, id string, want bool, texts []string) {
	t.Helper()
	for _, text := range texts {
		if _, heard := ear().Find(text).First(id); heard != want {
			t.Errorf("%s found %t in %q", id, heard, text)
		}
	}
}

func TestChasersAreFoundInEnglish(t *testing.T) {
	asksBack(t, []string{
		"Is there any news on this matter?",
		"We wrote to you three weeks ago and have received no answer.",
		"May we kindly ask when we can expect one?",
		"To date we have not had a response to the letter of the Ministry.",
		"We are still waiting for your response.",
		"I am writing to follow up on the letter of the Minister dated 3 March.",
		"This is to follow up on my earlier message.",
		"Could you kindly inform us about the status of our request?",
		"Could you let us know where things stand with our request?",
		"We would appreciate an update on our application.",
		"I would be grateful for any update.",
		"Unfortunately, we have had no feedback so far.",
		"The Ministry has not yet received a reply from the secretariat.",
		"Our letter has so far remained unanswered.",
		"Please let us know whether our letter has reached you.",
		"We would like to know whether you have received our letter.",
		"Kindly confirm whether a decision has been taken on our request.",
		"Has there been any progress with our request?",
		"Allow me to remind you of our letter of 3 March.",
		"A reminder of our letter of 3 March: we look forward to your reply.",
		"Please inform us of the outcome of the consideration of our request.",
		"We have been waiting for an answer since March.",
		"It has been a month since we wrote, and nothing has been heard.",
		"We should be grateful to learn what has become of our request.",
		"May I enquire about the status of the application submitted in September?",
		"We have yet to hear from you regarding our letter.",
		"I have not had any response to my e-mail of last week.",
		"Please let us know how our request is progressing.",
		"Has our letter been received?",
		"Did our letter reach you?",
		"The Ministry would like to draw your attention once again to its letter of 3 March, to which no reply has been received.",
		"I am still awaiting your kind response.",
		"We note with regret that our note verbale has gone unanswered.",
		"This is a gentle reminder regarding our request.",
		"Permettez-moi de vous rappeler notre lettre du 3 mars.",
		"Je reviens vers vous au sujet de ma lettre du 3 mars.",
	})
}

func TestChasersAreFoundInFrench(t *testing.T) {
	asksBack(t, []string{
		"Nous n’avons toujours pas reçu de réponse à notre demande.",
		"Où en est le dossier ?",
		"Sauf erreur de notre part, notre courrier n° 1187 du 23 novembre est resté sans suite.",
		"Notre lettre du 3 mars demeure sans réponse.",
		"Nous restons sans nouvelles de votre part.",
		"À ce jour, aucune réponse ne nous est parvenue.",
		"Je me permets de revenir vers vous au sujet de notre demande.",
		"Nous revenons vers vous concernant notre courrier du 3 mars.",
		"Pourriez-vous nous indiquer l’état d’avancement de notre dossier ?",
		"Pouvez-vous nous dire quelle suite a été réservée à notre demande ?",
		"Nous souhaiterions connaître la suite donnée à notre lettre.",
		"Nous vous saurions gré de nous tenir informés de la suite réservée à notre courrier.",
		"Quand pourrions-nous espérer une réponse ?",
		"Quand pouvons-nous compter sur votre réponse ?",
		"Je vous relance au sujet de notre courrier.",
		"Relance : demande d’appui du 3 mars.",
		"Avez-vous pu examiner notre demande ?",
		"Avez-vous bien reçu notre lettre ?",
		"Le Ministère n’a pas encore reçu de réponse.",
		"Votre réponse se fait attendre.",
		"Nous attendons toujours votre réponse.",
		"Notre demande n’a pas encore reçu de suite.",
		"Y a-t-il des avancées concernant notre requête ?",
		"Nous n’avons à ce jour reçu aucun retour de votre part.",
		"Pourriez-vous me faire savoir où en est notre demande ?",
		"Notre courrier vous est-il bien parvenu ?",
		"Nous restons dans l’attente d’une réponse à notre lettre du 3 mars.",
		"Nous n’avons pas eu de retour concernant notre demande.",
		"Le Ministère attend toujours une réponse à sa note verbale.",
		"Qu’en est-il de notre demande ?",
		"Quel est l’état de notre dossier ?",
		"Auriez-vous des nouvelles de notre dossier ?",
	})
}

func TestChasersAreFoundInRussian(t *testing.T) {
	asksBack(t, []string{
		"Однако ответа до настоящего времени не получили.",
		"Просим сообщить о результатах рассмотрения.",
		"До настоящего времени ответ на наше письмо не поступил.",
		"Наше обращение до сих пор остаётся без ответа.",
		"Наше письмо осталось без внимания.",
		"Просим сообщить о статусе рассмотрения нашего запроса.",
		"Просим проинформировать о ходе рассмотрения обращения.",
		"Просим сообщить о принятом решении по нашему запросу.",
		"Каков статус нашего запроса?",
		"Когда мы можем ожидать ответ?",
		"Когда нам ждать ответа?",
		"Позвольте напомнить о нашем письме от 3 марта.",
		"Хотели бы напомнить о нашем обращении.",
		"Направляем повторно, поскольку ответа на первое письмо не последовало.",
		"Мы всё ещё ждём вашего ответа.",
		"Ответа мы так и не получили.",
		"Нам до сих пор не ответили.",
		"Удалось ли рассмотреть наше обращение?",
		"Получили ли вы наше письмо?",
		"Просим ускорить рассмотрение нашего запроса.",
		"На какой стадии находится рассмотрение?",
		"Министерство до сегодняшнего дня не получило ответа.",
		"В продолжение нашего письма просим дать информацию о его рассмотрении.",
		"Просим дать ответ на наше письмо от 3 марта.",
		"Просим ответить на наше письмо.",
		"В настоящее время ответа не имеем.",
		"Ответ на данное письмо до настоящего времени не получен.",
		"Дошло ли до вас наше письмо?",
		"Как обстоят дела с нашим запросом?",
		"Просим уточнить, на какой стадии рассмотрение нашей заявки.",
		"Что с нашим запросом?",
		"Мы обращались к вам в августе, но ответа пока нет.",
		"Обращаемся к вам вторично по вопросу обучения.",
		"Напоминаем вам о нашем письме.",
	})
}

// Requests also contain words such as "reply", "news" and "reminder".
func TestWhatIsNoChaser(t *testing.T) {
	hears(t, mailtext.CueChaser, false, []string{
		"We look forward to your reply.",
		"We would appreciate your reply by 15 January 2027.",
		"We kindly request the support of an expert in updating the law.",
		"The status of women in agriculture is the subject of the training.",
		"We have not received any assistance in this field before.",
		"The seminar is a follow-up to the workshop of 2025.",
		"Please confirm whether the secretariat can take part.",
		"For the venue nothing is needed from you.",
		"Sans nouvelles de vous vendredi, nous conclurons à un accord.",
		"Никто не ответил мне на этот вопрос на конференции.",
		"Dans l’attente de votre réponse, nous vous prions d’agréer l’expression de notre considération.",
		"Nous sollicitons une formation sur le suivi de la qualité de l’eau.",
		"Nous n’avons pas encore reçu de formation dans ce domaine.",
		"L’état d’avancement de la réforme est décrit en annexe.",
		"Ожидаем вашего ответа и заранее благодарим.",
		"Просим рассмотреть возможность направления эксперта.",
		"Просим сообщить о возможности участия эксперта.",
		"В ответ на ваше письмо направляем программу.",
		"Специалисты ранее не получали такой подготовки.",
	})
}
