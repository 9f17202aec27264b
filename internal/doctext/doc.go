// Package doctext reads the text of what comes attached to a mail: PDF, DOCX,
// ODT, RTF, DOC, XLSX, HTML and plain text, and the scans of letters (pictures,
// and PDF pages that are pictures).
//
// It promises that a stranger's file can do no harm and never stops the mail
// that carries it. TextOf does not fail, it answers with what it could read and
// with one sentence for the desk about what it could not. Size, expanded size,
// pages, text, nesting, memory and time are bounded.
//
// Where the format is risky the file is not read by code of this process that
// could be led astray. PDF is parsed and drawn by PDFium compiled to
// WebAssembly: a sandbox without files, clock or network and with a limit on
// memory, a fresh one a document. The sandboxes run in processes of their own,
// this same program started once more with nothing but a pipe and the folder of
// compiled code, and killed where a document is stuck. (PDFium that can be
// interrupted within its process is four times slower, and one that cannot would
// hold up the whole process.) Recognition of pictures runs in tesseract
// processes, which are only ever given greyscale pictures that this package drew
// itself. The readers of ZIP, XML, RTF and DOC are pure Go without unsafe code,
// work iteratively within limits, and turn a panic into a sentence.
package doctext
