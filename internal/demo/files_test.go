package demo

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// An uploaded mail file is sent to the desk unchanged, and an uploaded PDF is attached to a mail. A
// colleague who is notified by mail also has a mailbox on the page.
func TestOnThePageFilesAreTaken(t *testing.T) {
	v := visit(t)
	v.chooses("letter.eml", sampleMail(t, "02-water-accession"))
	v.sees("#record", "Benin")
	v.sees("#box", "secretariat@hydraulique.gouv.bj")

	document, err := pdf(waterLetter)
	if err != nil {
		t.Fatal(err)
	}
	v.chooses("Letter of the Ministry.pdf", document)
	v.sees("#attached", "Letter of the Ministry.pdf")
	v.types("#compose [name=from]", "Bolat Example <b.example@water.gov.kg>")
	v.presses("#compose", "Send")
	v.sees("#mail", "Letter of the Ministry.pdf")
	v.sees("#record", "Kyrgyzstan", "Transboundary waters")
	v.sees("#record .letter", "Letter of the Ministry.pdf", "The experts could visit Bishkek")

	v.sees("#box", "environment@unece.example")
	v.does(chromedp.Evaluate[chromedp.Void](`document.querySelector('#box').value = 'environment@unece.example';
		document.querySelector('#box').dispatchEvent(new Event('change', { bubbles: true }))`))
	v.sees("#mail .head", "Environment Division")
	v.photographs("colleague")
	if list := v.complaints(); len(list) > 0 {
		t.Errorf("the console says %q", list)
	}
}

// chooses uploads a file to the page.
func (v *visitor) chooses(name string, content []byte) {
	v.t.Helper()
	file := filepath.Join(v.t.TempDir(), name)
	if err := os.WriteFile(file, content, 0o600); err != nil {
		v.t.Fatal(err)
	}
	v.does(chromedp.SetUploadFiles("#file", []string{file}))
}

// sampleMail returns a sample letter as a mail.
func sampleMail(t *testing.T, name string) []byte {
	t.Helper()
	for _, l := range sampleLetters(t) {
		if l.Name == name {
			raw, err := l.Mail(deskAddress, time.Now())
			if err != nil {
				t.Fatal(err)
			}
			return raw
		}
	}
	t.Fatalf("there is no sample letter %s", name)
	return nil
}
