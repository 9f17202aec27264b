package what_test

import (
	"testing"

	"verbale/intake/reading/readingtest"
)

func TestWhichHelpIsAskedFor(t *testing.T) {
	for _, c := range []struct {
		name, body, services string
	}{
		{"advice", "We kindly request an advisory mission on our draft law on forests.", "advisory"},
		{"advice in Russian", "Просим направить эксперта для экспертизы проекта закона о статистике.", "advisory"},
		{"training", "We kindly request a training course on road safety audits for 20 officers.", "capacity_building"},
		{"training in French", "Nous sollicitons l'organisation d'un atelier de formation sur le guichet unique pour trente agents.", "capacity_building"},
		{"a project", "We invite UNECE to implement with us a technical cooperation project of two years on energy efficiency, and ask you to join it.", "project"},
		{"help to formulate a project is advice", "We would be grateful for the help of your adviser in preparing a project proposal and concept note on energy efficiency.", "advisory"},
		{"two items of a list", "The Ministry asks UNECE:\n- to review the draft rules on inland navigation;\n- to train 15 skippers and inspectors.", "advisory capacity_building"},
		{"two lettered items in French", "Nous vous prions de bien vouloir :\na) examiner le projet de loi sur le logement ;\nb) organiser un séminaire pour les maires.", "advisory capacity_building"},
		{"two wishes in one sentence", "The Agency asks from UNECE (1) an independent opinion of two experts on our draft methodology, (2) a training of three days for our methodologists.", "advisory capacity_building"},
		{"what was done before is not asked", "Last year you held a seminar here, for which we thank you. We now request the legal advice of an expert on the draft by-law on forests.", "advisory"},
		{"what is refused is not asked", "We request the written advice of an expert on our housing strategy. We do not ask for training.", "advisory"},
		{"training that is no part of it", "We request the written advice of an expert on our housing strategy. Training is not part of this request.", "advisory"},
		{"not solicited, in French", "Nous sollicitons un avis d'expert sur notre projet de loi. Non sollicité : la formation des agents.", "advisory"},
		{"no subject of the letter, in Russian", "Просим дать письменное заключение по проекту закона. Обучение перевозчиков предметом настоящего обращения не является.", "advisory"},
		{"refused beside another service, in French", "Pouvez-vous nous conseiller, en cinq séances, pour refaire un chapitre de notre inventaire des émissions ? Nous ne cherchons ni une formation ni un projet.", "advisory"},
		{"what the letter is about to say is no ask", "L'Office a l'honneur de vous exposer ce qui suit. Nous souhaitons une formation pratique pour trente inspecteurs.", "capacity_building"},
		{"a project for the Development Account, in Russian", "Просим взять в программу следующего транша проект Счета развития для наших стран.", "project"},
		{"what others ask of us is not asked", "The European Commission asks us for a project of three years. We kindly request a training course for our inspectors of forests.", "capacity_building"},
		{"money is not a service", "Просим провести семинар по безопасности хвостохранилищ. Расходы просим отнести на регулярную программу технического сотрудничества.", "capacity_building"},
		{"none of a kind, in French", "Nous voudrions qu'un de vos spécialistes vienne relire notre projet de décret. Pas de séminaire, pas de matériel.", "advisory"},
		{"later, with another letter", "We request the written advice of an expert on our draft order. The training of drivers will come later and with another letter.", "advisory"},
		{"only to be taught, in Russian", "Просим провести двухдневное обучение для десяти человек из бюро. Писать проект и давать заключения не надо.", "capacity_building"},
		{"a review of the country is advice", "The Government requests the Commission to carry out a third Environmental Performance Review.", "advisory"},
		{"a review of the country is advice, in French", "Le Ministère désire que la Commission entreprenne une deuxième étude de l'innovation pour le développement durable.", "advisory"},
		{"a review of the country is advice, in Russian", "Туркменистан официально выражает желание пройти второй обзор результативности экологической деятельности.", "advisory"},
		// two services, in one sentence or in two
		{"two infinitives", "The Agency asks you to check the draft order against the guidelines and to conduct two trainings for the auditors.", "advisory capacity_building"},
		{"as well as", "We would need your opinion on the draft law on housing as well as a study tour for six of our lawyers.", "advisory capacity_building"},
		{"a second thing", "Could one of your experts look at our draft rules on inland ports? Second thing: a training of two days for our inspectors.", "advisory capacity_building"},
		{"numbered amid a sentence", "We write to request (i) a legal opinion on our accession to the Convention; and (ii) a five day training for thirty inspectors.", "advisory capacity_building"},
		{"a list without a colon", "Could you please\n1) review our draft forest code,\n2) train our foresters", "advisory capacity_building"},
		{"a list of nouns in French", "Il nous faudrait :\n- un avis juridique sur l'avant-projet de loi ;\n- la formation de vingt inspecteurs.", "advisory capacity_building"},
		{"the subjunctive in French", "Nous désirons que vous formiez nos douaniers au guichet unique.", "capacity_building"},
		{"ainsi que", "Nous souhaiterions bénéficier d'une mission d'experts pour relire le code forestier, ainsi que d'un séminaire pour nos magistrats.", "advisory capacity_building"},
		{"puis", "Pourriez-vous nous conseiller sur l'adhésion, puis organiser un atelier pour les parlementaires ?", "advisory capacity_building"},
		{"a takzhe", "Просим провести экспертизу проекта закона о жилье, а также организовать семинар для акиматов.", "advisory capacity_building"},
		{"kak i", "Нуждаемся в консультации по присоединению к Конвенции и в обучении наших инспекторов.", "advisory capacity_building"},
		{"krome togo", "Просим направить эксперта для оценки проекта закона. Кроме того, хотелось бы провести тренинг для судей.", "advisory capacity_building"},
		{"the subjunctive in Russian", "Хотим, чтобы ваши специалисты обучили наших инспекторов отбору проб.", "capacity_building"},
		{"a question in Russian", "Не могли бы ваши эксперты посмотреть наш проект правил и дать письменное заключение?", "advisory"},
		{"in Ukrainian", "Просимо надати консультації щодо проєкту закону, а також провести навчання для 20 фахівців.", "advisory capacity_building"},
		{"in the passive", "An expert opinion on our draft by-law is requested from UNECE; a workshop for the courts is requested too.", "advisory capacity_building"},
		{"numbered paragraphs ask only where they ask", "1. The rivers are polluted.\n2. We request a training course for our inspectors.\n3. UNEP finished a regional study in 2020.\n4. Please accept our regards.", "capacity_building"},
		{"one wish of two halves", "We request a workshop for the judges and the prosecutors, and for the police.", "capacity_building"},
		// services without their standard terms
		{"an outright request in a longer form", "The Agency asks you to check the draft order.", "advisory"},
		{"a remark on a draft in French", "Un de vos juristes pourrait-il relire notre projet de décret et nous envoyer ses remarques ?", "advisory"},
		{"to be shown how", "Просим показать нашим инспекторам на месте, как проверять цистерны.", "capacity_building"},
		{"to be trained, in French", "Le Ministère souhaite que vingt agents soient formés à tenir ces registres.", "capacity_building"},
		{"to join a project", "Our Government asks to join the regional project on green ports that UNECE runs in the Black Sea.", "project"},
		{"to carry out a project in Russian", "Предлагаем ЕЭК осуществить проект технического содействия по учёту топлива со сроком в два года.", "project"},
		{"to found is not to train", "Les habitants doivent former une association. Pourriez-vous relire notre règlement type et nous donner un avis ?", "advisory"},
		{"heads are counted, nobody is trained in so many words", "Please read our draft order on tunnels and tell us where it is weak, and let sixteen of our wardens be led through one drill, so that they learn from alarm to report what is theirs to do.", "advisory capacity_building"},
		{"heads counted behind the people", "Nous vous prions de relire notre projet d'arrêté, puis d'initier les contrôleurs (34) aux règles nouvelles.", "advisory capacity_building"},
		{"heads counted in words", "Просим прислать специалиста, который разберёт наш порядок учёта, а равно натаскать двадцать пять лесничих.", "advisory capacity_building"},
		{"drafts of decrees, and a training besides", "Nous sollicitons, d'une part, l'examen de trois projets d'arrêté sur la formation des pilotes, d'autre part, l'organisation d'un stage pour dix agents.", "advisory capacity_building"},
		{"a phase of a project to come", "Просим включить нашу страну в число участников второй фазы проекта по портам.", "project"},
		{"no seminar is meant", "Le Ministère voudrait que vos experts viennent nous conseiller sur le code forestier. Il ne s'agit ni d'un cours ni d'un séminaire.", "advisory"},
		{"no seminars are requested", "We request written advice on our forest code. We don't request seminars.", "advisory"},
		{"someone looks at what was learnt", "Просим провести онлайн-курс для пяти сотрудников, и чтобы в последний день кто-нибудь посмотрел наши расчёты и сказал, где ошибки.", "advisory capacity_building"},
		{"two experts are no class", "Просим направить двух специалистов для оценки состояния плотины и подготовки заключения.", "advisory"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := readingtest.Mail("office@gov.am", "Letter to UNECE", "Dear colleagues,\n\n"+c.body)
			g := readingtest.Request(t, m)
			if got := readingtest.Join(g.Request.Services); got != c.services {
				t.Errorf("services %q, want %q", got, c.services)
			}
			readingtest.CheckEvidence(t, m, g)
		})
	}
}
