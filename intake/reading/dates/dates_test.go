package dates

import (
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"verbale/intake"
	"verbale/intake/lexicon"
)

// wednesday is the base day of the tables below: 11 February 2026.
var wednesday = intake.Date{Year: 2026, Month: time.February, Day: 11}

// testVocabulary is the embedded vocabulary.
var testVocabulary = sync.OnceValue(func() *lexicon.Vocabulary {
	v, err := lexicon.Load(lexicon.Embedded())
	if err != nil {
		panic(err)
	}
	return v
})

// testWords are the date words of the data files.
var testWords = sync.OnceValue(func() *Words {
	w, err := Load(os.DirFS("../data"))
	if err != nil {
		panic(err)
	}
	return w
})

// moments returns the dates in a text.
func moments(text string, base intake.Date) []Moment {
	return testWords().In(text, testVocabulary().Scan(text), 0, len(text), base)
}

// momentsOf formats the dates in a text as "first..last" in ISO form.
func momentsOf(text string, base intake.Date) string {
	var out []string
	for _, m := range moments(text, base) {
		first, last, ok := m.Resolve(base)
		switch {
		case !ok:
			out = append(out, "?")
		case first == last:
			out = append(out, first.String())
		default:
			out = append(out, first.String()+".."+last.String())
		}
	}
	return strings.Join(out, " ")
}

func TestDatesAsPeopleWriteThem(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		// single days
		{"by 20 March 2026", "2026-03-20"},
		{"any word before 30.04 is appreciated", "2026-04-30"},
		{"Просьба ответить до 20.11, так как потом доклад", "2026-11-20"},
		{"growth by 12.05 %", ""},
		{"section 12.05 of the code", ""},
		{"up to 20.45", ""},
		{"before March 20, 2026", "2026-03-20"},
		{"on the 5th of May", "2026-05-05"},
		{"in May, from Monday 4th to Friday 8th", "2026-05-04..2026-05-08"},
		{"in June, not after the 12th", "2026-06-01..2026-06-30 2026-06-12"},
		{"в мае, до 20 числа", "2026-05-01..2026-05-31 2026-05-20"},
		{"du premier au trois avril", "2026-04-01..2026-04-03"},
		{"le premier juillet deux mille vingt-sept", "2027-07-01"},
		{"le premier trimestre 2027", "2027-01-01..2027-03-31"},
		{"le 1er juin 2026", "2026-06-01"},
		{"avant le 15 août", "2026-08-15"},
		{"до 20 марта 2026 г.", "2026-03-20"},
		{"к 3-му сентября", "2026-09-03"},
		{"до 12.05.2026", "2026-05-12"},
		{"12/05/26", "2026-05-12"},
		{"2026-05-12", "2026-05-12"},
		{"Friday 20 March", "2026-03-20"},
		{"до 15 травня 2026 року", "2026-05-15"},
		{"do 20. marta 2026", "2026-03-20"},
		// implicit years
		{"5 January", "2027-01-05"},
		{"11 February", "2026-02-11"},
		{"10 февраля", "2027-02-10"},
		{"29 February", "2026-02-28"},
		// several days
		{"from 9 to 13 November", "2026-11-09..2026-11-13"},
		{"14-16 October 2026", "2026-10-14..2026-10-16"},
		{"14–16 October 2026", "2026-10-14..2026-10-16"},
		{"5 and 6 June", "2026-06-05..2026-06-06"},
		{"du 8 au 11 juin 2026", "2026-06-08..2026-06-11"},
		{"les 3, 4 et 5 novembre 2026", "2026-11-03..2026-11-05"},
		{"с 18 по 29 мая 2026 года", "2026-05-18..2026-05-29"},
		{"12-14.05.2026", "2026-05-12..2026-05-14"},
		{"1.–5. Juni 2026", "2026-06-01..2026-06-05"},
		{"du lundi 1er au vendredi 5 juin 2026", "2026-06-01..2026-06-05"},
		{"10.10-14.10.2026", "2026-10-10..2026-10-14"},
		{"с 10.10 по 14.10.2026", "2026-10-10..2026-10-14"},
		{"from the 5th to the 9th of October", "2026-10-05..2026-10-09"},
		{"between 10 and 20 September", "2026-09-10..2026-09-20"},
		{"May 12-14, 2026", "2026-05-12..2026-05-14"},
		{"from 28 September to 2 October 2026", "2026-09-28..2026-10-02"},
		{"du 28 septembre au 2 octobre", "2026-09-28..2026-10-02"},
		{"с 28 сентября по 2 октября", "2026-09-28..2026-10-02"},
		{"01.01.2027 – 31.12.2028", "2027-01-01..2028-12-31"},
		{"from 20 December to 10 January", "2026-12-20..2027-01-10"},
		// days in words
		{"с двадцатого по двадцать второе мая текущего года", "2026-05-20..2026-05-22"},
		{"не позднее двадцать пятого мая", "2026-05-25"},
		{"к первому сентября", "2026-09-01"},
		{"du cinq au neuf octobre deux mille vingt-six", "2026-10-05..2026-10-09"},
		{"le vingt et un mai", "2026-05-21"},
		{"from eleven to thirteen May", "2026-05-11..2026-05-13"},
		{"the twenty-second of June two thousand and twenty-seven", "2027-06-22"},
		{"в феврале две тысячи двадцать седьмого года", "2027-02-01..2027-02-28"},
		{"une équipe de sept cadres", ""},
		{"en sept 2026", "2026-09-01..2026-09-30"},
		{"в первой половине будущего, 2027 года", "2027-01-01..2027-06-30"},
		// months
		{"in May 2026", "2026-05-01..2026-05-31"},
		{"en avril 2027", "2027-04-01..2027-04-30"},
		{"в феврале 2027 года", "2027-02-01..2027-02-28"},
		{"March or April 2026", "2026-03-01..2026-04-30"},
		{"d'avril à septembre 2027", "2027-04-01..2027-09-30"},
		{"ноябрь - декабрь 2026 года", "2026-11-01..2026-12-31"},
		{"from November 2026 to February 2027", "2026-11-01..2027-02-28"},
		{"mai/juin 2026", "2026-05-01..2026-06-30"},
		{"late May or early June", "2026-05-21..2026-06-10"},
		{"end of May", "2026-05-21..2026-05-31"},
		{"mid-June", "2026-06-11..2026-06-20"},
		{"в начале июня", "2026-06-01..2026-06-10"},
		{"second half of March", "2026-03-16..2026-03-31"},
		{"la première quinzaine d'avril", "2026-04-01..2026-04-15"},
		{"во второй половине мая", "2026-05-16..2026-05-31"},
		{"the first week of October", "2026-10-01..2026-10-07"},
		{"the last week of June", "2026-06-24..2026-06-30"},
		{"вторая декада июня", "2026-06-11..2026-06-20"},
		{"the week of 20 April", "2026-04-20..2026-04-24"},
		{"la semaine du 20 avril", "2026-04-20..2026-04-24"},
		// longer periods
		{"in the first quarter of 2027", "2027-01-01..2027-03-31"},
		{"во 2-м квартале 2027 г.", "2027-04-01..2027-06-30"},
		{"IV кв. 2026 г.", "2026-10-01..2026-12-31"},
		{"fin du premier semestre 2027", "2027-05-01..2027-06-30"},
		{"début 2027", "2027-01-01..2027-04-30"},
		{"the week beginning 5 October", "2026-10-05..2026-10-09"},
		{"during the second and third quarters of 2026", "2026-04-01..2026-09-30"},
		{"H2 2026", "2026-07-01..2026-12-31"},
		{"Q3 2026", "2026-07-01..2026-09-30"},
		{"в III квартале 2026 года", "2026-07-01..2026-09-30"},
		{"au quatrième trimestre 2026", "2026-10-01..2026-12-31"},
		{"first half of 2027", "2027-01-01..2027-06-30"},
		{"во втором полугодии 2026 года", "2026-07-01..2026-12-31"},
		{"au second semestre 2026", "2026-07-01..2026-12-31"},
		{"spring 2027", "2027-03-01..2027-05-31"},
		{"осенью 2026 года", "2026-09-01..2026-11-30"},
		{"in 2027 and 2028", "2027-01-01..2028-12-31"},
		{"2026–2029 гг.", "2026-01-01..2029-12-31"},
		// relative to the date of the mail
		{"by tomorrow", "2026-02-12"},
		{"до пятницы", "2026-02-13"},
		{"d'ici lundi", "2026-02-16"},
		{"next week", "2026-02-16..2026-02-20"},
		{"le mois prochain", "2026-03-01..2026-03-31"},
		{"by the end of the month", "2026-02-21..2026-02-28"},
		{"до конца недели", "2026-02-13"},
		{"within two weeks", "2026-02-25"},
		{"до 20 числа", "2026-02-20"},
		{"by the 25th", "2026-02-25"},
		{"in 2027-28", "2027-01-01..2028-12-31"},
		{"в течение десяти дней", "2026-02-21"},
		{"sous 15 jours", "2026-02-26"},
		{"sous quinzaine", "2026-02-26"},
		{"sous huitaine", "2026-02-19"},
		{"within a fortnight", "2026-02-25"},
		{"within a month", "2026-03-11"},
		{"within 48 hours", "2026-02-13"},
		{"в месячный срок", "2026-03-11"},
		{"в двухнедельный срок", "2026-02-25"},
		{"в десятидневный срок", "2026-02-21"},
		{"в 15-дневный срок", "2026-02-26"},
		{"у двотижневий термін", "2026-02-25"},
		{"une formation de trois jours", "2026-02-14"},
		{"une formation trois jours", "2026-02-14"},
		// days of a month that is given relative to the current one
		{"the 25th of this month", "2026-02-25"},
		{"до 25 числа следующего месяца", "2026-03-25"},
		// holidays as deadlines
		{"before Nowruz", "2026-03-21"},
		{"до Нового года", "2026-12-31"},
		{"avant Noël, disons le 18 décembre", "2026-12-18"},
		{"until Navruz (21.03)", "2026-03-21"},
		{"a happy Nowruz to all of you", ""},
		// days after their month, and other orders
		{"the journey in September (7-18)", "2026-09-07..2026-09-18"},
		{"3 days in Nov. (16-18.11. would be ideal)", "2026-02-14 2026-11-16..2026-11-18"},
		{"окончание - апрель, начало - ноябрь", "2026-04-01..2026-04-30 2026-11-01..2026-11-30"},
		{"1. В третьем квартале 2026 года", "2026-07-01..2026-09-30"},
		{"the first fortnight of September", "2026-09-01..2026-09-14"},
		{"рассчитана на 2027 и 2028 годы", "2027-01-01..2028-12-31"},
		{"травень або червень 2026 року", "2026-05-01..2026-06-30"},
		// alternatives and ranges
		{"12 to 14 May or 19 to 21 May 2026", "2026-05-12..2026-05-21"},
		{"last week of May or 1-2 June", "2026-05-25..2026-06-02"},
		{"from 1 June until the end of the year", "2026-06-01..2026-12-31"},
		{"15 June of this year", "2026-06-15"},
		// misspelt months
		{"20 Febuary 2026", "2026-02-20"},
		{"15 Setpember 2026", "2026-09-15"},
		{"3 октбря 2026", "2026-10-03"},
	} {
		if got := momentsOf(c.text, wednesday); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

func TestWordsThatOnlyLookLikeDates(t *testing.T) {
	for _, text := range []string{
		"it may be useful", "the 26th session", "chapter 7", "we march on", "охрана окружающей среды", "le projet a été clos",
		"SDG indicator 6.5.2", "Recommendation No. 33", "Regulation 1958/3", "tel. +41 22 917 00 00",
		"law No. 12-345", "450 000 euros", "room 12", "Annex 8 to the Convention",
	} {
		if got := momentsOf(text, wednesday); got != "" {
			t.Errorf("%q: got %q, want nothing", text, got)
		}
	}
}

func TestDatesWithoutAMailDateStayOpen(t *testing.T) {
	for text, want := range map[string]string{
		"20 March 2026": "2026-03-20", "20 March": "?", "next week": "", "within two weeks": "",
	} {
		if got := momentsOf(text, intake.Date{}); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func FuzzDates(f *testing.F) {
	for _, seed := range []string{"from 9 to 13 November 2026", "с 18 по 29 мая", "du 1er au 3 juin", "Q3", "31.02.2026", "12-14.05.26", "end of", "first half of 2027", "la semaine du", "within 999 years", "10-1.1.00"} {
		f.Add(seed, 2026, 2, 11)
	}
	f.Fuzz(func(t *testing.T, text string, year, month, day int) {
		base := intake.Date{}
		if year > 0 && year < 9000 {
			base = intake.DateOf(time.Date(year, time.Month(month%13), day%32, 0, 0, 0, 0, time.UTC))
		}
		end := 0
		for _, m := range moments(text, base) {
			if m.Start < end || m.End <= m.Start || m.End > len(text) {
				t.Fatalf("%q: moment at %d to %d after %d", text, m.Start, m.End, end)
			}
			end = m.End
			if first, last, ok := m.Resolve(base); ok && last.Before(first) {
				t.Fatalf("%q: %s ends before it begins: %s", text, first, last)
			}
		}
	})
}

// The scanner must split the words of dates as the files do: words that are looked up one at a
// time must be a single token, and phrases (days, years, lengths, holidays, edges and ends of
// weeks) must give the same tokens.
func TestWordsOfDatesAreWordsToScanners(t *testing.T) {
	for word, known := range testWords().known {
		if len(known.senses) == 0 {
			continue // only the beginning of phrases
		}
		var words []string
		for _, token := range testVocabulary().Scan(word).Tokens {
			words = append(words, token.Folded)
		}
		phrase := slices.Contains([]dateSense{senseDayWords, senseYearWords, senseLength, senseFeast, senseEdge, senseWeekend, senseWeekLater}, known.senses[0].sense)
		if strings.Join(words, " ") != word || len(words) != 1 && !phrase {
			t.Errorf("%q is %q to the scanner", word, words)
		}
	}
}

// A text with a date or two, like most sentences of letters.
func BenchmarkIn(b *testing.B) {
	const text = "We would be grateful for your answer before 20 March 2026, and propose to hold the workshop of the two " +
		"ministries in the first week of June or in the autumn. The experts of the agency and of the region will take part in it."
	scan := testVocabulary().Scan(text)
	b.ReportAllocs()
	for b.Loop() {
		testWords().In(text, scan, 0, len(text), wednesday)
	}
}
