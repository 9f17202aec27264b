package letter

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// setAnnexesApart ignores what follows a signed letter in the same file: a table, a draft law,
// an agenda, CVs. An annex may be many times as long as the letter and says nothing about the
// request. Otherwise its running text would keep the closing formula from being recognised.
func (a *anatomy) setAnnexesApart(first int) {
	lines := a.source.Lines
	for i := first; i < len(lines); i++ {
		if lines[i].Part != PartBody || !a.isFormula(i) || a.closes(i) {
			continue
		}
		if annex := a.annexBelow(i); annex > 0 {
			for j := annex; j < len(lines); j++ {
				lines[j].Part = PartIgnored
			}
			return
		}
	}
}

// annexBelow returns the line in which the first annex below a closing formula starts; 0 if
// there is none. In between there must be a signature block with a name, ended by an empty
// line or a page break.
func (a *anatomy) annexBelow(formula int) int {
	lines := a.source.Lines
	named, announced, parted := false, false, false
	for j, seen := formula+1, 0; j < len(lines) && seen <= 2*signatureLines; j++ {
		if lines[j].Part != PartBody {
			parted = true
			continue
		}
		if named && parted && (a.headsAnnex(j) || announced && !a.begins(j, "contact") && !a.begins(j, "below")) {
			return j
		}
		if seen++; seen > formulaLines && a.isProse(j) && !a.mayFollowClosing(j) {
			return 0
		}
		named = named || a.namesSigner(j)
		announced = announced || named && a.begins(j, "below") && a.holds(j, "annex")
		parted = false
	}
	return 0
}

// headsAnnex reports whether a line is the heading of an annex: it says so, or it is mostly in
// capitals. "Annex: 2 pages" only announces one.
func (a *anatomy) headsAnnex(i int) bool {
	text := strings.TrimSpace(a.source.Text[a.source.Lines[i].Start:a.source.Lines[i].End])
	if utf8.RuneCountInString(text) > shortLine || strings.Contains(text, ":") {
		return false
	}
	capitals, letters := 0, 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
		}
		if unicode.IsUpper(r) {
			capitals++
		}
	}
	return a.begins(i, "annex") || letters > 0 && 3*capitals >= 2*letters
}
