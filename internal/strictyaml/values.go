package strictyaml

import (
	"fmt"
	"slices"
	"strings"
)

// OneOf reports a value that is not allowed as a problem. It returns whether the value is
// allowed.
func OneOf[T ~string](d *Document, path Path, value T, allowed ...T) bool {
	if slices.Contains(allowed, value) {
		return true
	}
	words := make([]string, len(allowed))
	for i, a := range allowed {
		words[i] = string(a)
	}
	d.Report(path, fmt.Sprintf("%s %q is not known", name(path), string(value)), DidYouMean(string(value), words))
	return false
}

// MailAddress reports a value that is no mail address (RFC 5322, section 3.4.1, addr-spec)
// as a problem. Quoted local parts are not accepted.
func (d *Document) MailAddress(path Path, value string) {
	if !IsMailAddress(value) {
		d.Report(path, fmt.Sprintf("%q is not a mail address", value), "write it like tc@desk.unece.example, without a name")
	}
}

// IsMailAddress reports whether a text is a mail address, as MailAddress has it.
func IsMailAddress(s string) bool {
	local, domain, ok := strings.Cut(s, "@")
	return ok && local != "" && domain != "" && !strings.ContainsAny(s, " <>,;") && !strings.Contains(domain, "@")
}

// Domain reports a value that cannot be the domain of a mail address as a problem.
func (d *Document) Domain(path Path, value string) {
	if value == "" || strings.ContainsAny(value, "@ *") {
		d.Report(path, fmt.Sprintf("%q is not a domain", value), "write it like unece.example; its subdomains are included")
	}
}
