package kind_test

import (
	"testing"

	"verbale/intake"
	"verbale/intake/reading/readingtest"
)

// A letter of thanks for past work names services and subjects but requests none. It must not
// be read as a request.
func TestThanksAskForNothing(t *testing.T) {
	for name, body := range map[string]string{
		"en": "At the end of a year marked by the advisory mission of your experts and the seminar on housing, the Municipality wishes to express its sincere appreciation. The rules which you helped us to write were adopted yesterday. Our best wishes for the New Year.",
		"fr": "Au terme d'une année où vos experts ont conduit une mission consultative et un atelier sur l'habitat, la Mairie tient à vous témoigner sa profonde reconnaissance. Le règlement a été adopté hier. Nous vous adressons nos meilleurs vœux.",
		"ru": "В завершение года, когда ваши эксперты провели у нас консультативную миссию и семинар по жилью, мэрия хотела бы выразить искреннюю признательность. Положение вчера принято советом. С наступающим Новым годом!",
	} {
		t.Run(name, func(t *testing.T) {
			if g := readingtest.Reader().Read(readingtest.Mail("office@city.am", "Letter", body)); g.Kind != intake.KindOther {
				t.Errorf("kind %s (%s)", g.Kind, g.KindReason.ID)
			}
		})
	}
}

// A letter of thanks that the model takes for a request was assigned, and acknowledged with a
// date, although no sentence asks for anything. Its kind must be in doubt.
func TestARequestInWhichNothingIsAskedIsInDoubt(t *testing.T) {
	body := "Chers collègues,\n\nDe retour à Erevan, je tiens à vous remercier, au nom du Ministère de l'environnement de la République d'Arménie, pour l'atelier de formation " +
		"sur la qualité de l'air que vos experts ont animé ici du 4 au 6 mai. Grâce à l'assistance technique reçue depuis l'an dernier et au projet financé par la Norvège, " +
		"nous préparons la suite avec confiance.\n\nAni Exemple\nDirectrice"
	g := readingtest.Reader().Read(readingtest.Mail("office@env.am", "Formation", body))
	if g.Kind == intake.KindRequest && !g.Doubtful(intake.FieldKind) {
		t.Error("a request without a doubt")
	}
}
