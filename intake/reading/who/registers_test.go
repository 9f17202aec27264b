package who_test

import (
	"testing"

	"verbale/intake/reading/readingtest"
)

// TestNumberWithoutAMark reads letters whose number has no mark such as "No." and a line of
// its own, or is given in a sentence about the letter.
func TestNumberWithoutAMark(t *testing.T) {
	const ask = "\n\nWe kindly ask UNECE to send an expert to review our draft law on road safety.\n\nSincerely,\nA. Sample\nDirector\n"
	for name, c := range map[string]struct{ letter, want string }{
		"groups with hyphens, below the salutation": {"Dear Sirs,\n\nNational Road Agency of Ruritania\nE-58112763-045.02-118\n2 February 2026" + ask, "E-58112763-045.02-118"},
		"an office code and groups of digits":       {"NATIONAL ROAD AGENCY OF RURITANIA\n\nNRA 4 26 00918\nStrelsau, 2 February 2026\n\nDear Sirs," + ask, "NRA 4 26 00918"},
		"in brackets after the institution":         {"Dear Sirs,\n\nThe National Road Agency of Ruritania (letter 5/2-311, 10.02.2026)." + ask, "5/2-311"},
		"of the official request itself":            {"Dear Sirs,\n\nPlease consider this message as official request of the National Road Agency, No. 26/1.3-44 of 10.02.2026." + ask, "26/1.3-44"},
		"of somebody else's letter":                 {"Dear Sirs,\n\nWe thank you for your letter 5/2-311 of 10.01.2026." + ask, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := readingtest.Request(t, readingtest.Letter(c.letter)).Request.OfficialRef; got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestHouseOfAUnit reads letters that name a unit before the institution it belongs to.
func TestHouseOfAUnit(t *testing.T) {
	for text, want := range map[string]string{
		"Dear colleagues,\n\nMy name is Anna Example, I am deputy head of the Road Department in the Ministry of Transport of Ruritania. We kindly ask UNECE to send an expert.\n\nWith respect\nAnna Example\nDeputy Head, Road Department\n":                     "Ministry of Transport of Ruritania",
		"Dear colleagues,\n\nGeneral Directorate of Roads, Ministry of Transport of Ruritania\nE-58112763-045.02-118\n2 February 2026\n\nWe kindly ask UNECE to send an expert to review our draft law on road safety.\n\nAnna Example\nDeputy Director General\n": "Ministry of Transport of Ruritania",
	} {
		if got := readingtest.Request(t, readingtest.Letter(text)).Request.Institution; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestPostInTheHead checks that the post of the signatory is read from the head of a French
// letter, and not from an e-mail address below the signature.
func TestPostInTheHead(t *testing.T) {
	const body = "\n\nMesdames, Messieurs,\n\nNous sollicitons l'envoi d'un expert pour la revue de notre projet de loi sur la sécurité routière.\n\nVeuillez agréer l'expression de ma considération.\n\nJean Exemple\n"
	for text, want := range map[string]string{
		"RÉPUBLIQUE DE RURITANIE\nMINISTÈRE DES TRANSPORTS\nLe Secrétaire général\n\nN° 0309/MT/SG\tStrelsau, le 5 février 2026" + body: "Secrétaire général",
		"RÉPUBLIQUE DE RURITANIE\nMINISTÈRE DES TRANSPORTS\n\nN° 0309/MT/SG" + body + "courriel : directeur.routes@mt.example\n":        "",
	} {
		if got := readingtest.Request(t, readingtest.Letter(text)).Request.Requester.Title; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
