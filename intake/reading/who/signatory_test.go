package who_test

import (
	"testing"

	"verbale/intake"
	"verbale/intake/reading/readingtest"
)

// The signatory, the address for the answer and the dates, as officials of the region write
// them in their languages. The mails are of 11 February 2026.
func TestWhoSignsAndWhen(t *testing.T) {
	type w struct{ name, title, email, start, end, reply string }
	for _, c := range []struct {
		text string
		want w
	}{
		{"Dear Sirs,\n\nWe request an expert mission to our ports. Reply to j.port@ports.example.\n\nSincerely,\n\nMr. Célestin Kab wa Mba\nDeputy Director\nPorts Authority", w{"Célestin Kab wa Mba", "Deputy Director", "j.port@ports.example", "", "", ""}},
		{"MINISTÈRE DE L'EAU\n\nLa Directrice générale\nà\nMonsieur le Secrétaire exécutif de la CEE-ONU\n\nMonsieur le Secrétaire exécutif,\n\nNous sollicitons une mission d'experts à Lomé du 3 au 7 novembre 2026. Répondez à aya@eau.example, au plus tard le 20 mai.\n\nVeuillez agréer, Monsieur le Secrétaire exécutif, l'assurance de ma considération distinguée.\n\nAya EXEMPLE", w{"Aya EXEMPLE", "Directrice générale", "aya@eau.example", "2026-11-03", "2026-11-07", "2026-05-20"}},
		{"Dear Sirs,\n\nWe request an expert mission in May 2026.\n\nSincerely Yours\nSAMPLE Anna\nHead of Roads", w{"SAMPLE Anna", "Head of Roads", "office@ministry.example", "2026-05-01", "2026-05-31", ""}},
		{"Madame,\n\nNous sollicitons une mission d'experts en mai 2026.\n\nAnne Exemple | Directrice des routes | République de Guinée", w{"Anne Exemple", "Directrice des routes", "office@ministry.example", "2026-05-01", "2026-05-31", ""}},
		{"Bonsoir,\n\nNous sollicitons une formation de nos agents en juin, du 8 au 12.\n\nPour accord : Salif Exemple, Directeur général", w{"Salif Exemple", "Directeur général", "office@ministry.example", "2026-06-08", "2026-06-12", ""}},
		{"Уважаемые коллеги!\n\nПросим провести семинар в начале октября, с 5 по 9, в Гафуре. О решении просим сообщить до 20 марта 2026 года на dept@les.example.\n\nПредседатель Комитета          Первый заместитель Министра\nР. Образцов                    О. Примеров", w{"Р. Образцов", "Председатель Комитета", "dept@les.example", "2026-10-05", "2026-10-09", "2026-03-20"}},
		{"Dear colleagues,\n\nWe ask for two workshops: on 3-4 June 2026 in Aton and on 10-11 June 2026 in Bellow.\n\nRegards,\nA. Sample\nDirector of Roads", w{"A. Sample", "Director of Roads", "office@ministry.example", "2026-06-03", "2026-06-11", ""}},
		{"Dear colleagues,\n\nWe ask UNECE to implement with us a joint project of two years on forests. It should start on 1 October 2026.\n\nRegards,\nA. Sample\nDirector of Roads", w{"A. Sample", "Director of Roads", "office@ministry.example", "2026-10-01", "2028-09-30", ""}},
		{"Poštovani,\n\nMolimo vas da održite obuku za inspektore u Novom, 15. i 16. oktobra 2026. Odgovor očekujemo do 20. juna.\n\nS poštovanjem,\nJelena Primer\npomoćnica ministra", w{"Jelena Primer", "pomoćnica ministra", "office@ministry.example", "2026-10-15", "2026-10-16", "2026-06-20"}},
		{"Құрметті әріптестер!\n\nСіздерден 2026 жылғы 7-9 қыркүйекте оқыту семинарын өткізуді сұраймыз. Жауапты 2026 жылғы 30 сәуірге дейін жіберулеріңізді сұраймыз.\n\nДепартамент директоры          Б. Мысалов", w{"Б. Мысалов", "Департамент директоры", "office@ministry.example", "2026-09-07", "2026-09-09", "2026-04-30"}},
		{"Estimados señores:\n\nSolicitamos un taller del 5 al 9 de octubre de 2026. Agradeceremos su respuesta antes del 31 de agosto.\n\nAtentamente,\nIng. Hugo Ejemplo\nViceministro de Transporte", w{"Hugo Ejemplo", "Viceministro de Transporte", "office@ministry.example", "2026-10-05", "2026-10-09", "2026-08-31"}},
		{"Hörmətli həmkarlar,\n\nMüfəttişlər üçün 5-7 may 2026-cı il tarixlərində təlim keçirməyinizi xahiş edirik. Cavabı 20 aprelə qədər gözləyirik.\n\nHörmətlə,\nAnar Nümunə\nŞöbə müdiri", w{"Anar Nümunə", "Şöbə müdiri", "office@ministry.example", "2026-05-05", "2026-05-07", "2026-04-20"}},
		{"Sayın yetkili,\n\nMüfettişlerimiz için 5-7 Mayıs 2026 tarihlerinde eğitim düzenlemenizi rica ederiz. Cevabınızı 20 Nisan'a kadar bekliyoruz.\n\nSaygılarımızla,\nDeniz Örnek\nDaire Başkanı", w{"Deniz Örnek", "Daire Başkanı", "office@ministry.example", "2026-05-05", "2026-05-07", "2026-04-20"}},
		{"Stimați colegi,\n\nVă rugăm să organizați un curs de instruire pentru inspectori în perioada 5-7 mai 2026. Așteptăm răspunsul până la 20 aprilie.\n\nCu respect,\nIon Exemplu\nDirector adjunct", w{"Ion Exemplu", "Director adjunct", "office@ministry.example", "2026-05-05", "2026-05-07", "2026-04-20"}},
		{"Почитувани,\n\nВе молиме за обука на инспекторите од 5 до 7 мај 2026. Одговор очекуваме до 20 април.\n\nСо почит,\nАна Пример\nРаководител на одделение", w{"Ана Пример", "Раководител на одделение", "office@ministry.example", "2026-05-05", "2026-05-07", "2026-04-20"}},
		{"Dear colleagues,\n\nWe need training of our foresters, three days in the second half of May. Please let us know within two weeks.\n\nBest,\nAna Sample, PhD\nSenior Adviser to the Minister\nMinistry of Forests\nm: +355 22 33 44\nana.sample@forests.example", w{"Ana Sample", "Senior Adviser to the Minister", "ana.sample@forests.example", "2026-05-16", "2026-05-31", "2026-02-25"}},
		{"Уважаемые коллеги!\n\nПросим обучить 12 специалистов. Ориентировочно – III квартал 2026 г.\n\nС уважением,\nГ.Т. Примерова", w{"Г.Т. Примерова", "", "office@ministry.example", "2026-07-01", "2026-09-30", ""}},
		{"Уважаемые коллеги!\n\nПросим обучить 12 специалистов ориентировочно в III квартале 2026 г.\n\nС уважением,\nГ.Т. Примерова", w{"Г.Т. Примерова", "", "office@ministry.example", "2026-07-01", "2026-09-30", ""}},
		{"Уважаемые коллеги!\n\nПросим обучить 12 специалистов. Сроки: май-июнь 2026 года.\n\nС уважением,\nГ.Т. Примерова", w{"Г.Т. Примерова", "", "office@ministry.example", "2026-05-01", "2026-06-30", ""}},
		{"Dear all,\n\nPlease send us an expert. Timing: Q3 2026. Deadline for your reply: 15 April 2026.\n\nG. Sample", w{"G. Sample", "", "office@ministry.example", "2026-07-01", "2026-09-30", "2026-04-15"}},
		{"Dear all,\n\nThe Parliament will discuss the law on 20 June 2026. We therefore kindly request legal advice, with a mission to Aton in the first half of May, and hope to hear from you by the end of March.\n\nG. Sample", w{"G. Sample", "", "office@ministry.example", "2026-05-01", "2026-05-15", "2026-03-31"}},
		{"Madame,\n\nNous sollicitons une formation de nos douaniers à Aton, courant septembre 2026 (une semaine). Votre accord nous est nécessaire avant le 15 avril.\n\nA. Exemple", w{"A. Exemple", "", "office@ministry.example", "2026-09-01", "2026-09-30", "2026-04-15"}},
		{"Madame,\n\nNous sollicitons une mission d'experts à Aton, de préférence entre le 10 et le 20 mai. Dans l'attente de votre réponse d'ici fin mars,\n\nA. Exemple", w{"A. Exemple", "", "office@ministry.example", "2026-05-10", "2026-05-20", "2026-03-31"}},
		{"Dear all,\n\nWe request a study tour for 6 officials. Dates: 12.10.2026 - 16.10.2026. Kindly confirm by 01/09/2026.\n\nG. Sample", w{"G. Sample", "", "office@ministry.example", "2026-10-12", "2026-10-16", "2026-09-01"}},
		{"Уважаемые коллеги!\n\nПросим провести тренинг в г. Атон 12 и 13 мая т.г. Ответ ждём в течение 10 рабочих дней.\n\nГ.Т. Примерова", w{"Г.Т. Примерова", "", "office@ministry.example", "2026-05-12", "2026-05-13", "2026-02-25"}},
		{"Bonjour,\n\nNous sollicitons une formation de nos agents en juin 2026.\n\nAnne Exemple\nDoyenne de la faculté des sciences\nUniversité d'Aton", w{"Anne Exemple", "Doyenne de la faculté des sciences", "office@ministry.example", "2026-06-01", "2026-06-30", ""}},
		{"Здравствуйте!\n\nПросим направить специалиста по топливу в мае 2026 года.\n\nИлья Примеров\nпримар\nПримэрия Атона", w{"Илья Примеров", "примар", "office@ministry.example", "2026-05-01", "2026-05-31", ""}},
		{"Dear all,\n\nThe ministry asks UNECE for an 18-month project, starting in January 2027, on waste.\n\nG. Sample\nHead, International Relations", w{"G. Sample", "Head, International Relations", "office@ministry.example", "2027-01-01", "2028-06-30", ""}},
	} {
		q := readingtest.Request(t, readingtest.Letter(c.text)).Request
		got := w{q.Requester.Name, q.Requester.Title, q.Requester.Email, day(q.ProposedStart), day(q.ProposedEnd), day(q.ReplyBy)}
		if got != c.want {
			t.Errorf("%.50q\n got  %+v\n want %+v", c.text, got, c.want)
		}
	}
}

func day(d intake.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}
