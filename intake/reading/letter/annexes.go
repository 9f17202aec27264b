package letter

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// setAnnexesApart ignores what follows a signed letter in the same file, such as a table, a
// draft law, an agenda or CVs. An annex may be many times as long as the letter and says
// nothing about the request, and its running text would prevent the closing formula from being
// recognised.
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

// signatureAbove is the maximum number of lines of a signature without a closing formula above
// an annex.
const signatureAbove = 4

// markSignatureAboveAnnex marks the signature of a letter without a closing formula that is
// followed, in the same file, by an annexed table, which may contain the request.
func (a *anatomy) markSignatureAboveAnnex(first int) {
	lines := a.source.Lines
	for i := first + 1; i < len(lines); i++ {
		if lines[i].Part != PartBody || !a.begins(i, "annex") || !a.opensTable(i) {
			continue
		}
		top, named := i, false
		for j := i - 1; j > first && i-j <= signatureAbove && (lines[j].Part == PartIgnored || a.isSignatureLine(j)); j-- {
			if lines[j].Part == PartBody {
				top, named = j, named || a.isName(j)
			}
		}
		for j := top; named && j < i; j++ {
			if lines[j].Part == PartBody {
				lines[j].Part = PartSignature
			}
		}
		if named {
			return
		}
	}
}

// opensTable reports whether the next line is a row of a table.
func (a *anatomy) opensTable(i int) bool {
	for _, l := range a.source.Lines[i+1:] {
		if l.Part == PartBody {
			return IsTableRow(a.source.Text[l.Start:l.End])
		}
	}
	return false
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

// headsAnnex reports whether a line is the heading of an annex: it begins with the word, or is
// mostly in capitals. "Annex: 2 pages" only announces one.
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
