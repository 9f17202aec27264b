// Package doctext reads the text of what comes attached to a mail: PDF, DOCX,
// ODT, RTF, DOC, XLSX, HTML and plain text, and the scans of letters (pictures,
// and PDF pages that are pictures).
//
// It promises that a stranger's file can do no harm and never stops the mail that
// carries it. TextOf does not fail: it returns what it could read, and one sentence for
// the desk about what it could not. Size, expanded size, pages, text, nesting, memory
// and time are bounded.
//
// Formats whose readers could be exploited are read outside of this process:
//
//   - PDF is parsed and drawn by PDFium compiled to WebAssembly, in a sandbox without
//     files, clock or network and with a limit on memory. Each document has a fresh one.
//     The sandboxes run in processes of their own: this program started once more, with
//     nothing but a pipe and the folder of compiled code. A process that is stuck is
//     killed. (PDFium that can be interrupted within its process is four times slower.)
//   - Pictures are recognised by tesseract processes, which are only given greyscale
//     pictures that this package has drawn itself.
//
// The readers of ZIP, XML, RTF and DOC are pure Go without unsafe code. They work
// iteratively within limits, and a panic becomes a sentence.
package doctext
